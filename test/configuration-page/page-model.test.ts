// What the configuration page says about an environment, from the answers of the Web API to the sentences. The relay's
// answers and the browser are tested by themselves.

import { securityIds, viewIds } from "../../solution/schema/component-ids";
import { runChecks } from "../../webresources/configuration-page/checks/run-checks";
import type { RelayAnswer } from "../../webresources/configuration-page/findings";
import { pageModelOf } from "../../webresources/configuration-page/page-model";
import type { Row, WebApi } from "../../webresources/configuration-page/web-api";
import { fc } from "../support/properties";
import {
  REFERRAL_ID,
  aProfile,
  aRole,
  aSolution,
  attributes,
  changed,
  complete,
  fresh,
  opportunities,
  readTables,
  refusing,
  refusingAll,
  secured,
  variables,
  webhook,
  withRows,
  type Change,
} from "./environments";
import { answerTo } from "./fake-web-api";
import {
  alive,
  apiOn,
  card,
  findingsOf,
  modelOf,
  RELAY,
  said,
  states,
  statesWhenComplete,
  wording,
} from "./page-fixture";

test("[CFG1] a complete environment is well in every part, and nothing is left to do", async () => {
  const model = await modelOf(complete(RELAY));
  expect(states(model)).toEqual(statesWhenComplete);
  expect(model.nextStep).toEqual({ text: "Nothing. Everything is set up." });
  expect(card(model, "sync").rows).toEqual([
    ["Waiting", "2"],
    ["Synced", "7"],
    ["Closed", "4"],
  ]);
  expect(said(model, "sync")).toContain("Last synced: Fleet renewal 7, on 2027-01-07.");
  expect(said(model, "solution")).toBe("CoSell Sync: version 0.1.0.0, installed on 2027-01-04.");
  expect(said(model, "roles")).toContain("“CoSell Sync relay” is assigned to CoSell Sync relay.");
  expect(said(model, "roles")).toContain("“CoSell Sync seller” is assigned to the team Sales Europe.");
  expect(said(model, "products")).toBe("Sellers can choose among 3 solutions.");
  expect(model.support).toEqual({
    text: "cosell-help@contoso.example",
    href: "mailto:cosell-help@contoso.example",
  });
});

test("[CFG1] a freshly imported solution says what is missing, and begins with the relay's address", async () => {
  const model = await modelOf(fresh(), { kind: "no-address" });
  expect(states(model)).toEqual({
    sync: "info",
    solution: "good",
    variables: "todo",
    relay: "todo",
    webhook: "todo",
    roles: "todo",
    security: "info",
    products: "info",
  });
  expect(model.nextStep.text).toBe("Set the environment variable “Relay address” to the public address of the relay.");
  expect(card(model, "variables").rows).toEqual([
    ["Relay address", "not set"],
    ["Link to a referral", "https://partner.microsoft.com/referrals/v2/inbox?id={referralId} (default value)"],
    ["Support address", "not set"],
  ]);
});

test("[CFG1] before anything is found every part is being checked", () => {
  const model = pageModelOf({}, wording());
  expect(new Set(model.cards.map(({ state }) => state))).toEqual(new Set(["loading"]));
  expect(model.nextStep.text).toBe("It is being looked at what is set up.");
  expect(model.support).toBeNull();
});

test("[CFG1] a status that needs somebody leads to its view", async () => {
  const needing = withRows({ opportunities: opportunities({ synced: 1, "needs-attention": 2 }) });
  const model = await modelOf(changed(complete(RELAY), needing));
  expect(card(model, "sync")).toMatchObject({
    state: "todo",
    rows: [
      ["Synced", "1"],
      ["Needs attention", "2"],
    ],
  });
  const link = card(model, "sync").links?.[0];
  expect(link?.text).toBe("Open the opportunities that need attention");
  expect(link?.href).toMatch(/^\/main\.aspx\?pagetype=entitylist&etn=opportunity&viewid=[0-9a-f-]{36}&viewType=1039$/);
  expect(link?.href).toContain(viewIds.coSellNeedsAttention);
  expect(model.nextStep).toEqual({ text: "Look after the opportunities that need attention.", link });
});

