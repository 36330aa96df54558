import type { Readable, Writable } from "node:stream";
import type { Clock, Random } from "../ports/clock";

/** A stream that may be a terminal. */
export type TerminalOutput = Writable & { readonly isTTY?: boolean; readonly columns?: number };
export type TerminalInput = Readable & { readonly isTTY?: boolean };

/** Everything outside of a command, so that a test can run one without a process. */
export interface World {
  /** Words after the program's name. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput;
  readonly stderr: TerminalOutput;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted when the person presses Ctrl-C or the process is asked to end. */
  readonly stopping: AbortSignal;
  /** Opens an address in the person's browser; never fails. */
  openBrowser(url: string): void;
}
