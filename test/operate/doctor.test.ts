import { RelayError } from "../../sync-relay/src/core/errors";
import { allFindingTexts } from "../../sync-relay/src/operate/doctor/all-finding-texts";
import { areaNames, findingWords, markOf } from "../../sync-relay/src/operate/doctor/area";
import { examine } from "../../sync-relay/src/operate/doctor/examine";
import { examineWithoutStore } from "../../sync-relay/src/operate/doctor/without-store";
import { shownAddress } from "../../sync-relay/src/operate/doctor/shown-address";
import { signedInAs } from "../../sync-relay/src/operate/doctor/signed-in-as";
import { isSameVersion } from "../../sync-relay/src/operate/doctor/solution-area";
import { notUnderstood } from "../../sync-relay/src/operate/doctor/mapping-area";
import { readyValues } from "../support/builders";
import { shippedMap } from "../pipeline/world";
import { aWebhook, healthyParts, type PartsChanges } from "./doctor-parts";

async function findings(changes: PartsChanges = {}): Promise<readonly string[]> {
  return (await examine(healthyParts(changes))).flatMap(({ name, findings: found }) =>
    found.map(({ id }) => `${name}: ${id}`),
  );
}

const failing = (...given: ConstructorParameters<typeof RelayError>) => {
  return async (): Promise<never> => {
    throw new RelayError(...given);
  };
};

