import { bashScript } from "./bash-script";
import type { CompletionNode } from "./completion-tree";
import { fishScript } from "./fish-script";
import { pwshScript } from "./pwsh-script";
import { zshScript } from "./zsh-script";

/** Shells that complete the command line, and the script for each. */
export const completionScripts = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  pwsh: pwshScript,
} as const satisfies Readonly<Record<string, (nodes: readonly CompletionNode[]) => string>>;

export type Shell = keyof typeof completionScripts;

export const shells = Object.keys(completionScripts) as readonly Shell[];
