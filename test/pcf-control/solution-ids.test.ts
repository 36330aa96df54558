import { fc } from "../support/properties";
import {
  MOST_SOLUTIONS,
  solutionEntries,
  solutionId,
  solutionText,
  withSolutions,
} from "../../pcf-control/CoSellSection/model/solution-ids";
import {
  MOST_SOLUTIONS as MOST_OF_RELAY,
  solutionId as relaySolutionId,
  solutions,
} from "../../sync-relay/src/core/mapping/conversions/solutions";

const idLike = fc.oneof(
  fc.stringMatching(/^[sS][oO][lL]-\d{1,6}-[a-zA-Z0-9]{1,6}$/),
  fc.uuid(),
  fc.stringMatching(/^[a-zA-Z0-9._-]{1,12}$/),
  fc.stringMatching(/^[a-z]{1,110}$/),
  fc.string(),
);

test("[PF14] the section takes for a solution id exactly what the relay takes", () => {
  fc.assert(
    fc.property(idLike, (typed) => {
      expect(solutionId(typed)).toBe(relaySolutionId(typed));
    }),
    { numRuns: 5000 },
  );
  expect(MOST_SOLUTIONS).toBe(MOST_OF_RELAY);
});

test("[PF14] what the section writes is what the relay reads", () => {
  fc.assert(
    fc.property(fc.array(idLike, { maxLength: 60 }), (typed) => {
      const { entries } = withSolutions([], typed.join("\n"));
      const read = solutions.fromCrm(solutionText(entries), {} as never);
      const ids = entries.map(({ text }) => text).sort();
      expect(read).toMatchObject(ids.length === 0 ? { kind: "empty" } : { kind: "value", value: ids });
    }),
    { numRuns: 1000 },
  );
});

test("[PF13] a pasted list is taken apart at commas, semicolons, blanks and lines, duplicates folded", () => {
  const addition = withSolutions(solutionEntries("SOL-1-A"), "sol-1-a, SOL-2-B;SOL-3-C\nSOL-2-B\tprose");
  expect(solutionText(addition.entries)).toBe("SOL-1-A; SOL-2-B; SOL-3-C");
  expect(addition).toMatchObject({
    added: ["SOL-2-B", "SOL-3-C"],
    duplicates: ["SOL-1-A"],
    refused: ["prose"],
    noRoom: [],
  });
});

test("[PF13] a full list and a full column take no more", () => {
  const ids = Array.from({ length: 60 }, (_, n) => `SOL-${n}-A`).join(" ");
  expect(withSolutions([], ids)).toMatchObject({ noRoom: { length: 10 }, entries: { length: 50 } });
  const long = Array.from({ length: 45 }, (_, n) => `${n}-${"x".repeat(95)}`).join(" ");
  const text = solutionText(withSolutions([], long).entries) ?? "";
  expect(text.length).toBeLessThanOrEqual(4000);
  expect(withSolutions([], long).noRoom.length).toBeGreaterThan(0);
});

test("[PF13] what stands wrong in the column is kept, and an empty list is an empty column", () => {
  expect(solutionEntries("SOL-1-A; hello; hello")).toEqual([
    { text: "SOL-1-A", valid: true },
    { text: "hello", valid: false },
  ]);
  expect([solutionText([]), solutionEntries(null)]).toEqual([null, []]);
});

test.each([
  ["Dynamics 365 add-on", ["Dynamics 365 add-on"], []],
  ["  SOL-1-A prose ", ["SOL-1-A prose"], []],
  ["SOL-1-A SOL-2-B", [], ["SOL-1-A", "SOL-2-B"]],
  ["SOL-1-A, prose", ["prose"], ["SOL-1-A"]],
  ["SOL-1-A\nprose", ["prose"], ["SOL-1-A"]],
  ["SOL-1-A\tprose", ["prose"], ["SOL-1-A"]],
])("[PF31] of %j, %j is refused and %j is taken", (typed, refused, added) => {
  expect(withSolutions([], typed)).toMatchObject({ refused, added });
});

test("[PF31] the list ends where the column ends, and at fifty", () => {
  const entries = solutionEntries("SOL-1-A; SOL-2-B");
  expect(withSolutions(entries, "SOL-3-C", 25)).toMatchObject({ added: ["SOL-3-C"], noRoom: [] });
  expect(withSolutions(entries, "SOL-3-C", 24)).toMatchObject({ added: [], noRoom: ["SOL-3-C"] });
  const fifty = solutionEntries(Array.from({ length: 50 }, (_, n) => `SOL-${n}-A`).join());
  expect(withSolutions(fifty, "SOL-99-Z", null)).toMatchObject({ added: [], noRoom: ["SOL-99-Z"] });
});
