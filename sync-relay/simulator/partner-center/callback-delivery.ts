// Sends events to the registered URL as Partner Center does: up to ten attempts, no order, no guarantee. Loss,
// duplicates, delay and reordering are drawn from a seeded source, so that a run can be repeated.

import { createAttemptLog, type Attempt } from "./attempt-log";
import { messageBytes, type EventMessage } from "./event-message";
import type { PartnerCenterSettings } from "./partner-center-settings";
import type { PendingWork } from "./pending-work";
import { postCallback } from "./post-callback";
import type { Registration } from "./registration";
import { signedCallback, type Callback, type SigningContext } from "./signed-callback";

export interface DeliveryContext {
  readonly settings: PartnerCenterSettings;
  readonly work: PendingWork;
  readonly signer: SigningContext["signer"];
  registration(): Registration | null;
  certificateUrl(): string;
  readonly random: () => number;
}

export interface CallbackDelivery {
  /** Sends an event if the registration wants it, with whatever misfortune is set. Does not wait. */
  raise(event: EventMessage): void;
  /** Sends an event without misfortune; resolves with the last status when it arrived or was given up. */
  deliver(event: EventMessage): Promise<number>;
  attempts(): readonly Attempt[];
  /** The last callback that was answered 2xx, for replays. */
  readonly lastDelivered: () => Callback | null;
  reset(): void;
}

export function createCallbackDelivery(context: DeliveryContext): CallbackDelivery {
  const { settings, work, random } = context;
  const log = createAttemptLog();
  let lastDelivered: Callback | null = null;
  let heldBack: EventMessage[] = [];

  const sendOnce = async (event: EventMessage, callback: Callback, attempt: number) => {
    const status = await postCallback(callback, settings.callbackTimeoutMs);
    log.add({ event, attempt, status });
    if (isDelivered(status)) lastDelivered = callback;
    return status;
  };
  const deliver = async (event: EventMessage) => {
    const { signer } = context;
    let status = 0;
    for (let attempt = 1; attempt <= settings.callbackAttempts && !work.isClosed(); attempt += 1) {
      if (attempt > 1) await work.pause(backOffMs(settings, attempt));
      const registration = context.registration();
      if (registration === null || work.isClosed()) break;
      const signing = { registration, settings, signer, certificateUrl: context.certificateUrl() };
      status = await sendOnce(event, signedCallback(messageBytes(event), signing), attempt);
      if (isDelivered(status)) break;
    }
    return status;
  };
  const start = (events: readonly EventMessage[], delayMs: number) => {
    work.after(delayMs, async () => {
      for (const event of events) await deliver(event);
    });
  };
  const release = () => {
    const events = heldBack;
    heldBack = [];
    return events;
  };

  return {
    deliver,
    raise(event) {
      if (context.registration()?.events.includes(event.EventName) !== true) return;
      const misfortune = drawMisfortune(settings, random);
      if (misfortune.isLost) return;
      if (misfortune.isHeldBack) {
        heldBack.push(event);
        work.after(settings.longestDelayMs, () => {
          start(release(), 0);
          return Promise.resolve();
        });
        return;
      }
      start([event, ...release()], misfortune.delayMs);
      if (misfortune.isDuplicated) start([event], misfortune.delayMs);
    },
    attempts: log.all,
    lastDelivered: () => lastDelivered,
    reset: log.reset,
  };
}

function isDelivered(status: number): boolean {
  return status >= 200 && status < 300;
}

function backOffMs({ callbackBackOffMs }: PartnerCenterSettings, attempt: number): number {
  return callbackBackOffMs[attempt - 2] ?? callbackBackOffMs.at(-1) ?? 0;
}

/** Always draws five numbers, so that changing one share does not change what the others do. */
function drawMisfortune(settings: PartnerCenterSettings, random: () => number) {
  const [lost, duplicated, delayed, delay, reordered] = [random(), random(), random(), random(), random()];
  return {
    isLost: lost < settings.lostShare,
    isDuplicated: duplicated < settings.duplicatedShare,
    delayMs: delayed < settings.delayedShare ? Math.ceil(delay * settings.longestDelayMs) : 0,
    isHeldBack: reordered < settings.reorderedShare,
  };
}
