import { Argument, Command, Option } from "commander";
import { productVersion } from "../adapters/system/product-version";
import type { CommandFile, Given, OptionEntry } from "./command";
import { commandGroups } from "./commands/command-groups";
import type { GlobalOptions } from "./create-context";
import { languages, type Language } from "./language";
import { frameTexts } from "./texts/frame-texts";
import { textIn, type Text, type TextValues } from "./texts/text";

export const PROGRAM_NAME = "cosell";

export interface ProgramOptions {
  readonly commands: readonly CommandFile[];
  readonly language: Language;
  /** Help and version go here. */
  readonly write: (text: string) => void;
  readonly run: (command: CommandFile, given: Given, globals: GlobalOptions) => void;
}

type Say = (text: Text, values?: TextValues) => string;

/** The whole command line as commander's tree, in one language. */
export function buildProgram(options: ProgramOptions): Command {
  const say: Say = (text, values) => textIn(options.language, text, values);
  const program = prepare(new Command(PROGRAM_NAME), say);
  program
    .description(say(frameTexts.program))
    .usage(`${say(frameTexts.commandWord)} ${say(frameTexts.optionsWord)}`)
    .version(productVersion(), "-V, --version", say(frameTexts.versionOption));
  program.configureOutput({ writeOut: options.write, writeErr: () => undefined, outputError: () => undefined });
  addGlobalOptions(program, say);
  const groups = new Map<string, Command>();
  for (const command of options.commands) {
    const [first = "", second] = command.path.split(" ");
    if (second === undefined) addLeaf(program, first, { command, options, say });
    else addLeaf(groupOf(first, { program, groups, say }), second, { command, options, say });
  }
  return program;
}

/** Every command says things in the person's language and throws instead of ending the process. */
function prepare(command: Command, say: Say): Command {
  const titles: Readonly<Record<string, Text>> = {
    "Usage:": frameTexts.usage,
    "Arguments:": frameTexts.arguments,
    "Options:": frameTexts.options,
    "Global Options:": frameTexts.globalOptions,
    "Commands:": frameTexts.commands,
  };
  return command
    .exitOverride()
    .allowExcessArguments(false)
    .helpOption("-h, --help", say(frameTexts.helpOption))
    .helpCommand(false)
    .configureHelp({
      showGlobalOptions: true,
      // Commander would add choices in English.
      optionDescription: (option) => option.description,
      argumentDescription: (argument) => argument.description,
      styleTitle: (title) => {
        const text = titles[title];
        return text === undefined ? title : say(text);
      },
    });
}

function addGlobalOptions(program: Command, say: Say): void {
  program
    .option("--json", say(frameTexts.jsonOption))
    .option("-y, --yes", say(frameTexts.yesOption))
    .option("--no-color", say(frameTexts.noColorOption))
    .addOption(new Option("--language <code>", say(frameTexts.languageOption)).choices(languages))
    .option("--config <file>", say(frameTexts.configOption));
}

interface Groups {
  readonly program: Command;
  readonly groups: Map<string, Command>;
  readonly say: Say;
}

function groupOf(name: string, { program, groups, say }: Groups): Command {
  const found = groups.get(name);
  if (found !== undefined) return found;
  // What a program says of its own help command, its groups do not inherit.
  const group = new Command(name).copyInheritedSettings(program).helpCommand(false);
  group.usage(`${say(frameTexts.commandWord)} ${say(frameTexts.optionsWord)}`);
  group.description(say(commandGroups[name] ?? frameTexts.program));
  groups.set(name, group);
  program.addCommand(group);
  return group;
}

interface Leaf {
  readonly command: CommandFile;
  readonly options: ProgramOptions;
  readonly say: Say;
}

function addLeaf(parent: Command, name: string, { command, options, say }: Leaf): void {
  const leaf = new Command(name).copyInheritedSettings(parent).description(say(command.summary));
  const words = (command.arguments ?? []).map((one) => (one.required ? `<${one.name}>` : `[${one.name}]`));
  leaf.usage([...words, say(frameTexts.optionsWord)].join(" "));
  for (const entry of command.arguments ?? []) {
    const argument = new Argument(entry.required ? `<${entry.name}>` : `[${entry.name}]`, describe(entry, say));
    leaf.addArgument(entry.choices === undefined ? argument : argument.choices(entry.choices));
  }
  for (const entry of command.options ?? []) leaf.addOption(optionOf(entry, say));
  const examples = command.examples.map(({ line, what }) => `  ${line}\n      ${say(what)}`);
  leaf.addHelpText("after", `\n${say(frameTexts.examples)}\n${examples.join("\n")}`);
  leaf.action(() => options.run(command, givenOf(leaf, command), globalsOf(leaf)));
  parent.addCommand(leaf);
}

function optionOf(entry: OptionEntry, say: Say): Option {
  const option = new Option(entry.flags, describe(entry, say));
  return entry.choices === undefined ? option : option.choices(entry.choices);
}

/** Commander adds choices in English; said here in the person's language, they are shown once. */
function describe({ what, choices }: { what: Text; choices?: readonly string[] }, say: Say): string {
  return choices === undefined ? say(what) : `${say(what)} (${say(frameTexts.choices, { list: choices.join(", ") })})`;
}

function givenOf(leaf: Command, command: CommandFile): Given {
  const values: Readonly<Record<string, unknown>> = leaf.opts();
  const valueOf = (flag: string): unknown => {
    const option = leaf.options.find(({ long }) => long === flag);
    if (option === undefined) throw new Error(`bug: ${command.path} has no option ${flag}`);
    return values[option.attributeName()];
  };
  return {
    argument(name) {
      const at = (command.arguments ?? []).findIndex((one) => one.name === name);
      if (at < 0) throw new Error(`bug: ${command.path} has no argument ${name}`);
      return leaf.args[at];
    },
    text(flag) {
      const value = valueOf(flag);
      return typeof value === "string" ? value : undefined;
    },
    list(flag) {
      const value = valueOf(flag);
      return Array.isArray(value) ? value.map(String) : undefined;
    },
    // Commander keeps `--no-x` as `x: false`.
    has: (flag) => (flag.startsWith("--no-") ? valueOf(flag) === false : Boolean(valueOf(flag))),
  };
}

function globalsOf(leaf: Command): GlobalOptions {
  const values: Readonly<Record<string, unknown>> = leaf.optsWithGlobals();
  return {
    json: values["json"] === true,
    yes: values["yes"] === true,
    color: values["color"] !== false,
    config: typeof values["config"] === "string" ? values["config"] : null,
  };
}
