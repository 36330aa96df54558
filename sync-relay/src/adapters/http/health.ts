import { RelayError } from "../../core/errors";

/** What one check found. */
export interface HealthCheck {
  readonly ok: boolean;
  /** When the thing behind it ends, milliseconds since the epoch. */
  readonly expiresAtMs?: number;
  /** What is wrong, or a warning while `ok`. Shown to whoever asks: no secrets, no customer data. */
  readonly problem?: string;
}

/** Named checks that /readyz runs, e.g. store, dataverse, partner-center. */
export type HealthChecks = Readonly<Record<string, () => HealthCheck | Promise<HealthCheck>>>;

/** The answer of /readyz. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, HealthCheck>>;
}

/** A probe gives up after a few seconds; a check that hangs must not take the others' results with it. */
export const CHECK_WITHIN_MS = 2_000;

/** Runs all checks at once. Never throws. */
export async function readiness(checks: HealthChecks, draining: boolean): Promise<Readiness> {
  const names = Object.keys(checks);
  const results = await Promise.all(names.map((name) => runCheck(checks[name])));
  const found = Object.fromEntries(names.map((name, n) => [name, results[n] ?? failed("not run")]));
  const all = draining ? { ...found, draining: failed("The relay is shutting down.") } : found;
  return { ready: Object.values(all).every((check) => check.ok), checks: all };
}

async function runCheck(check: HealthChecks[string] | undefined): Promise<HealthCheck> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HealthCheck>((resolve) => {
    timer = setTimeout(() => resolve(failed(`No answer within ${CHECK_WITHIN_MS} ms.`)), CHECK_WITHIN_MS);
  });
  try {
    return await Promise.race([Promise.resolve(check?.() ?? failed("not run")), late]);
  } catch (thrown) {
    // Only our own words: a driver's message may quote an address with a password.
    return failed(thrown instanceof RelayError ? thrown.message : "The check failed.");
  } finally {
    clearTimeout(timer);
  }
}

function failed(problem: string): HealthCheck {
  return { ok: false, problem };
}
