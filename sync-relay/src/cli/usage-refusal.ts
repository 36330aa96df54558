import type { Command, CommanderError } from "commander";
import { nearestName } from "../core/nearest-name";
import { usageProblem, type CommandProblem } from "./command-problem";
import { PROGRAM_NAME } from "./program";
import { frameTexts } from "./texts/frame-texts";
import type { Text, TextValues } from "./texts/text";

// Commander says what it did not understand in English; its codes are turned into our own words, with the nearest name
// for what was misspelt and the help that is worth reading.

/** A refusal: the command that was being read, commander's words, and the words that it quotes. */
interface Refusal {
  readonly command: Command;
  readonly message: string;
  readonly first: string;
  readonly second: string;
}

type Wording = (refusal: Refusal) => { readonly text: Text; readonly values?: TextValues };

const missingCommand: Wording = ({ command }) => ({
  text: frameTexts.missingCommand,
  values: { given: lineOf(command), list: names(command).join(", ") },
});

const WORDINGS: Readonly<Record<string, Wording>> = {
  "commander.unknownOption": ({ command, first }) => {
    // Commander quotes the whole word, and what was written after the sign may be a secret.
    const [given = ""] = first.split("=");
    const options = longOptions(command);
    if (options.includes(given)) return { text: frameTexts.takesNoValue, values: { given } };
    const nearest = nearestName(given, options) ?? "--help";
    return { text: frameTexts.unknownOption, values: { given, nearest } };
  },
  "commander.unknownCommand": ({ command, first }) => ({
    text: frameTexts.unknownCommand,
    values: { given: first, nearest: `${lineOf(command)} ${nearestName(first, names(command)) ?? "--help"}` },
  }),
  "commander.help": missingCommand,
  "commander.missingArgument": ({ first }) => ({ text: frameTexts.missingArgument, values: { given: first } }),
  "commander.optionMissingArgument": ({ first }) => ({ text: frameTexts.missingValue, values: { given: first } }),
  "commander.excessArguments": () => ({ text: frameTexts.excessArguments }),
  "commander.invalidArgument": ({ message, first, second }) => {
    const [name, value] = message.startsWith("error: option") ? [first, second] : [second, first];
    const list = /Allowed choices are (.*)\.$/.exec(message)?.[1] ?? "";
    return { text: frameTexts.badChoice, values: { given: name, value, list } };
  },
};

/** A refusal of commander in our own words. */
export function usageRefusal(program: Command, { code, message }: CommanderError): CommandProblem {
  const command = commandIn(program);
  const [first = "", second = ""] = [...message.matchAll(/'([^']*)'/g)].map(([, word = ""]) => word);
  const wording = WORDINGS[code]?.({ command, message, first, second });
  const mend = `${lineOf(command)} --help`;
  if (wording !== undefined) return usageProblem(wording.text, { values: wording.values ?? {}, mend });
  return usageProblem(frameTexts.notUnderstood, { values: { reason: message.replace(/^error: /, "") }, mend });
}

/** The command that was being read. Commander does not tell; the words that it has taken apart do. */
function commandIn(program: Command): Command {
  let current = program;
  for (const word of program.args) {
    const next = current.commands.find((one) => one.name() === word);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

function lineOf(command: Command): string {
  return command.parent === null ? PROGRAM_NAME : `${lineOf(command.parent)} ${command.name()}`;
}

function longOptions(command: Command): readonly string[] {
  const own = command.options.flatMap(({ long }) => long ?? []);
  return command.parent === null ? ["--help", ...own] : [...own, ...longOptions(command.parent)];
}

function names(command: Command): readonly string[] {
  return command.commands.map((one) => one.name());
}
