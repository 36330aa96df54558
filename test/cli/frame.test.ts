import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { allCommands } from "../../sync-relay/src/cli/commands/all-commands";
import { catalogue } from "../../sync-relay/src/cli/texts/catalogue";
import type { Text } from "../../sync-relay/src/cli/texts/text";
import { cosellHere } from "./cosell-here";
import { cosell, startCosell } from "./cosell-process";

const here = { cwd: tmpdir() };
const paths = allCommands.map(({ path }) => path);

test("[CL1] without words, and with --help, the program says what it can do and ends with 0", async () => {
  for (const words of [[], ["--help"]]) {
    const { code, stdout, stderr } = await cosell(words, here);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const path of paths) expect(stdout).toContain(` ${path.split(" ")[0] ?? ""}`);
  }
});

test.each(paths)("[CL1] the help of %s has its options and an example, in both languages", async (path) => {
  const command = allCommands.find((one) => one.path === path);
  for (const [language, usage, examples] of [
    ["en", "Usage:", "Examples:"],
    ["fr", "Utilisation :", "Exemples :"],
  ] as const) {
    const { code, stdout } = await cosellHere([...path.split(" "), "--help", "--language", language]);
    expect(code).toBe(0);
    expect(stdout.startsWith(`${usage} cosell ${path} `)).toBe(true);
    expect(stdout).toContain(examples);
    for (const { line } of command?.examples ?? []) expect(stdout).toContain(line);
    for (const { flags } of command?.options ?? []) expect(stdout).toContain(flags);
  }
});

test("[CL1] the help of a group names its commands and nothing in another language", async () => {
  const { code, stdout } = await cosellHere(["mapping", "--help", "--language", "fr"]);
  expect(code).toBe(0);
  for (const path of paths.filter((one) => one.startsWith("mapping "))) {
    expect(stdout).toContain(`  ${path.slice("mapping ".length)} `);
  }
  expect(stdout).not.toContain("display help");
});

test("[CL2] what is not understood ends with 2 and names the nearest word, the value and the help", async () => {
  const refusals: readonly (readonly [readonly string[], string])[] = [
    [["complete"], 'The command "complete" is not known. Did you mean "cosell completion"?\n→ cosell --help\n'],
    [
      ["completion", "bash", "--jsno"],
      'The option "--jsno" is not known. Did you mean --json?\n→ cosell completion --help\n',
    ],
    [["completion", "tcsh"], '"tcsh" is not one of: bash, zsh, fish, pwsh (shell).\n→ cosell completion --help\n'],
    [["completion"], 'The argument "shell" is missing.\n→ cosell completion --help\n'],
    [["completion", "bash", "x"], "There are more arguments than the command takes.\n→ cosell completion --help\n"],
    [["completion", "bash", "--config"], 'The option "--config <file>" needs a value.\n→ cosell --help\n'],
    [["--language", "it", "completion", "bash"], '"it" is not one of: en, fr (--language <code>).\n→ cosell --help\n'],
  ];
  for (const [words, wanted] of refusals) {
    expect(await cosellHere(words)).toEqual({ code: 2, stdout: "", stderr: wanted });
  }
});

test("[CL2] with --json a refusal is JSON on the output and words on the error output", async () => {
  const { code, stdout, stderr } = await cosell(["completion", "tcsh", "--json"], here);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toEqual({ problem: { message: stderr.split("\n")[0], mend: "cosell completion --help" } });
});

test.each([
  [
    ["init", "--client-secret=S3cret-canary"],
    'The option "--client-secret" is not known. Did you mean --client-secret-file?',
  ],
  [
    ["login", "partner-center", "--refresh-token=S3cret-canary"],
    'The option "--refresh-token" is not known. Did you mean --refresh-token-file?',
  ],
  [["login", "dataverse", "--yes=S3cret-canary"], 'The option "--yes" takes no value.'],
])("[CL11] of %j only the name of the option is repeated", async (words, wanted) => {
  const { code, stdout, stderr } = await cosellHere([...words, "--json"]);
  expect(code).toBe(2);
  expect(stderr).toContain(wanted);
  expect(stdout + stderr).not.toContain("canary");
});

