import { helpLock, productsLock, rememberChoices, visibleLock } from "../../pcf-control/CoSellSection/model/one-way";
import { hostStateOf, modelOf } from "./model-of";
import { someHelp, states, statusValue } from "./states";

const synced = states["synced"]?.values ?? {};
const columnsOf = (values: object) => hostStateOf({ values }).columns;

test("[PF11] one-way choices say so before they are made, and after that they are sent on saving", () => {
  expect(modelOf({}).help).toMatchObject({ access: "editable", note: expect.stringContaining("cannot be taken back") });
  expect(modelOf({}).visible).toMatchObject({ access: "editable", note: expect.stringContaining("stays visible") });
  expect(modelOf({ values: { help: someHelp } }).help?.note).toContain("After that it cannot be taken back");
  expect(modelOf({ values: { visible: true } }).visible?.note).toContain("After that it cannot be taken back");
});

test("[PF11] visible follows from help", () => {
  const model = modelOf({ values: { help: someHelp, visible: false } });
  expect(model.visible).toMatchObject({ access: "locked", value: true, note: "Follows from the request for help." });
});

test("[PF12] help and visibility that a form finds beside a referral are locked", () => {
  const model = modelOf({ values: { ...synced, help: someHelp, visible: true } });
  expect(model.help).toMatchObject({ access: "locked", note: expect.stringContaining("was sent to Microsoft") });
  expect(model.visible).toMatchObject({ access: "locked", note: expect.stringContaining("stays visible to them") });
  expect(model.products?.access).toBe("editable");
});

test("[PF12] nothing is locked before there is a referral", () => {
  const model = modelOf({ values: { sync: true, help: someHelp } });
  expect([model.help?.access, model.products?.access]).toEqual(["editable", "editable"]);
});

test("[PF12] a choice made on the form stays open until the relay writes again", () => {
  const before = rememberChoices(null, columnsOf(synced));
  const chosen = columnsOf({ ...synced, help: someHelp });
  const still = rememberChoices(before, chosen);
  expect(still).toBe(before);
  expect(helpLock(chosen, still)).toBeNull();
  const answered = columnsOf({ ...synced, help: someHelp, lastSyncedOn: new Date("2026-11-23T11:00:00Z") });
  expect(helpLock(answered, rememberChoices(still, answered))).toBe("sent");
});

test("[PF12] a visibility made on the form stays open until the relay writes again", () => {
  const before = rememberChoices(null, columnsOf(synced));
  const chosen = columnsOf({ ...synced, visible: true });
  expect(visibleLock(chosen, rememberChoices(before, chosen))).toBeNull();
  const answered = columnsOf({ ...synced, visible: true, audit: "one line more" });
  expect(visibleLock(answered, rememberChoices(before, answered))).toBe("sent");
});

const unsent = [
  ["needs-attention", "Complete the customer contact."],
  ["waiting", "On hold."],
  ["retrying", "Out of reach."],
  ["synced", "Microsoft has a referral already: the help cannot be asked here any more."],
] as const;

test.each(unsent)(
  "[PF12] a choice that a form finds beside the status %s and a message is not called sent",
  (...told) => {
    const [status, syncMessage] = told;
    const values = { ...synced, syncStatus: statusValue(status), syncMessage, help: someHelp, visible: true };
    expect(modelOf({ values }).help?.access).toBe("editable");
    expect(visibleLock(columnsOf({ ...values, help: null }), rememberChoices(null, columnsOf(values)))).toBeNull();
  },
);

test.each(unsent)("[PF12] the answer %s with a message leaves a new choice open and a sent one locked", (...told) => {
  const [status, syncMessage] = told;
  const answer = { syncStatus: statusValue(status), syncMessage };
  const chosen = columnsOf({ ...synced, help: someHelp, ...answer });
  expect(helpLock(chosen, rememberChoices(rememberChoices(null, columnsOf(synced)), chosen))).toBeNull();
  const sent = rememberChoices(null, columnsOf({ ...synced, help: someHelp }));
  expect(helpLock(chosen, rememberChoices(sent, chosen))).toBe("sent");
});

test("[PF12] what was sent to one referral was not sent to another", () => {
  const sent = rememberChoices(null, columnsOf({ ...synced, help: someHelp, visible: true }));
  const waiting = { ...synced, syncStatus: statusValue("waiting"), referralId: "another", help: someHelp };
  expect(helpLock(columnsOf(waiting), rememberChoices(sent, columnsOf(waiting)))).toBeNull();
});

test.each([{ ...synced, referralStatus: "Closed / Lost" }, states["closed"]?.values ?? {}])(
  "[PF12] a closed referral locks every choice",
  (values) => {
    const columns = columnsOf(values);
    const sent = rememberChoices(null, columns);
    expect([helpLock(columns, sent), visibleLock(columns, sent), productsLock(columns)]).toEqual(
      Array(3).fill("closed"),
    );
    const model = modelOf({ values });
    expect([model.help?.access, model.visible?.access, model.products?.access]).toEqual(Array(3).fill("locked"));
    expect(model.sync?.access).toBe("editable");
  },
);
