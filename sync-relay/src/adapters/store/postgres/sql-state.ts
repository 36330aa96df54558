import { RelayError } from "../../../core/errors";
import { codeOf } from "./database";

// What the server's own error codes mean for work that was written together.

/** Two transactions waited for each other, and this one was ended: nothing of it was done, and it may be tried again. */
export const DEADLOCK = "40P01";

/** The server's code behind a failed statement, or null when it never answered. */
export function sqlStateOf(failure: unknown): string | null {
  return failure instanceof RelayError ? codeOf(failure.details.cause) : null;
}

/** The server answered, and did not like the values: data exceptions, constraints, program limits. */
export function isRefusal(failure: unknown): boolean {
  const sqlState = sqlStateOf(failure);
  return sqlState !== null && ["22", "23", "54"].includes(sqlState.slice(0, 2));
}