test("[CL3] the language is the option's, else the setting's, else the terminal's", async () => {
  const said = async (words: readonly string[], environment: Record<string, string>) =>
    (await cosell([...words, "completion"], { ...here, environment })).stderr.split("\n")[0];
  const [english, french] = ['The argument "shell" is missing.', "Il manque l’argument « shell »."];
  expect(await said([], { LC_ALL: "fr_CA.UTF-8" })).toBe(french);
  expect(await said([], { LC_ALL: "fr_FR.UTF-8", COSELL_LANGUAGE: "en" })).toBe(english);
  expect(await said(["--language=fr"], { COSELL_LANGUAGE: "en" })).toBe(french);
  expect(await said([], { LC_ALL: "fr_FR.UTF-8", COSELL_LANGUAGE: "" })).toBe(french);
  expect(await said([], { LC_ALL: "fr_FR.UTF-8", COSELL_LANGUAGE: " " })).toBe(french);
  expect(await said([], { LC_ALL: "de_DE.UTF-8" })).toBe(english);
});

test("[CL4] every text exists in both languages, with the same places for values", () => {
  const texts = Object.entries(catalogue).flatMap(([file, entries]) =>
    Object.entries(entries).map(([name, text]): [string, Text] => [`${file}.${name}`, text]),
  );
  expect(texts.length).toBeGreaterThan(60);
  const places = (words: string) => [...words.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  for (const [name, { en, fr }] of texts) {
    expect([name, places(fr)]).toEqual([name, places(en)]);
    expect([name, en.trim() !== "", fr.trim() !== ""]).toEqual([name, true, true]);
  }
  // Words that are the same in both languages are names; sentences that were not translated are found.
  const same = texts.filter(([, { en, fr }]) => en === fr && en.split(" ").length > 3).map(([name]) => name);
  expect(same).toEqual([]);
});

test("[CL5] bash loads its completion and is offered commands, options and values", async () => {
  const { stdout: script } = await cosell(["completion", "bash"], here);
  const offered = (...words: readonly string[]): readonly string[] => {
    const line = ["cosell", ...words].map((word) => `'${word}'`).join(" ");
    const program = `${script}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _cosell; echo "\${COMPREPLY[*]}"`;
    return execFileSync("bash", ["-c", program], { encoding: "utf8" }).trim().split(" ");
  };
  for (const path of paths) expect(offered("")).toContain(path.split(" ")[0]);
  expect(offered("compl")).toEqual(["completion"]);
  expect(offered("completion", "")).toEqual(expect.arrayContaining(["bash", "zsh", "fish", "pwsh", "--json"]));
  expect(offered("--language", "")).toEqual(["en", "fr"]);
  expect(offered("completion", "bash", "--language", "f")).toEqual(["fr"]);
});

test.each(["zsh", "fish", "pwsh"])("[CL5] the completion of %s names every command and option", async (shell) => {
  const { code, stdout } = await cosell(["completion", shell], here);
  expect(code).toBe(0);
  for (const path of paths) expect(stdout).toContain(path);
  for (const { flags } of allCommands.flatMap(({ options = [] }) => options)) {
    expect(stdout).toContain(/--([\w-]+)/.exec(flags)?.[1]);
  }
});

test("[CL6] every command is listed once, with words of its own and an example that names it", () => {
  expect(new Set(paths).size).toBe(paths.length);
  for (const { path, examples } of allCommands) {
    for (const { line } of examples) expect(line).toContain(`cosell ${path}`);
  }
});

test("[CL12] a reader that closes the output early ends no command", async () => {
  const { child, ended } = startCosell(["--help"], here);
  child.stdout?.destroy();
  const { code, stderr } = await ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});
