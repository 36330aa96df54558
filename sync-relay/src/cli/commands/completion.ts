import type { CommandFile } from "../command";
import { completionScripts, shells } from "../completion/shells";
import { completionTree } from "../completion/completion-tree";
import { exitCode } from "../exit-code";
import { buildProgram } from "../program";
import { completionTexts } from "../texts/completion-texts";

/** `cosell completion`: made from the commands themselves, so that it cannot fall behind them. */
export function completionCommand(commands: () => readonly CommandFile[]): CommandFile {
  return {
    path: "completion",
    summary: completionTexts.summary,
    arguments: [{ name: "shell", what: completionTexts.shell, required: true, choices: shells }],
    examples: [
      { line: "source <(cosell completion bash)", what: completionTexts.bash },
      { line: "cosell completion fish > ~/.config/fish/completions/cosell.fish", what: completionTexts.fish },
    ],
    async run(context, given) {
      const program = buildProgram({
        commands: commands(),
        language: context.language,
        write: () => undefined,
        run: () => undefined,
      });
      const shell = shells.find((name) => name === given.argument("shell"));
      const script = shell === undefined ? "" : completionScripts[shell](completionTree(program));
      context.out.line(script.trimEnd());
      return await Promise.resolve({ exit: exitCode.ok, json: { shell, script } });
    },
  };
}
