import { newSeed } from "../../sync-relay/bench/processes/seeded-moments";
import { stopRounds } from "../../sync-relay/bench/processes/stop-rounds";
import { compiledEntry } from "../end-to-end/compiled-entry";

const ROUNDS = 5;
const seed = Number(process.env["STOP_SEED"] ?? newSeed());

jest.setTimeout(400_000);

test("[PR6] stopped again and again under load, the relay answers everything that reaches it and exits with 0", async () => {
  process.stderr.write(`STOP_SEED=${seed} repeats the same moments\n`);
  const result = await stopRounds({ rounds: ROUNDS, seed, say: () => undefined, entry: compiledEntry("src/main.js") });
  expect(result.failed).toEqual([]);
  expect(result.takenUnanswered).toEqual([]);
  expect(result.exitCodes).toEqual(Array.from({ length: ROUNDS }, () => 0));
  expect(result.inbox).toMatchObject({ lost: [], waiting: [], outOfOrder: [] });
  expect(result.inbox.acknowledged).toBeGreaterThan(50);
});
