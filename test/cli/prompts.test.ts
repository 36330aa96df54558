// What a person sees and types: the commands run in this process on a terminal that is made of streams.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { CommandFile } from "../../sync-relay/src/cli/command";
import { runCli } from "../../sync-relay/src/cli/run-cli";
import type { World } from "../../sync-relay/src/cli/world";
import { createSystemClock } from "../../sync-relay/src/adapters/system/system-clock";
import { createSystemRandom } from "../../sync-relay/src/adapters/system/system-random";
import { untilHolds } from "../end-to-end/until-holds";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cosell-prompts-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ENTER = "\r";
const BACKSPACE = "\x7f";
const CTRL_C = "\x03";
/** Ways of a terminal to move and paint. */
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[a-zA-Z]`, "g");

/** A terminal on which a command runs, and a person who waits for a text and then types. */
function aTerminal(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  commands?: readonly CommandFile[],
) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const shown = { out: "", screen: "" };
  const output = (take: (text: string) => void) => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 200, rows: 50 });
    stream.on("data", (chunk: Buffer) => take(chunk.toString()));
    return stream;
  };
  const stopping = new AbortController();
  const world: World = {
    argv: words,
    environment: { LC_ALL: "C", ...environment },
    cwd: folder,
    stdin: input,
    stdout: output((text) => (shown.out += text)),
    stderr: output((text) => (shown.screen += text)),
    clock: createSystemClock(),
    random: createSystemRandom(),
    stopping: stopping.signal,
    openBrowser: () => undefined,
  };
  const ended = commands === undefined ? runCli(world) : runCli(world, commands);
  return {
    ended,
    screen: () => shown.screen.replaceAll(ESCAPES, ""),
    out: () => shown.out,
    async answer(question: string, keys: string) {
      await untilHolds(() => expect(shown.screen.replaceAll(ESCAPES, "")).toContain(question));
      input.write(keys);
    },
  };
}

const ANSWERS: readonly (readonly [string, string])[] = [
  ["Address of the Dataverse environment?", "https://contoso.crm4.dynamics.com"],
  ["Tenant (GUID or domain)?", "contoso.com"],
  ["Application (client) id", "11111111-2222-3333-4444-555555555555"],
  ["Address under which Dataverse and Partner Center reach the relay?", "https://relay.contoso.com"],
  ["Client secret (not shown)?", "canary-client-secret"],
  ["Day on which the client secret ends", "2099-12-31"],
];

test("[IT2] init asks for what it needs, hides the secret, shows what it will write and asks before it does", async () => {
  const terminal = aTerminal(["init"]);
  for (const [question, answer] of ANSWERS) await terminal.answer(question, answer + ENTER);
  await terminal.answer("Write this?", "y");
  expect(await terminal.ended).toBe(0);
  expect(terminal.screen()).not.toContain("canary-client-secret");
  expect(terminal.out()).toContain("client-secret-file: cosell-secrets/client-secret");
  expect(await readFile(join(folder, "cosell-secrets/client-secret"), "utf8")).toBe("canary-client-secret\n");
});

test("[IT3] an answer that cannot be used is refused at once, in the person's language", async () => {
  const terminal = aTerminal(["init", "--language", "fr"]);
  await terminal.answer("Adresse de l’environnement Dataverse ?", `contoso.crm4.dynamics.com${ENTER}`);
  await terminal.answer("ce n’est pas une adresse ; écrivez https://hôte", CTRL_C);
  expect(await terminal.ended).toBe(130);
});

test("[IT8] the day on which the secret ends is asked until it is a day to come", async () => {
  const terminal = aTerminal(["init"]);
  for (const [question, answer] of ANSWERS.slice(0, -1)) await terminal.answer(question, answer + ENTER);
  await terminal.answer("Day on which the client secret ends", `2027-02-30${ENTER}`);
  await terminal.answer("is not a day; write it as yyyy-mm-dd", `${BACKSPACE.repeat(10)}2020-01-01${ENTER}`);
  await terminal.answer("is over; make a new client secret first", `${BACKSPACE.repeat(10)}2099-12-31${ENTER}`);
  await terminal.answer("Write this?", "y");
  expect(await terminal.ended).toBe(0);
  expect(await readFile(join(folder, "cosell.yaml"), "utf8")).toContain("client-secret-ends: 2099-12-31");
});

test("[IT4] no to the last question writes nothing", async () => {
  const terminal = aTerminal(["init"]);
  for (const [question, answer] of ANSWERS) await terminal.answer(question, answer + ENTER);
  await terminal.answer("Write this?", "n");
  expect(await terminal.ended).toBe(1);
  expect(terminal.screen()).toContain("Nothing was written.");
  await expect(readFile(join(folder, "cosell.yaml"))).rejects.toThrow("ENOENT");
});

test.each(ANSWERS.map(([question], n) => [question, n] as const))(
  "[IT5] Ctrl-C at the question %s ends with 130 and leaves nothing behind",
  async (question, n) => {
    const terminal = aTerminal(["init"]);
    for (const [asked, answer] of ANSWERS.slice(0, n)) await terminal.answer(asked, answer + ENTER);
    await terminal.answer(question, CTRL_C);
    expect(await terminal.ended).toBe(130);
    expect(terminal.screen()).toContain("Interrupted.");
    await expect(readFile(join(folder, "cosell.yaml"))).rejects.toThrow("ENOENT");
  },
);

/** A command that says one line, paints it and may ask. */
const painting: CommandFile = {
  path: "paint",
  summary: { en: "Paint.", fr: "Peindre." },
  options: [{ flags: "--sure", what: { en: "sure", fr: "sûr" } }],
  examples: [{ line: "cosell paint", what: { en: "paint", fr: "peindre" } }],
  async run({ out, ask, progress }) {
    await progress.during("painting", () => Promise.resolve());
    out.check("ok", { area: "Wall", text: "painted" });
    const sure = await ask.confirm({ message: "Sure?", flag: "--sure", ownFlagOnly: true });
    return { exit: 0, json: { sure } };
  },
};

test("[CL7] colours are shown on a terminal unless --no-color, NO_COLOR or a dumb terminal says otherwise", async () => {
  const painted = async (words: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
    const terminal = aTerminal([...words, "paint"], environment, [painting]);
    await terminal.answer("Sure?", "y");
    expect(await terminal.ended).toBe(0);
    expect(terminal.out().replaceAll(ESCAPES, "")).toBe("[✓] Wall                   painted\n");
    return terminal.out().search(ESCAPES) >= 0;
  };
  expect(await painted([])).toBe(true);
  expect(await painted([], { NO_COLOR: "" })).toBe(true);
  expect(await painted(["--no-color"])).toBe(false);
  expect(await painted([], { NO_COLOR: "1" })).toBe(false);
  expect(await painted([], { TERM: "dumb" })).toBe(false);
});

test("[CL8] with --json only the outcome is printed, and no progress is drawn", async () => {
  const terminal = aTerminal(["paint", "--json"], {}, [painting]);
  await terminal.answer("Sure?", "y");
  expect(await terminal.ended).toBe(0);
  expect(JSON.parse(terminal.out())).toEqual({ sure: true });
  expect(terminal.screen()).not.toContain("painting");
});

test("[CL8] on a terminal progress is drawn and taken away again", async () => {
  const terminal = aTerminal(["paint"], {}, [painting]);
  await terminal.answer("Sure?", "y");
  await terminal.ended;
  expect(terminal.screen()).toContain("painting");
  expect(terminal.out()).not.toContain("painting");
});

test("[CL9] a question that has a flag of its own is not answered by --yes", async () => {
  const terminal = aTerminal(["paint", "--yes"], {}, [painting]);
  expect(await terminal.ended).toBe(2);
  expect(terminal.screen()).toContain("Give --sure.");
});
