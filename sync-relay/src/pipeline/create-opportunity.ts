// A deal that began in Partner Center becomes an opportunity. Its id follows from the referral's id and the create is
// conditional, so a second opportunity for the same referral cannot come into being, whatever crashes.

import type { AuditEntry } from "../core/audit-entry";
import { asAnswered, linked } from "../core/link";
import { crmChanges, type CrmChanges } from "../core/mapping/crm-changes";
import { toRelayError } from "../core/errors";
import { must } from "../core/must";
import type { CoSellSection } from "../core/opportunity";
import type { CreateIntent } from "../core/pair";
import type { Referral } from "../core/referral";
import type { ReadinessIssue } from "../core/readiness";
import { referralColumns, standingOf } from "../core/section";
import { writeShadow } from "../core/shadow-state";
import { auditLine } from "../core/text/audit-line";
import type { CrmCreate, NewOpportunity } from "../ports/crm";
import { endWithoutOpportunity } from "./opportunity-gone";
import { isPaused } from "./pause";
import { readMicrosoft } from "./read-microsoft";
import { storeBornAtMs } from "./store-birth";
import { auditEntry, checkpoint, NOTHING_NEXT, report, type Run, type RunOutcome } from "./run";

/** Null when the opportunity exists now and the pair is linked; otherwise how the run ended. */
export async function createOpportunity(run: Run): Promise<RunOutcome | null> {
  const intent = must(run.pair.intent, "the referral's values were frozen when it was routed");
  const referral = must(run.pair.partnerCenter, "a pair that starts in Partner Center holds its referral");
  if (isKnownToExist(run, intent)) return adoptExisting(asMade(run, intent), referral);
  if (run.parts.clock.now() - intent.startedAtMs > STILL_NEW_MS && (await isTakenOver(run, referral))) {
    return adoptExisting(run, referral);
  }
  if (await isPaused(run, "partner-center-to-crm")) return { outcome: "paused", next: NOTHING_NEXT };
  if (await isOfOld(run, referral)) await readMicrosoft(run, null);
  const taken = crmChanges(run.parts.map, "create", { values: intent.values, referral, current: {} });
  const values =
    taken.stageValue === undefined || run.parts.map.statusPath === null
      ? taken.values
      : { ...taken.values, [run.parts.map.statusPath]: taken.stageValue };
  const { entry, section } = newSection(run, referral, taken);
  const created = await createUnlessElsewhere(run, referral, { values, section });
  if (created.kind === "created") {
    run.audit.push(entry);
    const pair = linked({ ...run.pair, crm: created.opportunity }, referral, run.parts.map);
    await checkpoint(run, asAnswered(pair, "crm", run.parts.map));
    return null;
  }
  return adoptExisting(asMade(run, intent), referral);
}

/** Whatever it is refused for: a person may have made the opportunity meanwhile, which carries the referral then. */
async function createUnlessElsewhere(run: Run, referral: Referral, opportunity: NewOpportunity): Promise<CrmCreate> {
  const { crm } = run.parts;
  try {
    return await crm.create(run.pair.opportunityId, opportunity);
  } catch (thrown) {
    const isElsewhere = toRelayError(thrown).code === "CS-1004" && (await crm.findByReferral(referral.id)) !== null;
    if (isElsewhere) return { kind: "exists" };
    throw thrown;
  }
}

/** Remembers that the opportunity was made, also when this run fails and its events are given up with it. */
function asMade(run: Run, intent: CreateIntent): Run {
  run.pair = { ...run.pair, intent: { ...intent, sentAtMs: intent.sentAtMs ?? run.parts.clock.now() } };
  return run;
}

/**
 * Whether the opportunity was made although nobody here heard the answer: an earlier try met it, or an event tells of it.
 * If it is not there now it was deleted, and must not be made again.
 */
function isKnownToExist({ events }: Run, intent: CreateIntent): boolean {
  return (
    intent.sentAtMs !== null ||
    events.some(({ kind, source }) => kind.startsWith("opportunity") && source !== "redrive")
  );
}

/** For this long a deal counts as just made. */
const JUST_MADE_MS = 60 * 60_000;

/**
 * Whether the deal was made while this store was not there, or long ago. Microsoft may be in it, and nothing tells of that
 * until it does something; who joins a deal that was just made is told by events.
 */
async function isOfOld({ parts }: Run, { createdAt }: Referral): Promise<boolean> {
  const watchedSince = Math.max(await storeBornAtMs(parts), parts.clock.now() - JUST_MADE_MS);
  return !(Date.parse(createdAt) >= watchedSince);
}

/** An intent that is older than this was left over by failures or a restored store: much may have happened since. */
const STILL_NEW_MS = 60_000;

/** Whether the referral names the opportunity by now. Then it was created before, and if it is gone it was deleted. */
async function isTakenOver(run: Run, referral: Referral): Promise<boolean> {
  const read = await run.parts.partnerCenter.read(referral.id, run.correlationId);
  return read.kind === "found" && read.referral.externalReferenceId?.toLowerCase() === run.pair.opportunityId;
}

/** An earlier try got through, or an opportunity carries this referral's id already. */
async function adoptExisting(run: Run, referral: Referral): Promise<RunOutcome | null> {
  const owner = await run.parts.crm.findByReferral(referral.id);
  if (owner !== null && owner.id !== run.pair.opportunityId) {
    run.pair = { ...run.pair, referralId: null, partnerCenter: null, intent: null };
    return { outcome: "adopted-elsewhere", next: { kind: "moved", to: `opp:${owner.id}` } };
  }
  const read = owner ?? (await existing(run));
  if (read === null) return endWithoutOpportunity(run);
  // The referral is as old as the intent, and the opportunity may remember what came after it.
  await checkpoint(run, { ...linked({ ...run.pair, crm: read }, referral, run.parts.map), partnerCenter: null });
  report(run, { direction: null, action: "link", result: "done" });
  return null;
}

async function existing(run: Run) {
  const read = await run.parts.crm.read(run.pair.opportunityId);
  return read.kind === "found" ? read.opportunity : null;
}

interface NewSection {
  readonly entry: AuditEntry;
  readonly section: Partial<CoSellSection>;
}

/** The whole co-sell section of the new opportunity, in the same write as its values. */
function newSection(run: Run, referral: Referral, taken: CrmChanges): NewSection {
  const { language, linkTemplate } = run.parts.rules;
  const pair = linked(run.pair, referral, run.parts.map);
  const issues = taken.problems.map(({ field, because, shown }): ReadinessIssue => {
    return { field, because: because === "missing" ? "missing" : "not-understood", shown };
  });
  const standing = standingOf(referral, { issues, held: [] }, language);
  run.pair = { ...run.pair, status: standing.status };
  const changes = Object.entries(pair.fields).flatMap(([field, { decided }]) =>
    decided === null ? [] : [{ field, before: null, after: decided }],
  );
  const entry = auditEntry(run, {
    direction: "partner-center-to-crm",
    action: "create-opportunity",
    result: "done",
    changes,
  });
  const section = {
    ...referralColumns(pair, referral, linkTemplate),
    syncOn: true,
    syncStatus: standing.status,
    syncMessage: standing.message,
    lastSyncedOn: new Date(run.parts.clock.now()).toISOString(),
    audit: auditLine(entry, language),
    syncState: writeShadow(pair, run.parts.clock.now()),
  };
  return { entry, section };
}
