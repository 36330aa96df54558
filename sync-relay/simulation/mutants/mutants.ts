// The list of known mistakes: those that earlier designs of the engine had, those that this simulation found, and those
// that are easy to make. Each must be noticed within its budget, or a check is missing.

import { LATER, lateAfterDeath, lateEffects, RARE, SOON, undisturbed } from "./circumstances";
import type { Mutant } from "./mutant";
import { happening } from "./odd-mutants";
import { queueing, remembering, sweeping } from "./work-mutants";

const creating: readonly Mutant[] = [
  {
    name: "create-without-look-up",
    mistake: "A create in doubt is sent again without looking whether it got through.",
    file: "src/pipeline/create-in-doubt",
    text: "await creation.find(pending)",
    becomes: "null",
    budget: LATER,
  },
  {
    name: "create-without-quarantine",
    mistake: "A create in doubt is sent again at the first look-up that finds nothing.",
    file: "src/core/create-doubt",
    text: "nowMs >= sentAt + quarantineMs && farApart",
    becomes: "true",
    budget: LATER,
  },
  {
    name: "create-looked-up-by-own-clock",
    mistake:
      "The look-up begins five minutes before the create by the relay's clock, which may be ahead of the server's.",
    file: "src/core/create-doubt",
    text: "LOOK_UP_OVERLAP_MS = 60 * 60_000",
    becomes: "LOOK_UP_OVERLAP_MS = 5 * 60_000",
    budget: LATER,
    aim: { ...undisturbed, lost: 1, replyLost: 0.3, skewMs: 10 * 60_000 },
  },
  {
    name: "create-takes-new-values",
    mistake: "A repeated create sends the first bytes but remembers the values of now.",
    file: "src/pipeline/create-in-doubt",
    text: "send(run, intent, intent)",
    becomes: "send(run, { ...intent, values: creation.values }, intent)",
    budget: LATER,
  },
  {
    name: "link-without-memory",
    mistake: "A pair that was just created remembers nothing, so that an edit in between meets a conflict.",
    file: "src/core/link",
    text: "intent === null ? knownBefore(pair, referral) : memoryOf(intent, map)",
    becomes: "pair.fields",
    budget: LATER,
  },
  {
    name: "status-not-remembered",
    mistake: "The status with which a referral began is not remembered, so that a deal won meanwhile is opened again.",
    file: "src/core/link",
    text: "sentOnCreate || key",
    becomes: 'sentOnCreate || ""',
    budget: RARE,
    aim: { ...undisturbed, lost: 0.5, replyLost: 0.3, closes: true, oneSided: "crm", edits: 9 },
  },
  {
    name: "own-referral-taken-for-new",
    mistake: "The event about a referral of the relay's own opens a second opportunity.",
    file: "src/pipeline/route-referral",
    text: '(referral.externalReferenceId ?? "").trim() === ""',
    becomes: "true",
    budget: LATER,
  },
  {
    name: "invitation-without-look-up",
    mistake: "An invitation in doubt is sent again although Microsoft is there already.",
    file: "src/pipeline/invite-microsoft",
    text: "await run.parts.partnerCenter.listEngagement(own.engagementId, run.correlationId)",
    becomes: "[]",
    budget: LATER,
    aim: { ...undisturbed, help: true, replyLost: 0.3 },
  },
];

