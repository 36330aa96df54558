import { runCrashPoints } from "../../sync-relay/simulation/crash-points";
import { runHistory } from "../../sync-relay/simulation/history";
import { createMaps } from "../../sync-relay/simulation/maps";

const maps = createMaps();
const SCENARIOS = 5;

test("[SIM15] a process may die at any call, before it, after it or with a late effect", async () => {
  const { faults, histories, failures } = await runCrashPoints({ from: 1, scenarios: SCENARIOS }, { maps });
  expect(failures).toEqual([]);
  // One history without a death each, and one death in each of the others.
  expect(faults.crash).toBe(histories - SCENARIOS);
  expect(faults.crash).toBeGreaterThan(100 * SCENARIOS);
}, 600_000);

test("[SIM15] the calls at which a process may die are those to both clouds and to its store", async () => {
  const { boundaries } = await runHistory(1, { maps, listBoundaries: true });
  const names = new Set(boundaries.map(({ name }) => name));
  for (const name of ["queue.claim", "queue.checkpoint", "queue.finish", "crm.update", "partnerCenter.create"]) {
    expect(names).toContain(name);
  }
  const late = new Set(boundaries.filter(({ mayArriveLate }) => mayArriveLate).map(({ name }) => name));
  expect([...late].filter((name) => !/^(crm|partnerCenter)\.(create|update|patch)$/.test(name))).toEqual([]);
});
