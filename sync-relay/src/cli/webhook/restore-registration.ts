// Puts the registration back that this relay's has replaced. Meanwhile somebody else may have taken the one place that a
// tenant has: that registration is shown, replaced only when a person says so, and kept in turn.

import type { WebhookRegistration } from "../../adapters/partner-center/registration";
import { CommandProblem } from "../command-problem";
import type { OpenStore } from "../open/with-store";
import { webhookTexts } from "../texts/webhook-texts";
import { agreeToReplace } from "./agree-to-replace";
import { displacedRegistration, keptRegistration } from "./kept-registration";
import { isOurs, isSame, shown, shownValues } from "./shown-registration";
import type { WebhookSession } from "./webhook-session";

export interface RestoreWish {
  /** The person has said that a foreign registration may be replaced. */
  readonly replace: boolean;
}

export async function restorePartnerCenter(session: WebhookSession, { replace }: RestoreWish) {
  const { context, administration, open } = session;
  const before = await keptRegistration(open).read();
  if (before === null) throw new CommandProblem(webhookTexts.nothingKept);
  const found = await administration.registration.get(context.world.random.uuid());
  if (found === null || !isSame(found, before)) {
    if (found !== null && !isOurs(session, found)) await putAside(session, found, replace);
    else await displacedRegistration(open).forget();
  }
  return putBack(session, { before, found });
}

async function putAside(session: WebhookSession, found: WebhookRegistration, replace: boolean): Promise<void> {
  await agreeToReplace(session, { found, replace, question: webhookTexts.askPutBack });
  await displacedRegistration(session.open).keep(found);
}

/** Registers what is kept in place of what was found, which nobody needs to be asked about any more. */
export async function putBack(
  { context, administration, open }: WebhookSession,
  { before, found }: { readonly before: WebhookRegistration; readonly found: WebhookRegistration | null },
) {
  const { out, text, world } = context;
  context.checkpoint();
  if (found === null) await administration.registration.register(before, world.random.uuid());
  else if (!isSame(found, before)) await administration.registration.update(before, world.random.uuid());
  await afterPuttingBack(open);
  out.check("ok", {
    area: text(webhookTexts.areaPartnerCenter),
    text: text(webhookTexts.restored, shownValues(before)),
  });
  return shown(before);
}

/** What is registered again need not be kept; what had to give way for it is. Goes on after an interruption. */
export async function afterPuttingBack(open: OpenStore): Promise<void> {
  const kept = keptRegistration(open);
  const displaced = displacedRegistration(open);
  const gaveWay = await displaced.read();
  if (gaveWay === null) return kept.forget();
  await kept.keep(gaveWay);
  await displaced.forget();
}
