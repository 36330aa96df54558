import { Interrupted } from "./command-problem";
import type { CommandContext } from "./context";
import type { Language } from "./language";
import { createOutput } from "./output";
import { createProgress } from "./progress";
import { createPrompts } from "./prompts";
import { textIn } from "./texts/text";
import type { World } from "./world";

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json: boolean;
  readonly yes: boolean;
  readonly color: boolean;
  readonly config: string | null;
}

/** The global options before anything was parsed, for failures of the parsing itself. */
export function globalOptionsIn(argv: readonly string[]): GlobalOptions {
  return { json: argv.includes("--json"), yes: false, color: false, config: null };
}

export function createContext(
  world: World,
  { language, globals }: { readonly language: Language; readonly globals: GlobalOptions },
): CommandContext {
  const { json, yes, config } = globals;
  const { stdin, stdout, stderr, stopping } = world;
  const isPerson = stdin.isTTY === true && stderr.isTTY === true;
  const colour = globals.color && wantsColour(world) && stdout.isTTY === true;
  return {
    world,
    language,
    json,
    yes,
    configFile: config,
    text: (text, values) => textIn(language, text, values),
    out: createOutput({ stdout, stderr, json, colour }),
    // Questions go to stderr, so that what a command prints can be put into a file.
    ask: createPrompts({ input: stdin, output: stderr, interactive: isPerson, yes, signal: stopping }),
    progress: createProgress({ stderr, shown: stderr.isTTY === true && !json }),
    checkpoint() {
      if (stopping.aborted) throw new Interrupted();
    },
  };
}

/** https://no-color.org: any value but an empty one. */
function wantsColour({ environment }: World): boolean {
  return (environment["NO_COLOR"] ?? "") === "" && environment["TERM"] !== "dumb";
}
