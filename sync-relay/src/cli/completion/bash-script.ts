import type { CompletionNode } from "./completion-tree";

/** A script that bash loads with `source <(cosell completion bash)`. */
export function bashScript(nodes: readonly CompletionNode[]): string {
  return `${[
    "# bash completion for cosell",
    "_cosell() {",
    '  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" path="" word',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "${path} ${word}" in',
    ...nodes
      .filter(({ path }) => path.length > 0)
      .map(({ path }) => `      " ${path.join(" ")}") path=" ${path.join(" ")}" ;;`),
    "    esac",
    "  done",
    '  local words=""',
    '  case "${path}|${prev}" in',
    ...nodes.flatMap(valueCases),
    "    *)",
    '      case "${path}" in',
    ...nodes.map((node) => `        "${pathText(node)}") words="${node.words.map(({ word }) => word).join(" ")}" ;;`),
    "      esac ;;",
    "  esac",
    '  COMPREPLY=($(compgen -W "${words}" -- "${cur}"))',
    "}",
    "complete -o default -F _cosell cosell",
  ].join("\n")}\n`;
}

function pathText({ path }: CompletionNode): string {
  return path.length === 0 ? "" : ` ${path.join(" ")}`;
}

/** After an option, its values; nothing for an option whose value cannot be guessed, so that files are offered. */
function valueCases(node: CompletionNode): readonly string[] {
  const fixed = Object.entries(node.values).map(
    ([option, values]) => `    "${pathText(node)}|${option}") words="${values.join(" ")}" ;;`,
  );
  return [...fixed, ...node.taking.map((option) => `    "${pathText(node)}|${option}") words="" ;;`)];
}