test("[CFG1] an opportunity whose sync was switched off needs nobody", async () => {
  const off = opportunities({ "needs-attention": 2 }, { cosell_syncwithpartnercenter: false });
  const model = await modelOf(
    changed(complete(RELAY), withRows({ opportunities: [...opportunities({ synced: 1 }), ...off] })),
  );
  expect(card(model, "sync")).toMatchObject({ state: "good", rows: [["Synced", "1"]] });
});

test("[CFG1] a link whose template names the referral twice is the one that the relay writes", async () => {
  const link = "https://partner.microsoft.com/{referralId}?id={referralId}";
  const written = { cosell_referrallink: link.split("{referralId}").join(REFERRAL_ID) };
  const set = variables({ cosell_RelayAddress: RELAY, cosell_ReferralLink: link });
  const rows = { environmentvariabledefinitions: set, opportunities: opportunities({ synced: 1 }, written) };
  expect(card(await modelOf(changed(complete(RELAY), withRows(rows))), "sync").state).toBe("good");
});

test("[CFG1] a customer's own solution whose name begins alike is none of the product's", async () => {
  const solutions = [aSolution("CoSellSync"), aSolution("CoSellSyncContoso", { version: "1.0.0.5" })];
  const model = await modelOf(changed(complete(RELAY), withRows({ solutions })));
  expect(said(model, "solution")).not.toContain("Contoso");
  expect(model.nextStep.text).toBe("Nothing. Everything is set up.");
});

test("[CFG3] an answer that failed sends nobody to an administrator", async () => {
  const broken = await modelOf(changed(complete(RELAY), refusing({ cosell_cosellsolutions: "nonsense" })));
  expect(broken.nextStep.text).toContain("check again later");
});

test("[CFG1] more opportunities than Dataverse counts are no fault", async () => {
  const many = refusing({ opportunities: { status: 400, code: "0x8004E023" } });
  const model = await modelOf(changed(complete(RELAY), many));
  expect(said(model, "sync")).toContain("There are more opportunities than can be counted here.");
});

test.each([
  ["403 for want of a privilege", { status: 403, code: "0x80040220" }, "You do not have the privilege to see this."],
  ["503", { status: 503, code: "" }, "Dataverse answered with the error 503."],
  ["no answer", "cut", "Dataverse did not answer."],
  ["an answer that is no JSON", "nonsense", "was not understood"],
] as const)("[CFG2] %s about one table is said at its part alone", async (_what, refusal, sentence) => {
  const whole = await modelOf(changed(complete(RELAY), secured()));
  const parts: { readonly [name: string]: string } = {
    solutions: "solution",
    environmentvariabledefinitions: "variables",
    sdkmessageprocessingsteps: "webhook",
    roles: "roles",
    fieldsecurityprofiles: "security",
    "EntityDefinitions(LogicalName='opportunity')/Attributes": "security",
    opportunities: "sync",
    cosell_cosellsolutions: "products",
  };
  for (const name of readTables) {
    const model = await modelOf(changed(complete(RELAY), secured(), refusing({ [name]: refusal })));
    const part = parts[name] ?? "";
    expect([name, card(model, part).state]).toEqual([name, "unknown"]);
    expect(said(model, part)).toContain(sentence);
    expect(states(model)).toEqual({ ...states(whole), [part]: "unknown" });
  }
});

test("[CFG2] who may see nothing is told that nothing need be wrong, and whom to ask", async () => {
  const model = await modelOf(changed(complete(RELAY), refusingAll({ status: 403, code: "0x80040220" })));
  expect(states(model)).toMatchObject({ solution: "unknown", webhook: "unknown", roles: "unknown", sync: "unknown" });
  expect(said(model, "roles")).toBe(
    "You do not have the privilege to see this. That does not mean that anything is wrong: ask an administrator to open this page.",
  );
  expect(model.nextStep.text).toContain("Ask an administrator");
  const asked = await modelOf(changed(complete(RELAY), refusingAll({ status: 403, code: "0x80040220" })), {
    kind: "no-address",
  });
  expect(Object.values(states(asked))).not.toContain("todo");
  expect(said(asked, "relay")).toBe("You may not see the relay’s address, so it cannot be asked from here.");
});

