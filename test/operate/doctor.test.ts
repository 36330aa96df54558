import { RelayError } from "../../sync-relay/src/core/errors";
import { everyFinding } from "../../sync-relay/src/operate/doctor/every-finding";
import { areaNames, findingWords, markOf } from "../../sync-relay/src/operate/doctor/area";
import { examine } from "../../sync-relay/src/operate/doctor/examine";
import { examineWithoutStore } from "../../sync-relay/src/operate/doctor/without-store";
import { shownAddress } from "../../sync-relay/src/operate/doctor/shown-address";
import { signedInAs } from "../../sync-relay/src/operate/doctor/signed-in-as";
import { isSameVersion } from "../../sync-relay/src/operate/doctor/solution-area";
import { notUnderstood } from "../../sync-relay/src/operate/doctor/mapping-area";
import { readyValues } from "../support/builders";
import { shippedMap } from "../pipeline/world";
import { aRelayAnswers, aWebhook, healthyParts, type PartsChanges } from "./doctor-parts";

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
  ["dataverse: user-disabled", { environment: { ownUser: async () => ({ id: "u", name: "Relay", disabled: true }) } }],
  ["solution: changes-not-tracked", { environment: { tracksChanges: async () => false } }],
  ["dataverse: role-missing", { environment: { rolesOf: async () => ["Salesperson"] } }],
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

const mayNot = failing("CS-1005", { upstreamMessage: "Principal user is missing prvReadThing privilege (Id=1)." });

test.each<[string, PartsChanges["environment"], string]>([
  ["dataverse", { rolesOf: mayNot }, "the roles of the relay's user"],
  ["dataverse", { privilegesOf: mayNot }, "the privileges of the relay's user"],
  ["dataverse", { securedColumns: mayNot }, "column security of opportunities"],
  ["solution", { solutionVersion: mayNot }, "the version of the solution"],
  ["solution", { tracksChanges: mayNot }, "change tracking of opportunities"],
  ["solution", { languages: mayNot }, "the languages of this environment"],
  ["solution", { variables: mayNot }, "the environment variables"],
  ["dataverse-webhook", { webhooks: mayNot }, "the webhook and its steps"],
  ["dataverse-webhook", { failedCalls: mayNot }, "calls to the relay that failed"],
  ["mapping", { sharedValues: mayNot }, "values of shared opportunities"],
  ["mapping", { currencies: mayNot }, "the currencies of Dynamics 365"],
  ["other-sync", { activePartnerCenterFlows: mayNot }, "the flows of this environment"],
])("[DC40] in %s a single check that is refused is told alone, %#", async (name, environment = {}, what) => {
  const areas = await examine(healthyParts({ environment }));
  const [found, ...more] = areas.flatMap((one) => one.findings.map((one_) => ({ area: one.name, finding: one_ })));
  expect(more).toEqual([]);
  expect(found?.area).toBe(name);
  const words = found === undefined ? null : findingWords(found.finding, "en");
  expect(words?.what).toBe(`not checked: ${what}; the relay's user may not read it (prvReadThing)`);
  expect(words?.mend).toContain("a further role with prvReadThing");
});

test("[DC40] the options of choices are a single check too", async () => {
  expect(await findings({ metadata: { columns: mayNot } })).toEqual(["mapping: not-checked"]);
});

test("[DC40] beside a check that is refused, the other checks of its area find what they find", async () => {
  const environment = { solutionVersion: mayNot, tracksChanges: async () => false };
  expect(await findings({ environment })).toEqual(["solution: not-checked", "solution: changes-not-tracked"]);
  const [found] = (await examine(healthyParts({ environment }))).flatMap((one) => one.findings);
  expect(found === undefined ? null : findingWords(found, "fr").what).toBe(
    "non contrôlé : la version de la solution ; l’utilisateur du relais ne peut pas le lire (prvReadThing)",
  );
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
  for (const text of Object.values(everyFinding)) {
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

test("[DC12] what a public address shows to everybody is found, and each finding says what", async () => {
  const opened = { probe: async () => aRelayAnswers({ openPages: ["/version", "/metrics"], inTheClear: true }) };
  expect(await findings({ parts: opened })).toEqual(["address: address-in-clear", "address: pages-open"]);
  const [found] = (await examine(healthyParts({ parts: opened }))).filter(({ name }) => name === "address");
  expect(found?.findings[1]?.values).toMatchObject({ pages: "/version, /metrics" });
  const loopback = { ...healthyParts().addresses, public: "http://127.0.0.1:8080" };
  expect(await findings({ parts: { ...opened, addresses: loopback } })).not.toContainEqual(
    expect.stringMatching(/^address:/),
  );
});

test("[DC12] a relay of which only the webhooks are published is known all the same", async () => {
  const parts = { probe: async () => aRelayAnswers({ version: null }) };
  const [found] = (await examine(healthyParts({ parts }))).filter(({ name }) => name === "address");
  expect(found?.findings).toEqual([]);
  expect(found?.summary.text.en).toBe("{url} answers as CoSell Sync");
});
