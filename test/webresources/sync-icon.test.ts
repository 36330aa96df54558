// The icon function of the view, as a list calls it: a row as JSON and the user's language code.

import { fc } from "../support/properties";
import { syncStatuses, type SyncStatus } from "../../solution/schema/sync-status";
import { syncIcon } from "../../webresources/scripts/sync-icon";

const ENGLISH = 1033;
const FRENCH = 1036;

function row(value: unknown): string {
  return JSON.stringify({ RowId: "{1}", name: "Deal", cosell_syncstatus: "any text", cosell_syncstatus_Value: value });
}

function valueOf(status: SyncStatus): number {
  return syncStatuses.find(({ name }) => name === status)?.value ?? 0;
}

test("[WR1] every sync status has its own icon and its own tooltip", () => {
  const answers = syncStatuses.map(({ value }) => syncIcon(row(value), ENGLISH));
  expect(answers).toEqual([
    ["cosell_/icons/not-shared.svg", "Partner Center: Not shared"],
    ["cosell_/icons/waiting.svg", "Partner Center: Waiting"],
    ["cosell_/icons/synced.svg", "Partner Center: Synced"],
    ["cosell_/icons/retrying.svg", "Partner Center: Retrying"],
    ["cosell_/icons/needs-attention.svg", "Partner Center: Needs attention"],
    ["cosell_/icons/closed.svg", "Partner Center: Closed"],
  ]);
});

test.each([
  ["a number", 842_130_102],
  ["digits", "842130102"],
  ["an object around the number", { Value: 842_130_102 }],
])("[WR1] the status is understood as %s", (_form, value) => {
  expect(syncIcon(row(value), ENGLISH)[0]).toBe("cosell_/icons/synced.svg");
});

test.each([
  [FRENCH, "Espace partenaires : Synchronisé"],
  [3084, "Espace partenaires : Synchronisé"],
  ["1036", "Espace partenaires : Synchronisé"],
  [ENGLISH, "Partner Center: Synced"],
  [2057, "Partner Center: Synced"],
  [1031, "Partner Center: Synced"],
  [undefined, "Partner Center: Synced"],
  ["?", "Partner Center: Synced"],
])("[WR2] a user with language code %p reads “%s”", (languageCode, tooltip) => {
  expect(syncIcon(row(valueOf("synced")), languageCode)[1]).toBe(tooltip);
});

test.each([
  ["no status column", JSON.stringify({ RowId: "{1}", name: "Deal" })],
  ["an empty status", row("")],
  ["a null status", row(null)],
  ["a status nobody knows", row(842_130_199)],
  ["a status with blanks", row(" 842130102 ")],
  ["broken JSON", '{"cosell_syncstatus_Value":842130102'],
  ["a list instead of a row", "[]"],
  ["null", "null"],
  ["a text", '"842130102"'],
  ["an empty text", ""],
  ["nothing", undefined],
  ["an object that is no text", { cosell_syncstatus_Value: 842_130_102 }],
])("[WR3] %s shows no icon and no tooltip", (_what, given) => {
  expect(syncIcon(given, ENGLISH)).toEqual(["", ""]);
});

test("[WR3] whatever a list hands over, the answer is two texts and never an error", () => {
  const given = fc.oneof(fc.anything(), fc.json(), fc.anything().map(row));
  fc.assert(
    fc.property(given, fc.anything(), (rowJson, languageCode) => {
      const [image, tooltip] = syncIcon(rowJson, languageCode);
      expect(typeof tooltip).toBe("string");
      expect(image === "" || image.startsWith("cosell_/icons/")).toBe(true);
    }),
    { numRuns: 500 },
  );
});
