// What becomes of a pair whose run failed: when it is tried again, or why it is given up, and what the seller is told.

import type { AuditEntry } from "../core/audit-entry";
import type { RelayError } from "../core/errors";
import { toRelayError } from "../core/errors";
import { idOfKey } from "../core/event";
import { backoffMs } from "../core/retry";
import { say } from "../core/text/messages";
import { quotable } from "../core/text/seller-message";
import { tellSeller, type Tidings } from "./attention";
import { NOTHING_NEXT, report, type Run, type RunOutcome } from "./run";

/** After this many failures in a row the seller sees "retrying" instead of an old "synced". */
const TELL_AFTER_FAILURES = 3;
/** Pause while a credential is refused: an admin must act, and the work waits without counting as failures. */
const UNAUTHORIZED_PAUSE_MS = 60_000;
/** Longest pause while one deal alone is forbidden. */
const FORBIDDEN_PAUSE_MS = 10 * 60_000;
const FORBIDDEN = 403;

/** The end of a run that failed. Never throws. */
export async function afterFailure(run: Run, thrown: unknown): Promise<RunOutcome> {
  const error = toRelayError(thrown);
  logFailure(run, error);
  switch (error.kind) {
    case "throttled":
      return later(run, error.details.retryAfterMs ?? backoffMs(1, run.parts.random.next()));
    case "unauthorized":
      return await waitForRights(run, error);
    case "rejected":
    case "bug":
      return giveUp(run, error);
    case "transient":
    case "conflict":
      return retry(run, error);
  }
}

/**
 * A refused sign-in holds up all pairs and shows at `/readyz`. A right that is missing for this deal alone shows nowhere
 * but to its seller, and is asked for again after as long as the deal has waited already.
 */
async function waitForRights(run: Run, error: RelayError): Promise<RunOutcome> {
  if (!isPartnerCenter(error) || error.details.httpStatus !== FORBIDDEN) return later(run, UNAUTHORIZED_PAUSE_MS);
  await tell(run, { status: "retrying", message: say(run.parts.rules.language, "not-allowed"), reason: null });
  const now = run.parts.clock.now();
  const waitedMs = now - Math.min(now, ...run.claim.events.map(({ receivedAtMs }) => receivedAtMs));
  return later(run, Math.min(FORBIDDEN_PAUSE_MS, Math.max(UNAUTHORIZED_PAUSE_MS, waitedMs)));
}

async function retry(run: Run, error: RelayError): Promise<RunOutcome> {
  const failures = await countFailure(run);
  // Of a referral without a pair there is no dead letter that anybody could try again, and no sweep finds it anew.
  const mayBeGivenUp = run.claim.key.startsWith("opp:");
  if (mayBeGivenUp && failures >= run.parts.rules.maxAttempts) return giveUp(run, error);
  if (failures >= TELL_AFTER_FAILURES && isPartnerCenter(error)) {
    await tell(run, { status: "retrying", message: say(run.parts.rules.language, "retrying"), reason: null });
    run.pair = { ...run.pair, failures };
  }
  const wait = error.details.retryAfterMs ?? backoffMs(failures, run.parts.random.next());
  return { ...later(run, wait), outcome: "retry" };
}

/**
 * Adds one to the failures in a row, and tells how many they are now. A referral that belongs to no pair yet has nowhere to
 * count them but beside its oldest event, so that what it waited for other reasons does not count.
 */
async function countFailure(run: Run): Promise<number> {
  const { claim, pair, parts } = run;
  if (claim.key.startsWith("opp:")) {
    run.pair = { ...pair, failures: pair.failures + 1 };
    return run.pair.failures;
  }
  const name = `failures of ${claim.key}`;
  const event = claim.events[0]?.seq ?? "none";
  try {
    const [since, count] = ((await parts.pairs.fact(name)) ?? "").split(" ");
    const failures = since === event ? Number(count) + 1 : 1;
    await parts.pairs.setFact(name, `${event} ${failures}`);
    return failures;
  } catch {
    // The store is away, and so will be the end of this run: its events come again.
    return 1;
  }
}

/** What an entry is about, where there is no opportunity yet. */
function subjectOf({ claim }: Run): Partial<AuditEntry> {
  return claim.key.startsWith("opp:") ? {} : { opportunityId: null, referralId: idOfKey(claim.key) };
}

async function giveUp(run: Run, error: RelayError): Promise<RunOutcome> {
  const exhausted = error.kind === "transient" || error.kind === "conflict";
  const code = exhausted ? "CS-1501" : error.code;
  const message = sellerText(run, error, exhausted);
  if ((await tell(run, { status: "needs-attention", message, reason: null })) === "overtaken") {
    // What was saved meanwhile is known by now, so no event need follow, and nobody would read why the pair is given up.
    const failures = await countFailure(run);
    return { ...later(run, backoffMs(failures, run.parts.random.next())), outcome: "retry" };
  }
  report(run, { direction: null, action: "give-up", result: "failed", reason: error.code, ...subjectOf(run) });
  run.pair = { ...run.pair, status: "needs-attention", deadBecause: code, failures: 0, unfinished: false };
  return { outcome: "dead-letter", next: NOTHING_NEXT };
}

function sellerText(run: Run, error: RelayError, exhausted: boolean): string {
  const { language } = run.parts.rules;
  if (exhausted || error.kind === "bug") return say(language, "gave-up", { reason: error.code });
  const reason = quotable(error.details.upstreamMessage ?? error.code);
  return say(language, error.code.startsWith("CS-11") ? "refused" : "refused-by-crm", { reason });
}

/** Telling the seller is a courtesy: when the CRM cannot be written, the state in the relay's store still says it. */
async function tell(run: Run, tidings: Tidings): Promise<"told" | "overtaken" | "failed"> {
  try {
    await tellSeller(run, tidings);
    return "told";
  } catch (thrown) {
    const { code } = toRelayError(thrown);
    run.parts.log.warn("the seller could not be told", { code, opportunityId: run.pair.opportunityId });
    return code === "CS-1403" ? "overtaken" : "failed";
  }
}

function later(run: Run, waitMs: number): RunOutcome {
  run.pair = { ...run.pair, unfinished: true };
  return { outcome: "waiting", next: { kind: "later", atMs: run.parts.clock.now() + waitMs, keepEvents: true } };
}

function logFailure(run: Run, error: RelayError): void {
  const fields = {
    code: error.code,
    kind: error.kind,
    httpStatus: error.details.httpStatus,
    upstreamCode: error.details.upstreamCode,
    key: run.claim.key,
    correlationId: run.correlationId,
    failures: run.pair.failures,
  };
  if (error.kind === "bug" || error.kind === "unauthorized")
    run.parts.log.error(error.message, { ...fields, stack: stackOf(error) });
  else run.parts.log.warn(error.message, fields);
}

/** Where our own code failed; a stack names files and lines, never values. */
function stackOf(error: RelayError): string | undefined {
  const cause = error.details.cause;
  return error.kind === "bug" && cause instanceof Error ? cause.stack?.split("\n").slice(1, 6).join(" | ") : undefined;
}

function isPartnerCenter(error: RelayError): boolean {
  return error.code.startsWith("CS-11");
}
