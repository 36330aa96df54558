import type { CompletionNode } from "./completion-tree";

/** A script that PowerShell loads with `cosell completion pwsh | Out-String | Invoke-Expression`. */
export function pwshScript(nodes: readonly CompletionNode[]): string {
  return `${[
    "# PowerShell completion for cosell",
    "Register-ArgumentCompleter -Native -CommandName cosell -ScriptBlock {",
    "  param($wordToComplete, $commandAst, $cursorPosition)",
    "  $words = @{",
    ...nodes.map(
      (node) => `    '${node.path.join(" ")}' = @(${node.words.map(({ word }) => quoted(word)).join(", ")})`,
    ),
    "  }",
    "  $values = @{",
    ...nodes.flatMap(valueLines),
    "  }",
    "  $path = ''; $previous = ''",
    "  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {",
    "    $text = $element.ToString()",
    "    if ($element.Extent.EndOffset -ge $cursorPosition -and $text -eq $wordToComplete) { break }",
    '    $next = ("$path $text").Trim()',
    "    if ($words.ContainsKey($next)) { $path = $next }",
    "    $previous = $text",
    "  }",
    '  $offered = if ($values.ContainsKey("$path $previous")) { $values["$path $previous"] } else { $words[$path] }',
    '  $offered | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {',
    "    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)",
    "  }",
    "}",
  ].join("\n")}\n`;
}

function valueLines(node: CompletionNode): readonly string[] {
  return Object.entries(node.values).map(
    ([option, values]) => `    '${node.path.join(" ")} ${option}' = @(${values.map(quoted).join(", ")})`,
  );
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