const merging: readonly Mutant[] = [
  {
    name: "decision-taken-for-agreement",
    mistake: "What is about to be written is remembered as if both sides held it already.",
    file: "src/pipeline/write-intent",
    text: "fields: decision.fields,",
    becomes:
      "fields: Object.fromEntries(Object.entries(decision.fields).map(([key, { decided }]) => [key, { crm: decided, partnerCenter: decided, decided }])),",
    budget: SOON,
  },
  {
    name: "decision-kept-after-the-write",
    mistake: "Observation and decision become durable only after the write.",
    file: "src/pipeline/write-intent",
    text: "covers(run.durable, decision) && sameCandidates(run.durable, pair)",
    becomes: "true",
    budget: LATER,
  },
  {
    name: "intents-do-not-add-up",
    mistake: "A second decision under the same version forgets the first, which may still arrive.",
    file: "src/pipeline/write-intent",
    text: "candidates: [...current, sending.values]",
    becomes: "candidates: [sending.values]",
    budget: RARE,
    aim: { ...undisturbed, ...lateEffects, oneSided: "crm" },
  },
  {
    name: "intent-kept-under-old-version",
    mistake: "A decision that stays the same under a new version of the record is not made durable again.",
    file: "src/pipeline/write-intent",
    text: "stored?.version === wanted.version",
    becomes: "stored !== null",
    budget: LATER,
    aim: { ...undisturbed, ...lateAfterDeath, oneSided: "crm", fewValues: true },
  },
  {
    name: "late-write-not-burnt-partner-center",
    mistake: "A write to Partner Center that nobody waits for any more may land after a later decision.",
    file: "src/pipeline/write-referral",
    text: "named && !mayLandLate",
    becomes: "named",
    budget: RARE,
    aim: { ...undisturbed, ...lateEffects, oneSided: "crm", fewValues: true },
  },
  {
    name: "late-write-not-burnt-crm",
    mistake: "The same for a write to the CRM.",
    file: "src/pipeline/write-opportunity",
    text: "run.pair.unconfirmedCrm?.version === opportunity.version",
    becomes: "false",
    budget: RARE,
    aim: { ...undisturbed, ...lateEffects, oneSided: "partnerCenter", fewValues: true },
  },
  {
    name: "conflict-rule-ignored",
    mistake: "The CRM wins every conflict, whatever the rule says.",
    file: "src/core/merge/merge-fields",
    text: 'rule === "newest" ? input.newest : rule',
    becomes: '"crm"',
    budget: LATER,
    aim: { ...undisturbed, rule: "partnerCenter", interference: 0.3, edits: 9 },
  },
  {
    name: "conflict-not-asked",
    mistake: "Where people are to decide, Partner Center wins.",
    file: "src/core/merge/merge-fields",
    text: 'rule === "ask"',
    becomes: "false",
    budget: LATER,
    aim: { ...undisturbed, rule: "ask", interference: 0.3, edits: 9 },
  },
  {
    name: "value-invented",
    mistake: "Amounts arrive in Partner Center with one more than they were.",
    file: "src/core/reconcile",
    text: "sent[field] = value",
    becomes: 'sent[field] = typeof value === "number" ? value + 1 : value',
    budget: SOON,
  },
  {
    name: "form-taken-for-edit",
    mistake: "The form in which a server keeps a value is not taken over by the other side.",
    file: "src/core/merge/delivered",
    text: "{ ...before, [side]: now, decided: now, form: true }",
    becomes: "{ ...before, [side]: now }",
    budget: LATER,
    aim: { ...undisturbed, canonicalising: { crm: false, partnerCenter: true } },
  },
];

const conditions: readonly Mutant[] = [
  {
    name: "partner-center-unconditional",
    mistake: "Referrals are written without a condition.",
    file: "simulation/clouds/fake-partner-center",
    text: "before.eTag !== eTag",
    becomes: "false",
    budget: LATER,
  },
  {
    name: "crm-unconditional",
    mistake: "Opportunities are written without a condition.",
    file: "simulation/clouds/fake-crm",
    text: "before.version !== version",
    becomes: "false",
    budget: LATER,
  },
  {
    name: "closed-referral-written",
    mistake: "Fields are written onto a closed referral.",
    file: "src/core/reconcile",
    text: 'return "closed"',
    becomes: "return null",
    budget: LATER,
    aim: { ...undisturbed, closes: true, edits: 9 },
  },
  {
    name: "sync-off-ignored",
    mistake: "An opportunity whose sync is off is kept in step all the same.",
    file: "src/pipeline/sync-opportunity",
    text: "!opportunity.section.syncOn",
    becomes: "false",
    budget: SOON,
  },
  {
    name: "sync-off-in-flight-ignored",
    mistake: "A switch that is turned off during a run does not stop it.",
    file: "src/pipeline/write-opportunity",
    text: "!read.opportunity.section.syncOn",
    becomes: "false",
    budget: RARE,
    aim: { ...undisturbed, switches: true, interference: 0.3 },
  },
];

/** All known mistakes. */
export const mutants: readonly Mutant[] = [
  ...creating,
  ...merging,
  ...conditions,
  ...queueing,
  ...sweeping,
  ...remembering,
  ...happening,
];
