import { tmpdir } from "node:os";
import { PassThrough } from "node:stream";
import { createSystemClock } from "../../sync-relay/src/adapters/system/system-clock";
import { createSystemRandom } from "../../sync-relay/src/adapters/system/system-random";
import { runCli } from "../../sync-relay/src/cli/run-cli";
import type { CosellEnded } from "./cosell-process";

/** Runs `cosell` in this process, without a terminal: for what needs no process of its own and is tried many times. */
export async function cosellHere(words: readonly string[]): Promise<CosellEnded> {
  const said = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof said): PassThrough =>
    new PassThrough().on("data", (chunk: Buffer) => {
      said[name] += chunk.toString();
    });
  const code = await runCli({
    argv: words,
    environment: { LC_ALL: "C" },
    cwd: tmpdir(),
    stdin: PassThrough.from([]),
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    clock: createSystemClock(),
    random: createSystemRandom(),
    stopping: new AbortController().signal,
    openBrowser: () => undefined,
  });
  return { code, ...said };
}