/** An access token of somebody who showed these factors. */
function aToken(claims: object): string {
  return `x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;
}

test("[DC1] all areas are told in their order, and a healthy relay has no findings", async () => {
  const areas = await examine(healthyParts());
  expect(areas.map(({ name }) => name)).toEqual(areaNames);
  expect(areas.map(markOf)).toEqual(areaNames.map(() => "ok"));
});

test.each<[string, PartsChanges]>([
  ["clock: clock-wrong", { parts: { cloudTime: async () => Date.UTC(2026, 10, 23, 9) - 400_000 } }],
  ["clock: clock-off", { parts: { cloudTime: async () => Date.UTC(2026, 10, 23, 9) + 40_000 } }],
  ["dataverse: secret-expired", { dataverseSignIn: { token: failing("CS-1201", { upstreamCode: "AADSTS7000222" }) } }],
  [
    "dataverse: credential-refused",
    { dataverseSignIn: { token: failing("CS-1201", { upstreamCode: "AADSTS700027" }) } },
  ],
  ["dataverse: authority-unreachable", { dataverseSignIn: { token: failing("CS-1203") } }],
  ["dataverse: dataverse-unreachable", { environment: { ownUser: failing("CS-1001") } }],
  ["dataverse: no-application-user", { environment: { ownUser: failing("CS-1005") } }],
  [
    "dataverse: user-disabled",
    { environment: { ownUser: async () => ({ id: "u", name: "Relay", disabled: true, roles: [] }) } },
  ],
  ["solution: changes-not-tracked", { environment: { tracksChanges: async () => false } }],
  ["solution: may-not-look", { environment: { solutionVersion: failing("CS-1005") } }],
  ["solution: check-failed", { environment: { solutionVersion: failing("CS-1001") } }],
  ["address: address-unset", { parts: { addresses: { ...healthyParts().addresses, public: null } } }],
  [
    "dataverse-webhook: endpoint-missing",
    { environment: { webhooks: async () => [aWebhook({ url: "https://else.example/hook" })] } },
  ],
  ["dataverse-webhook: endpoint-open", { environment: { webhooks: async () => [aWebhook({ hasSecret: false })] } }],
  [
    "dataverse-webhook: step-missing",
    { environment: { webhooks: async () => [aWebhook({ steps: aWebhook().steps.slice(0, 2) })] } },
  ],
  ["dataverse-webhook: calls-failed", { environment: { failedCalls: async () => 3 } }],
  ["partner-center: sign-in-missing", { partnerCenterSignIn: { token: failing("CS-1202") } }],
  ["partner-center: sign-in-sealed", { partnerCenterSignIn: { token: failing("CS-1204") } }],
  ["partner-center: authority-unreachable", { partnerCenterSignIn: { token: failing("CS-1203") } }],
  ["partner-center: no-second-factor", { partnerCenterSignIn: { token: async () => aToken({ amr: ["pwd"] }) } }],
  ["relay: other-version", { store: { pairs: { fact: async (name) => (name === "relay-version" ? "1.0.0" : null) } } }],
  ["relay: check-failed", { store: { queue: { depth: failing("CS-1301") } } }],
])("[DC2, DC3, DC4, DC5, DC6, DC7, DC9] %s", async (expected, changes) => {
  expect(await findings(changes)).toContain(expected);
});

test("[DC5] an Update step that hears every column is not deaf, however it is registered", async () => {
  const [create, update, remove] = aWebhook().steps;
  const all = [create, { ...update, columns: [] }, remove].flatMap((step) => (step?.id === undefined ? [] : [step]));
  expect(await findings({ environment: { webhooks: async () => [aWebhook({ steps: all as never })] } })).toEqual([]);
});

test("[DC6] a token tells its user and factors, and a text that is none tells nothing", () => {
  expect(signedInAs(aToken({ upn: "ada@contoso.example", amr: ["pwd", "mfa"] }))).toEqual({
    name: "ada@contoso.example",
    secondFactor: true,
  });
  for (const text of ["", "a.b.c", "x", aToken([1])])
    expect(signedInAs(text)).toEqual({ name: null, secondFactor: null });
});

test("[DC7] of an address only its host and first step are shown", () => {
  expect(shownAddress("https://a.example:8443/hooks/token?sig=1")).toBe("https://a.example:8443/hooks/…");
  expect(shownAddress("https://a.example")).toBe("https://a.example");
  expect(shownAddress("no address")).toBe("…");
});

test.each([
  ["1.2.3.0", "1.2.3", true],
  ["1.2.3.17", "1.2.3-rc.1", true],
  ["1.2.2.0", "1.2.3", false],
])("[DC3] solution %s and relay %s", (installed, relay, same) => {
  expect(isSameVersion(installed, relay)).toBe(same);
});

test("[DC8] spellings that are not understood are counted, and a few are named", () => {
  const spellings = ["Atlantis", "Lemuria", "Mordor", "Avalon", "Thule", "Ys", "Atlantis"];
  const values = spellings.map((name) => readyValues({ "parentaccountid.address1_country": name }));
  expect(notUnderstood(shippedMap, [...values, readyValues()])).toEqual([
    { id: "country-unknown", values: { count: 7, values: "Atlantis, Avalon, Lemuria, Mordor, Thule, … (6)" } },
  ]);
  const crowns = readyValues({ "transactioncurrencyid.isocurrencycode": "CROWNS" });
  expect(notUnderstood(shippedMap, [crowns])).toMatchObject([{ id: "currency-unknown" }]);
});

test("[DC1] every finding says in both languages what is wrong and what mends it, with the same values", () => {
  const places = (text: string): readonly string[] =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name)).sort();
  for (const text of Object.values(allFindingTexts)) {
    expect(places(text.what.fr)).toEqual(places(text.what.en));
    if ("command" in text.mend) expect(text.mend.command).toMatch(/^(cosell [a-z]|npm run relay$)/);
    else expect(places(text.mend.deed.fr)).toEqual(places(text.mend.deed.en));
  }
});

test("[DC9] without the database only the relay's own area says something", () => {
  const areas = examineWithoutStore("refused");
  expect(areas.map(markOf)).toEqual(areaNames.map((name) => (name === "relay" ? "bad" : "skipped")));
  const [found] = areas[0]?.findings ?? [];
  expect(found === undefined ? null : findingWords(found, "fr").what).toBe(
    "la base de données est injoignable : refused",
  );
});
