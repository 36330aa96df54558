import type { MakeHarness, StoreHarness } from "./store-harness";

export function describeSecretStoreContract(name: string, make: MakeHarness): void {
  describe(`secret store: ${name}`, () => {
    let harness: StoreHarness;
    beforeEach(async () => (harness = await make()));
    afterEach(() => harness.dispose());

    test("[ST12] a secret outlives the store, and the last value counts", async () => {
      const before = await harness.open();
      expect(await before.secrets.load("partner-center")).toBeNull();
      await before.secrets.save("partner-center", "sealed 1");
      await before.secrets.save("partner-center", "sealed 2");
      await before.close();
      const after = await harness.open();
      expect(await after.secrets.load("partner-center")).toBe("sealed 2");
      expect(await after.secrets.load("other")).toBeNull();
    });

    test("[ST17] a secret is replaced only where it is still the one that was read", async () => {
      const { secrets } = await harness.open();
      await secrets.save("token", "first");
      await secrets.save("other", "first");
      expect(await secrets.replace("token", { from: "first", to: "second" })).toBe(true);
      expect(await secrets.replace("token", { from: "first", to: "third" })).toBe(false);
      expect(await secrets.load("token")).toBe("second");
      expect(await secrets.load("other")).toBe("first");
      await secrets.remove("token");
      expect(await secrets.replace("token", { from: "second", to: "third" })).toBe(false);
      expect(await secrets.load("token")).toBeNull();
    });

    test("[ST12] secrets are listed by name and forgotten by name", async () => {
      const { secrets } = await harness.open();
      await secrets.save("b", "sealed b");
      await secrets.save("a", "sealed a");
      expect(await secrets.names()).toEqual(["a", "b"]);
      await secrets.remove("b");
      await secrets.remove("never there");
      expect(await secrets.names()).toEqual(["a"]);
      expect(await secrets.load("b")).toBeNull();
    });
  });
}
