import type { Command } from "commander";

/** What may follow a command: words, options, and values of options and arguments. */
export interface CompletionNode {
  /** Words after the program's name; empty for the program itself. */
  readonly path: readonly string[];
  readonly words: readonly CompletionWord[];
  /** Values of options that take one of a few: option → values. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Options that take a value that cannot be guessed. */
  readonly taking: readonly string[];
}

export interface CompletionWord {
  readonly word: string;
  readonly what: string;
}

/** Every command of a program with what may follow it. */
export function completionTree(program: Command): readonly CompletionNode[] {
  return nodesOf(program, []);
}

function nodesOf(command: Command, path: readonly string[]): readonly CompletionNode[] {
  const own = nodeOf(command, path);
  return [own, ...command.commands.flatMap((next) => nodesOf(next, [...path, next.name()]))];
}

function nodeOf(command: Command, path: readonly string[]): CompletionNode {
  const options = withInherited(command);
  const choices = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
  return {
    path,
    words: [
      ...command.commands.map((next) => ({ word: next.name(), what: next.description() })),
      ...choices.map((word) => ({ word, what: "" })),
      ...options.map((option) => ({ word: option.long ?? option.flags, what: option.description })),
      { word: "--help", what: "" },
    ],
    values: Object.fromEntries(
      options.flatMap(({ long, argChoices }) => (long && argChoices ? [[long, argChoices]] : [])),
    ),
    taking: options.filter((option) => option.required && !option.argChoices).flatMap(({ long }) => long ?? []),
  };
}

function withInherited(command: Command): Command["options"] {
  const inherited = command.parent === null ? [] : withInherited(command.parent);
  return [...command.options, ...inherited.filter(({ long }) => long !== "--version")];
}
