// A shared opportunity without a referral: check the hard rules, then create the referral once.

import { fieldKeys } from "../core/deal-kind";
import { asAnswered, linked } from "../core/link";
import { LOOK_UP_OVERLAP_MS } from "../core/create-doubt";
import { meetsCondition, readCrm, type SideValues } from "../core/mapping/read-crm";
import { ownReferral } from "../core/new-referral";
import type { Opportunity } from "../core/opportunity";
import type { CreateIntent } from "../core/pair";
import { readinessOf } from "../core/readiness";
import { MICROSOFT_ORGANIZATION, type Referral } from "../core/referral";
import { say } from "../core/text/messages";
import { readinessMessage } from "../core/text/seller-message";
import { tellSeller } from "./attention";
import { create, type CreatedNow } from "./create-in-doubt";
import { findReferral, type FoundReferral } from "./find-referral";
import { mayHaveUnknownName, noteEveryName } from "./referral-names";
import { OWN_ORGANIZATION_FACT } from "./route-referral";
import { checkpoint, NOTHING_NEXT, report, type Run, type RunOutcome } from "./run";

/** How often a run looks whether the names of all referrals are known. */
const NAMES_ASKED_EVERY_MS = 10_000;

/** Null when the referral exists now and the pair is linked; otherwise how the run ended. */
export async function createReferral(run: Run, opportunity: Opportunity): Promise<RunOutcome | null> {
  const mapped = readCrm(run.parts.map, opportunity.values);
  // What an earlier store may have sent is no reason to send what is not ready now.
  if (run.pair.intent?.inherited === true) run.pair = { ...run.pair, intent: null };
  if (run.pair.intent === null) {
    const unready = await refuseUnready(run, opportunity, mapped);
    if (unready !== null) return unready;
    const named = await lookForName(run, opportunity);
    if (named.kind === "ended") return named.outcome;
    if (named.kind === "linked") return null;
  }
  const created = await create(run, {
    kind: "create-referral",
    opportunity,
    wanted: true,
    values: mapped.values,
    payload: () =>
      ownReferral(run.parts.map, mapped.values, { opportunityId: opportunity.id, posts: run.parts.rules.coSellPosts }),
    find: (intent) => findCreated(run, intent),
  });
  if (created.kind === "created") {
    await linkCreated(run, created);
    return null;
  }
  const message = say(run.parts.rules.language, created.kind === "paused" ? "paused" : "in-doubt");
  await tellSeller(run, { status: "waiting", message, reason: null });
  return created.kind === "in-doubt" ? created.outcome : { outcome: "not-created", next: NOTHING_NEXT };
}

/** A referral from before this store may name the opportunity: where no sweep was first, all are looked at now. */
async function lookForName(run: Run, opportunity: Opportunity): Promise<FoundReferral> {
  const { parts, correlationId } = run;
  if (!(await mayHaveUnknownName(parts, opportunity))) return { kind: "none" };
  await parts.queue.exclusively("referral-names", () => noteEveryName(parts, correlationId));
  // Another run is looking, or the list cannot be read to its end.
  if (await mayHaveUnknownName(parts, opportunity)) return { kind: "ended", outcome: await awaitNames(run) };
  return findReferral(run, opportunity);
}

async function awaitNames(run: Run): Promise<RunOutcome> {
  const message = say(run.parts.rules.language, "in-doubt");
  await tellSeller(run, { status: "waiting", message, reason: null });
  run.pair = { ...run.pair, unfinished: true };
  const atMs = run.parts.clock.now() + NAMES_ASKED_EVERY_MS;
  return { outcome: "names-awaited", next: { kind: "later", atMs, keepEvents: true } };
}

async function linkCreated(run: Run, { referral, answered }: CreatedNow): Promise<void> {
  const { intent } = run.pair;
  const pair = linked(run.pair, referral, run.parts.map);
  // What was found in a list may be older than the referral is now.
  const asKnown = answered ? asAnswered(pair, "partnerCenter", run.parts.map) : { ...pair, partnerCenter: null };
  await checkpoint(run, asKnown);
  if (referral.organizationId !== null) await rememberOwnOrganization(run, referral.organizationId);
  // Sent by a store before this one: nobody knows what.
  if (intent === null || intent.inherited === true)
    return void report(run, { direction: null, action: "link", result: "done" });
  const { values } = intent;
  const changes = run.parts.map.fields.flatMap(({ key, sentOnCreate }) => {
    const after = values[key];
    return sentOnCreate && after !== undefined && after !== null ? [{ field: key, before: null, after }] : [];
  });
  report(run, { direction: "crm-to-partner-center", action: "create-referral", result: "done", changes });
}

async function rememberOwnOrganization(run: Run, organizationId: string): Promise<void> {
  const known = await run.parts.pairs.fact(OWN_ORGANIZATION_FACT);
  if (known === null) await run.parts.pairs.setFact(OWN_ORGANIZATION_FACT, organizationId);
}

/** A deal that does not meet the condition, is over or on hold is not shared; one that breaks a hard rule says what is missing. */
async function refuseUnready(run: Run, { values }: Opportunity, mapped: SideValues): Promise<RunOutcome | null> {
  if (!meetsCondition(run.parts.map, values)) return { outcome: "condition-not-met", next: NOTHING_NEXT };
  const { language } = run.parts.rules;
  const stage = mapped.values[fieldKeys.status];
  if (stage === "on-hold") {
    await tellSeller(run, { status: "waiting", message: say(language, "held-on-hold"), reason: null });
    return { outcome: "on-hold", next: NOTHING_NEXT };
  }
  if (stage === "won" || stage === "lost") {
    await tellSeller(run, { status: "closed", message: null, reason: null });
    return { outcome: "closed-before-shared", next: NOTHING_NEXT };
  }
  const issues = readinessOf(mapped.values, mapped.problems);
  if (issues.length === 0) return null;
  const message = readinessMessage(issues, language);
  await tellSeller(run, { status: "needs-attention", message, reason: "not-ready" });
  return { outcome: "not-ready", next: NOTHING_NEXT };
}

/** An earlier try that got through carries the opportunity's id. */
async function findCreated(run: Run, intent: CreateIntent): Promise<Referral | null> {
  const since = intent.startedAtMs - LOOK_UP_OVERLAP_MS;
  const changed = await run.parts.partnerCenter.listChangedSince(since, run.correlationId);
  return (
    changed.find(
      (referral) =>
        referral.externalReferenceId?.toLowerCase() === run.pair.opportunityId &&
        referral.organizationId !== MICROSOFT_ORGANIZATION,
    ) ?? null
  );
}
