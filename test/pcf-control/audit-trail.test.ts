import { fc } from "../support/properties";
import { auditEntries } from "../../pcf-control/CoSellSection/model/audit-trail";
import { formatDateTime, plainPatterns } from "../../pcf-control/CoSellSection/model/time-format";
import type { AuditEntry } from "../../sync-relay/src/core/audit-entry";
import { fieldKeys } from "../../sync-relay/src/core/deal-kind";
import { auditLine, withAuditLine } from "../../sync-relay/src/core/text/audit-line";
import { modelOf, sayIn } from "./model-of";

const time = (at: Date) => formatDateTime(at, 0, plainPatterns);
const english = { say: sayIn(1033), time };
const french = { say: sayIn(1036), time };

const entry: fc.Arbitrary<AuditEntry> = fc.record({
  atMs: fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
  opportunityId: fc.constant(null),
  referralId: fc.constant(null),
  direction: fc.constantFrom(null, "crm-to-partner-center" as const, "partner-center-to-crm" as const),
  action: fc.constantFrom(
    ...["create-referral", "invite-microsoft", "create-opportunity", "update", "link", "not-ready", "attention"],
  ),
  changes: fc.array(
    fc.record(
      {
        field: fc.constantFrom(...Object.values(fieldKeys), "team", "externalReferenceId"),
        before: fc.constant(null),
        after: fc.constant(null),
        lost: fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.array(fc.string())),
      },
      { requiredKeys: ["field", "before", "after"] },
    ),
    { maxLength: 4 },
  ),
  result: fc.constantFrom("done" as const, "held" as const, "failed" as const, "ignored" as const),
  reason: fc.constant(null),
  correlationId: fc.uuid(),
});

test("[PF8] whichever language the relay wrote, every line reads the same in the user's", () => {
  fc.assert(
    fc.property(entry, (written) => {
      const [en] = auditEntries(auditLine(written, "en"), english);
      const [fr] = auditEntries(auditLine(written, "fr"), english);
      expect(fr).toEqual(en);
      expect(en).toMatchObject({ result: written.result, correlationId: written.correlationId });
      expect(en?.direction === null).toBe(written.direction === null);
    }),
    { numRuns: 2000 },
  );
});

test("[PF8] a line of the relay is told in French", () => {
  const line =
    '2026-11-23 09:00 UTC · CRM → Partner Center · updated: deal value, notes (set aside: "a, b · c") · held back · id-1';
  expect(auditEntries(line, french)).toEqual([
    {
      time: "2026-11-23 09:00",
      isoTime: "2026-11-23T09:00:00.000Z",
      direction: "CRM → espace partenaires",
      what: 'Mis à jour : valeur de l’affaire, notes (écarté : "a, b · c")',
      result: "held",
      resultText: "Retenu",
      correlationId: "id-1",
    },
  ]);
});

test("[PF8] the newest line comes first, whatever the order of the text", () => {
  const lines = ["08:00", "10:00", "09:00"].map((at) => `2026-11-23 ${at} UTC · linked · done · id`);
  expect(auditEntries(lines.join("\r\n"), english).map((each) => each.time)).toEqual([
    "2026-11-23 10:00",
    "2026-11-23 09:00",
    "2026-11-23 08:00",
  ]);
});

test("[PF8] lines that are not the relay's are shown as they are, below the line they follow", () => {
  const text =
    "2026-11-23 08:00 UTC · linked · done · id\n  seen by me\n2026-11-23 09:00 UTC · anything else\n\n2026-99-99 09:00 UTC · x";
  expect(auditEntries(text, english).map(({ what }) => what)).toEqual([
    "anything else",
    "2026-99-99 09:00 UTC · x",
    "Linked",
    "seen by me",
  ]);
});

test("[PF8] a word that the section does not know is told as the relay wrote it", () => {
  const [first] = auditEntries("2026-11-23 09:00 UTC · new-thing: my/path · done · id", english);
  expect(first).toMatchObject({ what: "new-thing: my/path", resultText: "Done" });
  expect(auditEntries("2026-11-23 09:00 UTC · updated: my/path · done · id", english)[0]?.what).toBe(
    "Updated: my/path",
  );
});

test("[PF8] a whole trail as the relay keeps it is read", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), (written) => {
      const trail = written.reduce((text, each) => withAuditLine(text, auditLine(each, "fr")), "");
      const entries = auditEntries(trail, english);
      expect(entries).toHaveLength(trail === "" ? 0 : trail.split("\n").length);
      const times = entries.map(({ isoTime }) => isoTime ?? "");
      expect(times).toEqual([...times].sort().reverse());
    }),
    { numRuns: 200 },
  );
});

test("[PF9] times are told in the user's time zone and by the user's patterns", () => {
  const at = new Date("2026-11-03T23:05:00Z");
  const american = { ...plainPatterns, shortDate: "M/d/yyyy", shortTime: "h:mm tt", dateSeparator: "/" };
  expect(formatDateTime(at, 60, american)).toBe("11/4/2026 12:05 AM");
  expect(formatDateTime(at, -720, american)).toBe("11/3/2026 11:05 AM");
  const german = { ...plainPatterns, shortDate: "dd.MM.yy", shortTime: "HH:mm 'Uhr'" };
  expect(formatDateTime(at, 60, german)).toBe("04.11.26 00:05 Uhr");
  const named = { ...plainPatterns, shortDate: "d MMM yyyy", shortTime: "H.mm", shortMonths: ["Jan", "Feb"] };
  expect(formatDateTime(new Date("2026-02-03T04:05:00Z"), 0, named)).toBe("3 Feb 2026 4.05");
});

test("[PF9] the host's own rendering of a time wins", () => {
  const lastSyncedOn = new Date("2026-11-23T09:00:00Z");
  const values = { sync: true, syncStatus: 842_130_102, lastSyncedOn, referralId: "x" };
  expect(modelOf({ values, minutesAheadOfUtc: 60 }).status?.title).toBe("Synced at 2026-11-23 10:00");
  const formatted = { lastSyncedOn: { formatted: "23 November" } };
  expect(modelOf({ values, properties: formatted }).status?.title).toBe("Synced at 23 November");
});
