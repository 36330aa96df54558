import { auditLine, withAuditLine } from "../../../sync-relay/src/core/text/audit-line";
import { fieldName } from "../../../sync-relay/src/core/text/field-names";
import { messages, say, type MessageId } from "../../../sync-relay/src/core/text/messages";
import { heldMessage, quotable } from "../../../sync-relay/src/core/text/seller-message";
import { columnCharacters, shortened } from "../../../sync-relay/src/core/text/shortened";
import { referralColumns, standingOf } from "../../../sync-relay/src/core/section";
import { opportunityColumns } from "../../../solution/schema/opportunity-columns";
import { aPair, aReferral } from "../../support/builders";
import type { AuditEntry } from "../../../sync-relay/src/core/audit-entry";

const ids = Object.keys(messages) as MessageId[];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

test.each(ids)("[RD4] %s has both languages with the same placeholders", (id) => {
  expect(messages[id].fr.length).toBeGreaterThan(0);
  expect(messages[id].fr).not.toBe(messages[id].en);
  expect(placeholders(messages[id].fr)).toEqual(placeholders(messages[id].en));
});

test("[RD4] messages speak the seller's words", () => {
  expect(say("fr", "missing", { field: fieldName("details.dealValue", "fr") })).toBe("Ajoutez : valeur de l’affaire.");
  expect(heldMessage([{ field: "name", because: "not-changeable" }], "en")).toContain("the deal name");
  expect(heldMessage([], "en")).toBeNull();
});

const entry: AuditEntry = {
  atMs: Date.UTC(2026, 10, 23, 9, 5),
  opportunityId: null,
  referralId: null,
  direction: "crm-to-partner-center",
  action: "update",
  changes: [{ field: "details.dealValue", before: 1, after: 2 }],
  result: "done",
  reason: null,
  correlationId: "c-1",
};

test("[AU1] a line tells time, direction, fields, result and correlation id", () => {
  expect(auditLine(entry, "en")).toBe("2026-11-23 09:05 UTC · CRM → Partner Center · updated: deal value · done · c-1");
  expect(auditLine(entry, "fr")).toContain("CRM → espace partenaires · mis à jour: valeur de l’affaire · fait");
});

test("[AU1] the value that lost a conflict is named, and stays on one line", () => {
  const changes = [{ field: "details.notes", before: null, after: "kept", lost: "line 1\nline 2" }];
  const line = auditLine({ ...entry, changes }, "en");
  expect(line).toContain('notes (set aside: "line 1\\nline 2")');
  expect(line.split("\n")).toHaveLength(1);
});

test("[AU2] a value that lost a conflict takes no other line with it, however long it is", () => {
  const changes = [{ field: "details.notes", before: null, after: "kept", lost: "x".repeat(30_000) }];
  const trail = withAuditLine("an older line", auditLine({ ...entry, changes }, "en"));
  expect(trail.length).toBeLessThan(1_200);
  expect(trail).toContain("…) · done");
  expect(trail.split("\n")[1]).toBe("an older line");
});

test.each([
  ["short", "short"],
  ["12345678", "12345678"],
  ["123456789", "1234567…"],
  ["123456😀89", "123456…"],
])("[RD5] %s in eight characters is %s", (text, expected) => {
  expect(shortened(text, 8)).toBe(expected);
});

test("[RD5] what a server said, what is missing and what is held fit into a message, and the deed stays", () => {
  const said = say("en", "refused", { reason: quotable("no ".repeat(1_000)) });
  expect(said.length).toBeLessThanOrEqual(1_000);
  expect(said).toMatch(/… Correct it and save again\.$/);
  const issues = Array.from({ length: 30 }, (_, n) => ({
    ...{ field: `details.field${n}`, because: "not-understood" as const },
    shown: "y".repeat(100),
  }));
  const open = { issues, held: [{ field: "name", because: "not-changeable" as const }] };
  expect(standingOf(aReferral(), open, "en").message).toHaveLength(1_000);
});

test("[RD5] Partner Center's own words fit into their columns", () => {
  const referral = aReferral({ status: "Closed", substatus: "Lost", statusReason: "z".repeat(300) });
  const microsoft = { crmId: "7".repeat(300), shownStatus: "Closed / Declined: ".padEnd(300, "q") };
  const columns = referralColumns(
    aPair({ microsoft: { ...microsoft, updatedAt: referral.updatedAt } }),
    referral,
    "https://x",
  );
  expect([columns.referralStatus?.length, columns.microsoftCrmId?.length]).toEqual([200, 100]);
  for (const [role, most] of Object.entries(columnCharacters)) {
    expect(opportunityColumns[role as keyof typeof columnCharacters].type).toMatchObject({ maxLength: most });
  }
});

test("[AU2] the newest line is on top and the trail stays whole lines within its column", () => {
  let trail = "";
  for (let n = 0; n < 500; n += 1) trail = withAuditLine(trail, `line ${n} ${"x".repeat(150)}`);
  const lines = trail.split("\n");
  expect(lines[0]).toMatch(/^line 499 /);
  expect(trail.length).toBeLessThanOrEqual(20_000);
  expect(lines.every((line) => /^line \d+ x{150}$/.test(line))).toBe(true);
});