test("[CFG2] whatever Dataverse answers, every part says how it stands and the page has a next step", async () => {
  const cell = fc.oneof(fc.anything(), fc.constantFrom(true, 0, 842_130_104, "", "cosell_RelayAddress", "Update"));
  const names = [
    "uniquename",
    "schemaname",
    "sdkmessageid",
    "eventhandler_serviceendpoint",
    "cosell_syncstatus",
    "name",
  ];
  const row = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...names)), cell);
  const body = fc.oneof(fc.dictionary(fc.string(), cell), fc.record({ value: fc.oneof(fc.array(row), fc.anything()) }));
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(body), async (bodies) => {
      const api: WebApi = { get: async () => ({ kind: "seen", value: bodies.next().value as Row }) };
      const before = globalThis.fetch;
      globalThis.fetch = () => Promise.reject(new Error("no network here"));
      const findings = await runChecks(api, () => undefined).finally(() => (globalThis.fetch = before));
      const { cards, nextStep } = pageModelOf(findings, wording());
      expect(
        cards.filter(({ state, lines, rows }) => state === "loading" || lines.length + (rows ?? []).length === 0),
      ).toEqual([]);
      expect(nextStep.text).not.toBe("");
    }),
    { numRuns: 300 },
  );
});

const role = (users: readonly object[]): Change =>
  withRows({
    roles: [
      aRole(securityIds.relayRole, users as never),
      aRole(securityIds.sellerRole, [], [{ teamid: "t1", name: "Sales Europe" }]),
    ],
  });

test.each<readonly [what: string, change: Change, step: string]>([
  ["no solution", withRows({ solutions: [] }), "Import the solution CoSell Sync."],
  ["no variables", withRows({ environmentvariabledefinitions: [] }), "Import the solution CoSell Sync."],
  [
    "a relay address without a scheme",
    withRows({ environmentvariabledefinitions: variables({ cosell_RelayAddress: "cosell.contoso.example" }) }),
    "Correct the environment variable “Relay address”.",
  ],
  [
    "a link without a place for the id",
    withRows({
      environmentvariabledefinitions: variables({ cosell_RelayAddress: RELAY, cosell_ReferralLink: "https://x/" }),
    }),
    "Correct the environment variable “Link to a referral”.",
  ],
  ["no relay role", role([]), "Assign the role “CoSell Sync relay” to the application user of the relay."],
  [
    "the relay's role in the hands of a person",
    role([{ fullname: "Ada Vos", applicationid: null }]),
    "Take the role “CoSell Sync relay” from Ada Vos and assign it to the application user of the relay.",
  ],
  [
    "no webhook",
    withRows({ sdkmessageprocessingsteps: [] }),
    "Register the webhook: run “cosell setup” where the relay is installed.",
  ],
  [
    "a disabled webhook",
    withRows({ sdkmessageprocessingsteps: webhook(`${RELAY}/webhooks/dataverse`, { statecode: 1 }) }),
    "Repair the webhook: run “cosell setup” where the relay is installed.",
  ],
  [
    "solutions of two versions",
    withRows({ solutions: [aSolution("CoSellSync"), aSolution("CoSellSyncSalesInsights", { version: "0.0.9.0" })] }),
    "Import the same version of all solutions of CoSell Sync.",
  ],
  [
    "links of another form",
    withRows({ opportunities: opportunities({ synced: 1 }, { cosell_referrallink: "https://elsewhere.example/1" }) }),
    "Make the variable “Link to a referral” and the relay’s setting COSELL_REFERRAL_LINK equal.",
  ],
  [
    "no seller role",
    (environment) => {
      const roles = (environment.rows["roles"] ?? []).slice(0, 1);
      return { ...environment, rows: { ...environment.rows, roles: [...roles, aRole(securityIds.sellerRole, [])] } };
    },
    "Assign the role “CoSell Sync seller” to the sellers, best by their team.",
  ],
  [
    "no shared deal",
    withRows({ opportunities: [] }),
    "Share a first opportunity: set “Sync with Partner Center” on its form and save.",
  ],
])("[CFG3] with %s the next step is to mend that", async (_what, change, step) => {
  const model = await modelOf(changed(complete(RELAY), change));
  expect(model.nextStep.text).toBe(step);
});

