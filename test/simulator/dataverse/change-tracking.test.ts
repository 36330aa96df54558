import type { DataverseSimulator } from "../../../sync-relay/simulator/dataverse/dataverse-simulator";
import { aSimulator, call, created } from "./simulated";

const track = { prefer: "odata.track-changes" };

interface Changes {
  readonly names: readonly (string | undefined)[];
  readonly deleted: readonly string[];
  readonly pages: number;
  readonly link: string;
}

/** Reads all pages from a link, or from the start. */
async function changes(simulator: DataverseSimulator, link: string | null, pageSize = 100): Promise<Changes> {
  const headers = { prefer: `${link === null ? "odata.track-changes," : ""}odata.maxpagesize=${pageSize}` };
  let next: string | undefined = link ?? "opportunities?$select=name";
  const rows: { name?: string; id?: string; reason?: string; "@odata.context"?: string }[] = [];
  for (let pages = 1; ; pages += 1) {
    const { json, status } = await call(simulator, `GET ${next}`, { headers });
    expect(status).toBe(200);
    rows.push(...json.value);
    next = json["@odata.nextLink"];
    if (next === undefined) {
      const changed = rows.filter((row) => row.reason === undefined);
      const deleted = rows.filter((row) => row.reason === "deleted");
      for (const row of deleted) expect(row["@odata.context"]).toContain("$deletedEntity");
      return {
        names: changed.map((row) => row.name),
        deleted: deleted.map((row) => row.id ?? ""),
        pages,
        link: json["@odata.deltaLink"],
      };
    }
  }
}

test("[SD19] a tracked read lists all rows and ends in a delta link that lists later changes and deletions", async () => {
  const simulator = await aSimulator();
  const a = await created(simulator, "opportunities", { name: "A" });
  const b = await created(simulator, "opportunities", { name: "B" });
  const full = await changes(simulator, null);
  expect(full.names).toEqual(["A", "B"]);
  expect(full.link).toContain("$select=name&$deltatoken=");

  await call(simulator, `PATCH opportunities(${a})`, { body: { name: "A2" } });
  await call(simulator, `DELETE opportunities(${b})`);
  await created(simulator, "opportunities", { name: "C" });

  const delta = await changes(simulator, full.link);
  expect(delta.names).toEqual(["A2", "C"]);
  expect(delta.deleted).toEqual([b]);
  expect(await changes(simulator, delta.link)).toMatchObject({ names: [], deleted: [] });
});

test("[SD19] a rolled-back write is no change", async () => {
  const simulator = await aSimulator();
  const { link } = await changes(simulator, null);

  expect(() =>
    simulator.records.atomic(() => {
      simulator.records.create("opportunities", { name: "A" });
      throw new Error("never mind");
    }),
  ).toThrow("never mind");

  expect(await changes(simulator, link)).toMatchObject({ names: [], deleted: [] });
});

test("[SD19] tracked reads come in pages", async () => {
  const simulator = await aSimulator();
  for (const name of ["A", "B", "C", "D", "E"]) await created(simulator, "opportunities", { name });

  const full = await changes(simulator, null, 2);

  expect(full.names).toEqual(["A", "B", "C", "D", "E"]);
  expect(full.pages).toBe(3);
});

test("[SD19] what changes while a client pages is on a later page or behind the delta link", async () => {
  const simulator = await aSimulator();
  const ids: string[] = [];
  for (const name of ["A", "B", "C", "D"]) ids.push(await created(simulator, "opportunities", { name }));
  const headers = { prefer: "odata.track-changes,odata.maxpagesize=2" };
  const first = await call(simulator, "GET opportunities?$select=name", { headers });
  await call(simulator, `PATCH opportunities(${ids[0]})`, { body: { name: "A2" } });
  await call(simulator, `DELETE opportunities(${ids[1]})`);

  const rest = await changes(simulator, first.json["@odata.nextLink"] ?? "no next page", 2);

  expect(rest.names).toEqual(["C", "D", "A2"]);
  expect(await changes(simulator, rest.link)).toMatchObject({ names: ["A2"], deleted: [ids[1]] });
});

test.each([
  "opportunities?$filter=statecode eq 0",
  "opportunities?$orderby=name",
  "opportunities?$top=1",
  "opportunities?$expand=parentaccountid",
  "systemusers",
])("[SD19] GET %s cannot be tracked", async (path) => {
  const simulator = await aSimulator();
  expect((await call(simulator, `GET ${path}`, { headers: track })).status).toBe(400);
});

test("[SD20] an expired delta token gets all rows and a fresh link", async () => {
  const simulator = await aSimulator();
  await created(simulator, "opportunities", { name: "A" });
  const { link } = await changes(simulator, null);
  simulator.faults.expireDeltaTokens();

  const again = await changes(simulator, link);

  expect(again.names).toEqual(["A"]);
  await created(simulator, "opportunities", { name: "B" });
  expect((await changes(simulator, again.link)).names).toEqual(["A", "B"]);
});

test("[SD20] an environment may refuse expired delta tokens instead", async () => {
  let now = Date.parse("2026-01-01T00:00:00Z");
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const simulator = await aSimulator({ clock, settings: { expiredDeltaToken: "error" } });
  const { link } = await changes(simulator, null);

  now += 89 * 86_400_000;
  expect((await call(simulator, `GET ${link}`)).status).toBe(200);
  now += 2 * 86_400_000;
  const expired = await call(simulator, `GET ${link}`);

  expect(expired.status).toBe(400);
  expect(expired.json.error.code).toBe("0x80044352");
});

test.each(["$deltatoken=bad", "$skiptoken=track!bad", "$skiptoken=bad"])(
  "[SD20] the token %s is refused",
  async (token) => {
    const simulator = await aSimulator();
    expect((await call(simulator, `GET opportunities?${token}`)).status).toBe(400);
  },
);
