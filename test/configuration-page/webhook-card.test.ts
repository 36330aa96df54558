// Which webhook the page takes for the relay's, and what it finds wrong with it.

import { changed, complete, webhook, withRows } from "./environments";
import type { FakeEnvironment } from "./fake-web-api";
import { card, modelOf, RELAY, said } from "./page-fixture";

const url = `${RELAY}/webhooks/dataverse`;
const onlyUpdate = { filteringattributes: "name,cosell_syncwithpartnercenter" };

test.each<readonly [what: string, rows: FakeEnvironment["rows"][string], sentence: string]>([
  ["missing steps", webhook(url).slice(0, 2), "The step for the message Delete is missing."],
  ["a disabled step", webhook(url, { statecode: 1 }), "The step for the message Create is disabled."],
  ["no secret", webhook(url, {}, { isauthvalueset: false }), "The endpoint Co-sell relay has no secret"],
  [
    "another address",
    webhook("https://elsewhere.example/webhooks/dataverse"),
    "The endpoint calls https://elsewhere.example/webhooks/dataverse, which is not at the relay’s address.",
  ],
  [
    "an address that only begins alike",
    webhook(`${RELAY}.evil.example/webhooks/dataverse`),
    "which is not at the relay’s address",
  ],
  ["columns it does not listen to", webhook(url, onlyUpdate), "does not listen to: cosell_helprequired"],
])("[CFG5] a webhook with %s is named with its fault", async (_what, rows, sentence) => {
  const model = await modelOf(changed(complete(RELAY), withRows({ sdkmessageprocessingsteps: rows })));
  expect(card(model, "webhook").state).toBe("todo");
  expect(said(model, "webhook")).toContain(sentence);
});

test("[CFG5] the webhook is known by what it listens to or by its address, not by its name, and others are not it", async () => {
  const foreign = webhook("https://erp.example/hook", { filteringattributes: "name", _eventhandler_value: "x" });
  const renamed = webhook(url, {}, { name: "Webhook 7" });
  const model = await modelOf(
    changed(complete(RELAY), withRows({ sdkmessageprocessingsteps: [...foreign, ...renamed] })),
  );
  expect(card(model, "webhook")).toMatchObject({ state: "good" });
  expect(said(model, "webhook")).toContain("Webhook 7");
  const alone = await modelOf(changed(complete(RELAY), withRows({ sdkmessageprocessingsteps: foreign })));
  expect(said(alone, "webhook")).toContain("Nothing calls the relay yet.");
  const everything = webhook(url, { filteringattributes: null });
  const open = await modelOf(changed(complete(RELAY), withRows({ sdkmessageprocessingsteps: everything })));
  expect(card(open, "webhook").state).toBe("good");
});
