import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { play, type StepResult } from "../../sync-relay/simulator/demo/play-steps";
import { crmToPartnerCenter } from "../../sync-relay/simulator/demo/story-crm-to-partner-center";
import { partnerCenterToCrm } from "../../sync-relay/simulator/demo/story-partner-center-to-crm";
import { compiledEntry } from "./compiled-entry";
import { runToEnd, type Ended } from "./run-to-end";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "./whole-relay";

let relay: WholeRelay;
/** The demo plays in a process of its own meanwhile. */
let demo: Promise<readonly Ended[]>;

beforeAll(async () => {
  demo = playDemoTwice();
  relay = await startWholeRelay();
}, START_WITHIN_MS);

afterAll(() => relay.close(), START_WITHIN_MS);

test.each([
  ["from the CRM to Partner Center", crmToPartnerCenter, 6],
  ["from Partner Center to the CRM", partnerCenterToCrm, 5],
])("[EE1] the story %s holds step by step", async (_, story, steps) => {
  const told: StepResult[] = [];
  await play(story(relay.clouds), (result) => told.push(result));
  expect(told.filter(({ missing }) => missing !== null)).toEqual([]);
  expect(told).toHaveLength(steps);
});

test(
  "[EE2] the demo plays both stories by itself, one timed line a step, also on the data of an earlier run",
  async () => {
    for (const { code, output } of await demo) {
      expect({ code, output }).toEqual({ code: 0, output: expect.not.stringContaining("FAIL") });
      expect(output.split("\n").filter((line) => /^ {2}ok +\d+ ms {2}\S/.test(line))).toHaveLength(11);
    }
  },
  START_WITHIN_MS,
);

async function playDemoTwice(): Promise<readonly Ended[]> {
  const base = await mkdtemp(join(tmpdir(), "cosell-demo-"));
  await chmod(base, 0o755);
  try {
    const once = () =>
      runToEnd(compiledEntry("simulator/main.js"), { COSELL_DATA_DIR: join(base, "data") }, ["--once"]);
    return [await once(), await once()];
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}
