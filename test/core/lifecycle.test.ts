import { shownStatus, stageOf, statusMove, statusOperations } from "../../sync-relay/src/core/lifecycle";
import type { Stage } from "../../sync-relay/src/core/opportunity";

const newReferral = { status: "New", substatus: "Pending" };
const active = { status: "Active", substatus: "Accepted" };
const closed = (substatus: string) => ({ status: "Closed", substatus });

test.each<[typeof active, Stage]>([
  [newReferral, "on-hold"],
  [active, "in-progress"],
  [closed("Won"), "won"],
  [closed("Lost"), "lost"],
  [closed("Declined"), "lost"],
  [closed("Expired"), "lost"],
  [closed("Error"), "lost"],
])("[LC1] %j means %s", (status, stage) => {
  expect(stageOf(status)).toBe(stage);
});

test.each<[string, typeof active, Stage, string]>([
  ["accepting", newReferral, "in-progress", "Active / Accepted"],
  ["winning", active, "won", "Closed / Won"],
  ["winning at once", newReferral, "won", "Closed / Won"],
  ["losing", active, "lost", "Closed / Lost"],
  ["declining", newReferral, "lost", "Closed / Declined"],
])("[LC1] %s moves to the documented status", (_, from, stage, shown) => {
  const move = statusMove(from, stage);
  expect(move.kind === "move" ? `${move.status} / ${move.substatus}` : move.kind).toBe(shown);
});

test.each<Stage>(["in-progress", "on-hold", "lost"])("[LC2] a won referral is not moved to %s", (stage) => {
  expect(statusMove(closed("Won"), stage)).toEqual({ kind: "closed" });
});

test("[LC3] an active referral waits while the opportunity is on hold", () => {
  expect(statusMove(active, "on-hold")).toEqual({ kind: "waits" });
});

test("[LC4] status and substatus go together, with the reason of a lost deal", () => {
  const lost = statusOperations(statusMove(active, "lost"), "Other vendor");
  expect(lost.map(({ path, value }) => [path, value])).toEqual([
    ["/status", "Closed"],
    ["/substatus", "Lost"],
    ["/statusReason", "Other vendor"],
  ]);
  const won = statusOperations(statusMove(active, "won"), "Other vendor");
  expect(won.map(({ path }) => path)).toEqual(["/status", "/substatus"]);
  expect(statusOperations({ kind: "keep" }, "x")).toEqual([]);
});

test("[LC5] an unknown status counts as in progress", () => {
  expect(stageOf({ status: "Paused", substatus: "Somehow" })).toBe("in-progress");
});

test("[LC1] the seller reads status, substatus and reason", () => {
  expect(shownStatus({ ...closed("Declined"), statusReason: "Too late" })).toBe("Closed / Declined: Too late");
  expect(shownStatus({ ...active, statusReason: null })).toBe("Active / Accepted");
});
