import type { CompletionNode, CompletionWord } from "./completion-tree";

/** A script that fish loads with `cosell completion fish | source`. */
export function fishScript(nodes: readonly CompletionNode[]): string {
  return `${[
    "# fish completion for cosell",
    "function __cosell_path",
    "  set -l path",
    "  for word in (commandline -opc)[2..-1]",
    '    switch "$path $word"',
    ...nodes
      .filter(({ path }) => path.length > 0)
      .map(({ path }) => `      case ' ${path.join(" ")}'\n        set path "$path $word"`),
    "    end",
    "  end",
    '  test "$path" = "$argv[1]"',
    "end",
    "complete -c cosell -f",
    ...nodes.flatMap((node) => node.words.map((word) => completeLine(node, word))),
  ].join("\n")}\n`;
}

function completeLine(node: CompletionNode, { word, what }: CompletionWord): string {
  const path = node.path.length === 0 ? "" : ` ${node.path.join(" ")}`;
  const where = `complete -c cosell -n '__cosell_path "${path}"'`;
  const description = what === "" ? "" : ` -d ${quoted(what)}`;
  if (!word.startsWith("--")) return `${where} -a ${quoted(word)}${description}`;
  const values = node.values[word];
  const takes = values === undefined ? "" : ` -x -a ${quoted(values.join(" "))}`;
  const file = node.taking.includes(word) ? " -r -F" : "";
  return `${where} -l ${word.slice(2)}${takes}${file}${description}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
