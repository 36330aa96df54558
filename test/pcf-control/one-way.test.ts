import { helpLock, productsLock, rememberChoices, visibleLock } from "../../pcf-control/CoSellSection/model/one-way";
import { hostStateOf, modelOf } from "./model-of";
import { someHelp, states } from "./states";

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
