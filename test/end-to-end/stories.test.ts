import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crmToPartnerCenter, partnerCenterToCrm, play, type StepResult } from "../../sync-relay/simulator/demo/story";
import { compiledEntry } from "./compiled-entry";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "./whole-relay";

let relay: WholeRelay;
/** The demo plays in a process of its own meanwhile. */
let demo: Promise<readonly DemoRun[]>;

beforeAll(async () => {
  demo = playDemoTwice();
  relay = await startWholeRelay();
}, START_WITHIN_MS);

afterAll(() => relay.close(), START_WITHIN_MS);

test.each([
  ["from the CRM to Partner Center", crmToPartnerCenter, 6],
  ["from Partner Center to the CRM", partnerCenterToCrm, 5],
])("[E2E1] the story %s holds step by step", async (_, story, steps) => {
  const told: StepResult[] = [];
  await play(story(relay.clouds), (result) => told.push(result));
  expect(told.filter(({ missing }) => missing !== null)).toEqual([]);
  expect(told).toHaveLength(steps);
});

test(
  "[E2E2] the demo plays both stories by itself, one timed line a step, also on the data of an earlier run",
  async () => {
    for (const { code, output } of await demo) {
      expect({ code, output }).toEqual({ code: 0, output: expect.not.stringContaining("FAIL") });
      expect(output.split("\n").filter((line) => /^ {2}ok +\d+ ms {2}\S/.test(line))).toHaveLength(11);
    }
  },
  START_WITHIN_MS,
);

interface DemoRun {
  readonly code: number | null;
  readonly output: string;
}

async function playDemoTwice(): Promise<readonly DemoRun[]> {
  const base = await mkdtemp(join(tmpdir(), "cosell-demo-"));
  await chmod(base, 0o755);
  try {
    return [await runDemo(join(base, "data")), await runDemo(join(base, "data"))];
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}

async function runDemo(dataDir: string): Promise<DemoRun> {
  const child = spawn(process.execPath, [compiledEntry("simulator/main.js"), "--once"], {
    env: { ...process.env, COSELL_DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output };
}