test.each<readonly [what: string, change: Change, step: string, said: string]>([
  [
    "without the relay in its profile",
    withRows({
      fieldsecurityprofiles: [aProfile(securityIds.relayProfile, []), aProfile(securityIds.sellerProfile, [{}])],
    }),
    "Add the application user of the relay to the column security profile “CoSell Sync relay”.",
    "the relay can neither read nor write the locked columns",
  ],
  [
    "without readers in theirs",
    withRows({
      fieldsecurityprofiles: [aProfile(securityIds.relayProfile, [{}]), aProfile(securityIds.sellerProfile, [])],
    }),
    "Add the sellers, best by their team, to the column security profile “CoSell Sync reader”.",
    "sellers do not see the locked columns",
  ],
  [
    "on some columns only",
    withRows({
      "EntityDefinitions(LogicalName='opportunity')/Attributes": attributes(true).map((row, n) => ({
        ...row,
        IsSecured: n > 0,
      })),
    }),
    "Import the solution CoSell Sync column security again, so that all columns are locked.",
    "8 of 9 columns are locked.",
  ],
  [
    "without its profiles",
    withRows({ fieldsecurityprofiles: [] }),
    "Import the solution CoSell Sync column security again, so that all columns are locked.",
    "The profile “CoSell Sync relay” is not in this environment.",
  ],
])("[CFG3] with column security %s the next step is to mend that", async (_what, change, step, sentence) => {
  const model = await modelOf(changed(complete(RELAY), secured(), change));
  expect(model.nextStep.text).toBe(step);
  expect(card(model, "security").state).toBe("todo");
  expect(said(model, "security")).toContain(sentence);
});

test("[CFG3] column security that is on and complete is well", async () => {
  const model = await modelOf(changed(complete(RELAY), secured()));
  expect(card(model, "security")).toMatchObject({ state: "good" });
  expect(said(model, "security")).toContain("On: 9 columns are locked everywhere.");
  expect(model.nextStep.text).toBe("Nothing. Everything is set up.");
});

test("[CFG3] nothing is proposed before everything was looked at, whatever answers come first", async () => {
  const all = await findingsOf(fresh(), { kind: "no-address" });
  const { solutions: _late, ...rest } = all;
  expect(pageModelOf(rest, wording()).nextStep.text).toBe("It is being looked at what is set up.");
});

test.each<readonly [relay: RelayAnswer, state: string, sentence: string]>([
  [alive, "good", `The relay answers at ${RELAY}.`],
  [{ kind: "other", address: RELAY }, "todo", "but it is not the relay"],
  [
    { kind: "hidden", address: RELAY },
    "unknown",
    `Something answers at ${RELAY}, but does not let this page read what.`,
  ],
  [{ kind: "unseen", address: RELAY }, "unknown", `The relay does not answer this page at ${RELAY}.`],
])("[CFG4] what is said of the relay is what was seen: %j", async (relay, state, sentence) => {
  const model = await modelOf(complete(RELAY), relay);
  expect(card(model, "relay").state).toBe(state);
  expect(said(model, "relay")).toContain(sentence);
  const links = (card(model, "relay").links ?? []).map(({ href }) => href);
  expect(links).toEqual(relay.kind === "alive" ? [] : [`${RELAY}/livez`]);
  if (state !== "unknown") return;
  expect(said(model, "relay")).toContain('{"alive":true} means that the relay runs');
  expect(model.nextStep.text).toBe("All that can be seen from here is set up. Make sure once that the relay runs.");
  expect(model.nextStep.link?.href).toBe(`${RELAY}/livez`);
});

test("[CFG7] every question is one that Dataverse understands, and asks for named columns only", async () => {
  const asked: string[] = [];
  await runChecks(apiOn(changed(complete("none"), secured()), asked), () => undefined);
  expect(asked.length).toBe(11);
  for (const address of asked) {
    expect([address, answerTo(complete(RELAY), address).status]).toEqual([address, 200]);
    expect(address).toMatch(/\$select=|\$apply=/);
  }
});

test("[CFG8] a support address that is no web or mail address is shown and not opened", async () => {
  const supportOf = async (value: string) => {
    const set = variables({ cosell_RelayAddress: RELAY, cosell_SupportAddress: value });
    return (await modelOf(changed(complete(RELAY), withRows({ environmentvariabledefinitions: set })))).support;
  };
  expect(await supportOf("https://help.contoso.example/cosell")).toMatchObject({
    href: "https://help.contoso.example/cosell",
  });
  for (const text of ["javascript:alert(1)", "data:text/html,x", "Ada, room 7", "a@b", "x@y.example?body=1"]) {
    expect(await supportOf(text)).toEqual({ text, href: null });
  }
});
