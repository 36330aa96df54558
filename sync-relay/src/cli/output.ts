import { styleText } from "node:util";
import type { TerminalOutput } from "./world";

type Style = Parameters<typeof styleText>[0];

/** What a line of a check list says. */
export type Mark = "ok" | "note" | "bad";

const MARKS = { ok: ["green", "✓"], note: ["yellow", "!"], bad: ["red", "✗"] } as const;

/** What a command says to a person. Nothing of it is written with `--json`, whose only output is the outcome. */
export interface Output {
  line(text?: string): void;
  /** `[✓] area  text`, with further lines indented below. */
  check(mark: Mark, line: { readonly area: string; readonly text: string; readonly below?: readonly string[] }): void;
  /** Rows in aligned columns; the last column is cut to the width of the terminal. */
  table(rows: readonly (readonly string[])[]): void;
  /** To stderr, also with `--json`. */
  warn(text: string): void;
  /** Paints a text when colours are on. */
  paint(style: Style, text: string): string;
}

export interface OutputOptions {
  readonly stdout: TerminalOutput;
  readonly stderr: TerminalOutput;
  readonly json: boolean;
  readonly colour: boolean;
}

/** Width of what is not a terminal: nothing is cut. */
const UNLIMITED = Number.MAX_SAFE_INTEGER;
/** Columns that the area of a check line takes, so that the texts stand below each other. */
const AREA_WIDTH = 22;

export function createOutput({ stdout, stderr, json, colour }: OutputOptions): Output {
  const paint = (style: Style, text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const line = (text = ""): void => {
    if (!json) stdout.write(`${text}\n`);
  };
  return {
    line,
    paint,
    check(mark, { area, text, below = [] }) {
      const [style, sign] = MARKS[mark];
      line(`[${paint(style, sign)}] ${area.padEnd(AREA_WIDTH)} ${text}`.trimEnd());
      for (const more of below) line(`      ${more}`);
    },
    table(rows) {
      const width = stdout.isTTY === true ? (stdout.columns ?? UNLIMITED) : UNLIMITED;
      for (const row of alignedRows(rows, width)) line(row);
    },
    warn: (text) => stderr.write(`${text}\n`),
  };
}

function alignedRows(rows: readonly (readonly string[])[], width: number): readonly string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, n) => Math.max(most[n] ?? 0, cell.length)), []);
  return rows.map((row) => {
    const whole = row.map((cell, n) => (n === row.length - 1 ? cell : cell.padEnd(widths[n] ?? 0))).join("  ");
    return whole.length <= width ? whole : `${whole.slice(0, Math.max(1, width - 1))}…`;
  });
}
