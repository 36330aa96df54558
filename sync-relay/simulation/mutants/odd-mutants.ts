// Mistakes about what happens to records now and then: they disappear, change hands, or say something unheard of.

import { jumpInDoubt, LATER, putBackInCreate, RARE, SOON, undisturbed } from "./circumstances";
import type { Mutant } from "./mutant";

export const happening: readonly Mutant[] = [
  {
    name: "gone-referral-remembered",
    mistake: "A referral that is gone is taken from memory at the next look, and the deal shown as in step.",
    file: "src/pipeline/referral-gone",
    text: "partnerCenter: null",
    becomes: "partnerCenter: run.pair.partnerCenter",
    budget: LATER,
    aim: { ...undisturbed, vanishes: true, late: 0.9, oneSided: "partnerCenter", edits: 9 },
  },
  {
    name: "gone-referral-made-anew",
    mistake: "An empty store makes a second referral where the one that the opportunity names is gone.",
    file: "src/pipeline/find-referral",
    text: "return needsAttention(run, unreadable[read.kind])",
    becomes: "return NONE",
    budget: RARE,
    aim: { ...undisturbed, vanishes: true, storeLoss: "emptied", edits: 9 },
  },
  {
    name: "doubt-about-gone-referral-kept",
    mistake:
      "A store that was put back into a create stays in doubt about it where the referral that came of it is gone.",
    file: "src/pipeline/find-referral",
    text: "opportunity.section.syncState !== null",
    becomes: "false",
    budget: RARE,
    aim: { ...undisturbed, vanishes: true, storeLoss: "older", replyLost: 0.4, requestLost: 0.3, edits: 9, pairs: 3 },
  },
  {
    name: "double-not-told",
    mistake: "A second referral of one opportunity, made because the clock was set anew meanwhile, is told to nobody.",
    file: "src/pipeline/sweep",
    text: 'parts.log.error("two',
    becomes: 'parts.log.debug("two',
    budget: RARE,
    aim: { ...undisturbed, ...jumpInDoubt },
  },
  {
    name: "double-after-put-back-not-told",
    mistake: "The same for a second referral that was made because the store had been put back meanwhile.",
    file: "src/pipeline/sweep",
    text: 'parts.log.error("two',
    becomes: 'parts.log.debug("two',
    budget: RARE,
    aim: { ...undisturbed, ...putBackInCreate },
  },
  {
    name: "unheard-of-status-guessed",
    mistake: "A status that nobody knows counts as the end of the deal.",
    file: "src/core/lifecycle",
    text: "return null",
    becomes: 'return "lost"',
    budget: SOON,
    aim: { ...undisturbed, unknownValues: true, edits: 9 },
  },
  {
    name: "unheard-of-beginning-not-remembered",
    mistake:
      "What is made of a deal whose status nobody knows has none, so that its end is undone once the status is known.",
    file: "src/core/link",
    text: "begunAs(field, intent)",
    becomes: "undefined",
    budget: RARE,
    aim: { ...undisturbed, unknownValues: true, closes: true, interference: 0.3, lost: 0.5, edits: 9 },
  },
  {
    name: "unheard-of-status-not-told",
    mistake: "Nobody is told of a status that the relay does not know.",
    file: "src/core/reconcile",
    text: "...notUnderstood(input, partnerCenter.problems)",
    becomes: "...[]",
    budget: SOON,
    aim: { ...undisturbed, unknownValues: true, edits: 9 },
  },
  {
    name: "people-added-at-the-second-look",
    mistake: "Whoever owns an opportunity is left out of a list that others made only until the next look.",
    file: "src/core/merge/merge-fields",
    text: "(crm, before.decided)",
    becomes: "(crm, crm)",
    budget: SOON,
    aim: { ...undisturbed, ownersChange: true, edits: 9 },
  },
  {
    name: "new-owner-not-sent",
    mistake: "Whoever gets an opportunity is never added to the referral's team.",
    file: "src/core/merge/merge-fields",
    text: "isLeftToOthers(now) ? keepAsThere(now) : settle(now, now.crm)",
    becomes: "keepAsThere(now)",
    budget: SOON,
    aim: { ...undisturbed, ownersChange: true, edits: 9 },
  },
];
