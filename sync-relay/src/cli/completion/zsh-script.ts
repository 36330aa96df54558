import { bashScript } from "./bash-script";
import type { CompletionNode } from "./completion-tree";

/** A script that zsh loads with `source <(cosell completion zsh)`: zsh runs bash's completions. */
export function zshScript(nodes: readonly CompletionNode[]): string {
  return `autoload -U +X compinit && compinit -u
autoload -U +X bashcompinit && bashcompinit
${bashScript(nodes)}`;
}
