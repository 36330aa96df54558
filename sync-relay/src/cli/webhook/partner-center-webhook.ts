import { RELAY_EVENTS, TEST_EVENT, type WebhookRegistration } from "../../adapters/partner-center/registration";
import { nearestName } from "../../core/nearest-name";
import { usageProblem } from "../command-problem";
import { shownAddress, webhookAddresses } from "../setup/relay-address";
import { webhookTexts } from "../texts/webhook-texts";
import { agreeToReplace } from "./agree-to-replace";
import { displacedRegistration, keptRegistration } from "./kept-registration";
import { afterPuttingBack, putBack } from "./restore-registration";
import { isOurs, isSame, shown, shownValues } from "./shown-registration";
import type { WebhookSession } from "./webhook-session";

// Partner Center has one registration for a tenant, with one address. A registration of somebody else is replaced only
// when a person says so, and is kept to be put back.

export interface RegisterWish {
  /** Events beside the relay's own. */
  readonly events: readonly string[];
  /** The person has said that a foreign registration may be replaced. */
  readonly replace: boolean;
}

/** Registers this relay. Returns what is registered, for scripts. */
export async function registerPartnerCenter(session: WebhookSession, wish: RegisterWish) {
  const { context, settings, administration } = session;
  const { out, text, world } = context;
  const { registration } = administration;
  await refuseUnknownEvents(session, wish.events);
  const found = await registration.get(world.random.uuid());
  const webhookUrl = webhookAddresses(settings).partnerCenter;
  const own = found !== null && isOurs(session, found) ? found.events : [];
  const wanted: WebhookRegistration = {
    webhookUrl,
    events: [...new Set([...RELAY_EVENTS, TEST_EVENT, ...wish.events, ...own])],
  };
  const area = text(webhookTexts.areaPartnerCenter);
  if (found !== null && !isOurs(session, found)) {
    await agreeToReplace(session, { found, replace: wish.replace, question: webhookTexts.askReplace });
    await keptRegistration(session.open).keep(found);
  }
  if (found?.webhookUrl === webhookUrl && wanted.events.every((event) => found.events.includes(event))) {
    out.check("ok", { area, text: text(webhookTexts.alreadyRight) });
    return shown(found);
  }
  context.checkpoint();
  if (found === null) await registration.register(wanted, world.random.uuid());
  else await registration.update(wanted, world.random.uuid());
  out.check("ok", { area, text: text(webhookTexts.registered, shownValues(wanted)) });
  return shown(wanted);
}

async function refuseUnknownEvents({ context, administration }: WebhookSession, events: readonly string[]) {
  if (events.length === 0) return;
  const known = await administration.registration.eventNames(context.world.random.uuid());
  const unknown = events.find((event) => !known.includes(event));
  if (unknown === undefined) return;
  const values = { event: unknown, nearest: nearestName(unknown, known) ?? TEST_EVENT };
  throw usageProblem(webhookTexts.unknownEvent, { values });
}

/** Puts the kept registration back, or, when there is none, asks for nothing but tests. */
export async function removePartnerCenter(session: WebhookSession) {
  const { context, administration, open } = session;
  const { out, text, world } = context;
  const area = text(webhookTexts.areaPartnerCenter);
  const found = await administration.registration.get(world.random.uuid());
  if (found === null) {
    out.check("ok", { area, text: text(webhookTexts.none) });
    return null;
  }
  const before = await keptRegistration(open).read();
  if (!isOurs(session, found)) {
    // An earlier run put it back and was interrupted before it could forget it.
    if (before !== null && isSame(before, found)) await afterPuttingBack(open);
    out.check("note", { area, text: text(webhookTexts.notOurs, { url: shownAddress(found.webhookUrl) }) });
    return shown(found);
  }
  if (before !== null) {
    await displacedRegistration(open).forget();
    return putBack(session, { before, found });
  }
  const silent = { webhookUrl: found.webhookUrl, events: [TEST_EVENT] };
  await administration.registration.update(silent, world.random.uuid());
  out.check("ok", { area, text: text(webhookTexts.silenced) });
  return shown(silent);
}

export async function listPartnerCenter(session: WebhookSession) {
  const { context, administration, open } = session;
  const { out, text, world } = context;
  const area = text(webhookTexts.areaPartnerCenter);
  const found = await administration.registration.get(world.random.uuid());
  const before = await keptRegistration(open).read();
  const mend = ["→ cosell webhook register partner-center"];
  if (found === null) out.check("bad", { area, text: text(webhookTexts.none), below: mend });
  else {
    const ours = isOurs(session, found);
    const words = text(ours ? webhookTexts.ours : webhookTexts.foreign, shownValues(found));
    out.check(ours ? "ok" : "bad", { area, text: words, below: ours ? [] : mend });
  }
  if (before !== null) {
    out.check("ok", { area: text(webhookTexts.areaBefore), text: text(webhookTexts.ours, shownValues(before)) });
  }
  return {
    registered: found === null ? null : { ...shown(found), ours: isOurs(session, found) },
    kept: before === null ? null : shown(before),
  };
}
