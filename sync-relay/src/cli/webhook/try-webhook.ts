import { findTouchable, touchOpportunity } from "../../adapters/dataverse/registration/touch-opportunity";
import type { TestResult } from "../../adapters/partner-center/registration";
import { opportunityKey } from "../../core/event";
import { must } from "../../core/must";
import { CommandProblem, usageProblem } from "../command-problem";
import { webhookAddresses } from "../setup/relay-address";
import { inputTexts } from "../texts/input-texts";
import { webhookTexts } from "../texts/webhook-texts";
import { probeRelay, showProbe } from "./probe-relay";
import type { WebhookSession } from "./webhook-session";

/** Dataverse's own jobs and Partner Center's test events take seconds; a minute means that something is wrong. */
const ARRIVES_WITHIN_SECONDS = 60;
const LOOK_EVERY_MS = 250;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Has Dataverse call the relay by a write that changes nothing, and waits until the relay has stored the call. */
export async function tryDataverse(session: WebhookSession, opportunity: string | undefined): Promise<boolean> {
  const { context, settings, administration } = session;
  const { text } = context;
  if (opportunity !== undefined && !GUID.test(opportunity)) {
    throw usageProblem(inputTexts.notGuid, { values: { flag: "--opportunity", value: opportunity } });
  }
  const secret = must(settings.dataverse.webhookSecrets[0], "a webhook secret is required");
  const address = { url: webhookAddresses(settings).dataverse, secret };
  const probe = await probeRelay(context, address);
  showProbe(context, address, probe);
  if (probe.kind === "refuses") throw new CommandProblem(webhookTexts.notTried);
  const target = await findTouchable(administration.dataverse, opportunity ?? null);
  if (target === null) throw new CommandProblem(webhookTexts.noOpportunity, { mend: "cosell webhook test dataverse" });
  const message = text(webhookTexts.askTouch, { name: target.name });
  if (!(await context.ask.confirm({ message, flag: "--yes" }))) throw new CommandProblem(webhookTexts.notTried);
  const key = opportunityKey(target.id);
  const before = await session.open.store.lastReceivedMs(key);
  await touchOpportunity(administration.dataverse, target.id);
  const arrived = await untilFound(session, async () => {
    const last = await session.open.store.lastReceivedMs(key);
    return last === before ? null : last;
  });
  if (arrived === null)
    throw new CommandProblem(webhookTexts.notArrived, { values: { seconds: ARRIVES_WITHIN_SECONDS } });
  context.out.check("ok", { area: text(webhookTexts.areaTest), text: text(webhookTexts.arrived) });
  return true;
}

/** Has Partner Center send a test event, and waits until it tells how the relay answered. */
export async function tryPartnerCenter(session: WebhookSession): Promise<boolean> {
  const { context, administration } = session;
  const { registration } = administration;
  const { random } = context.world;
  const testId = await registration.sendTest(random.uuid());
  const result = await untilFound(session, async () => {
    const found = await registration.testResult(testId, random.uuid());
    return found === null || found.attempts.length === 0 ? null : found;
  });
  const values = { seconds: ARRIVES_WITHIN_SECONDS };
  if (result === null) throw new CommandProblem(webhookTexts.testPending, { values });
  const answer = lastAnswer(result);
  if (answer !== "OK") throw new CommandProblem(webhookTexts.testRefused, { values: { answer } });
  context.out.check("ok", {
    area: context.text(webhookTexts.areaTest),
    text: context.text(webhookTexts.arrived),
  });
  return true;
}

function lastAnswer({ attempts }: TestResult): string {
  const code = attempts.at(-1)?.responseCode ?? "?";
  return /^2\d\d$/.test(code) ? "OK" : code;
}

async function untilFound<T>({ context }: WebhookSession, look: () => Promise<T | null>): Promise<T | null> {
  const { clock, stopping } = context.world;
  const giveUpAt = clock.now() + ARRIVES_WITHIN_SECONDS * 1000;
  return context.progress.during(context.text(webhookTexts.waiting), async () => {
    while (clock.now() < giveUpAt) {
      context.checkpoint();
      const found = await look();
      if (found !== null) return found;
      await clock.sleep(LOOK_EVERY_MS, stopping);
    }
    return null;
  });
}
