/** How a command ends. */
export const exitCode = {
  ok: 0,
  /** Something is wrong, or was not done. */
  problems: 1,
  /** The command was not understood, or lacks an answer or a setting. */
  usage: 2,
  /** Ended by a signal; 128 + 2, as shells expect it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
