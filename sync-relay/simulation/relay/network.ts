// The network between a process and a cloud. Every request takes time, in which other things happen, and may fail before
// its effect, after it, or take effect when nobody waits for it any more.

import { RelayError, type ErrorCode } from "../../src/core/errors";
import type { Agenda } from "../agenda";
import type { FaultProfile } from "../fault-profile";
import type { Faults } from "../faults";
import { mark, type Ledger } from "../ledger";
import type { People } from "../people";
import type { SeededRandom } from "../seeded-random";
import type { Life } from "./life";

/** How long a client waits for an answer. */
const TIME_OUT_MS = 10_000;
/** The latest that a request still takes effect: with the list's lag it must show before a create's quarantine ends. */
const LATEST_EFFECT_MS = 80_000;
/** Longer than a lease lasts without a heartbeat. */
const STANDS_STILL_MS = 12_000;
const RETRY_AFTER_MS = 5_000;
const SIGN_IN_REVOKED: ErrorCode = "CS-1202";
/** A sweep waits for both sides before it tells of either. */
const NOTICED_WITHIN_MS = 40_000;

export interface NetworkOptions {
  readonly agenda: Agenda;
  readonly random: SeededRandom;
  readonly profile: FaultProfile;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly people: People;
  readonly life: Life;
  /** Requests that will take effect when nobody waits for them any more. */
  readonly zombies: { count: number };
  /** Whether the sign-in to Partner Center is refused now. */
  readonly isRevoked: () => boolean;
}

/** How a cloud says no. */
export interface Refusals {
  readonly transient: ErrorCode;
  readonly throttled: ErrorCode;
  readonly unauthorized: ErrorCode;
  readonly refused: ErrorCode;
}

export const crmRefusals: Refusals = {
  transient: "CS-1001",
  throttled: "CS-1002",
  unauthorized: "CS-1005",
  refused: "CS-1004",
};

export const partnerCenterRefusals: Refusals = {
  transient: "CS-1101",
  throttled: "CS-1102",
  unauthorized: "CS-1105",
  refused: "CS-1104",
};

export interface Sent<T> {
  readonly name: string;
  readonly refusals: Refusals;
  readonly writes: boolean;
  /** The server does not take it, whoever sends it. */
  readonly isRefused?: () => boolean;
  /** What gives the record that is written a new version, without changing it: a sum was formed anew, a tracking entry made. */
  readonly touch?: () => void;
  /** What the server does; everything happens at once, when this is called. */
  readonly effect: () => Promise<T>;
}

export type Network = <T>(sent: Sent<T>) => Promise<T>;

export function createNetwork(options: NetworkOptions): Network {
  const { agenda, random, profile, faults, ledger, people, life } = options;
  const fail: Fail = (sent, code, details) => {
    ledger.trace?.push(`${agenda.now()} FAIL  ${sent.name} ${code}`);
    mark(ledger, agenda.now() ^ 3);
    throw new RelayError(code, details);
  };

  /** In peace nobody changes anything any more, also not in the middle of a call that began before it. */
  const changeInTime = (): void => {
    if (!faults.ended()) people.change();
  };

  /** Nobody ever hears of it. */
  async function unanswered(sent: Sent<unknown>): Promise<never> {
    await life.wait(TIME_OUT_MS);
    fail(sent, sent.refusals.transient, { inDoubt: sent.writes });
  }

  async function exchange<T>(sent: Sent<T>): Promise<T> {
    ledger.calls += 1;
    const pauseMs = random.int(20, 300);
    if (faults.strikes("interference", profile.interference)) agenda.after(random.int(0, pauseMs), changeInTime);
    if (faults.strikes("stall", profile.stall)) {
      life.standStill(STANDS_STILL_MS);
      await life.wait(STANDS_STILL_MS);
    }
    await life.wait(pauseMs);
    if (sent.touch !== undefined && faults.strikes("new-version", profile.newVersion)) sent.touch();
    turnAway(options, sent, fail);
    if (faults.strikes("request-lost", profile.requestLost)) await unanswered(sent);
    if (sent.writes && faults.strikes("late-effect", profile.lateEffect)) {
      arriveLate(options, sent);
      await unanswered(sent);
    }
    const answer = await sent.effect();
    mark(ledger, agenda.now() ^ 4);
    ledger.trace?.push(`${agenda.now()} CALL  ${sent.name} ${JSON.stringify(answer).slice(0, 80)}`);
    if (faults.strikes("reply-lost", profile.replyLost)) await unanswered(sent);
    await life.wait(random.int(5, 50));
    return answer;
  }

  return (sent) =>
    life.request({
      name: sent.name,
      writes: sent.writes,
      exchange: () => exchange(sent),
      arriveLate: () => arriveLate(options, sent),
    });
}

type Fail = (sent: Sent<unknown>, code: ErrorCode, details: object) => never;

/** The server, or somebody before it, says no; then nothing happened. */
function turnAway(options: NetworkOptions, sent: Sent<unknown>, fail: Fail): void {
  const { random, profile, faults } = options;
  const { refusals, writes } = sent;
  if (refusals === partnerCenterRefusals && options.isRevoked()) {
    expectAlarm(options);
    fail(sent, SIGN_IN_REVOKED, { httpStatus: 400 });
  }
  if (faults.strikes("throttled", profile.throttled)) {
    fail(sent, refusals.throttled, {
      httpStatus: 429,
      ...(random.chance(0.5) ? { retryAfterMs: RETRY_AFTER_MS } : {}),
    });
  }
  if (faults.strikes("unavailable", profile.unavailable)) {
    fail(sent, refusals.transient, { httpStatus: 503, inDoubt: writes });
  }
  if (faults.strikes("unauthorized", profile.unauthorized)) fail(sent, refusals.unauthorized, { httpStatus: 401 });
  if (sent.isRefused?.() === true && faults.strikes("refused", 1)) fail(sent, refusals.refused, { httpStatus: 400 });
}

/** I12: a process that lives long enough to notice must tell of it. */
function expectAlarm({ agenda, faults, ledger, life }: NetworkOptions): void {
  faults.count("sign-in-revoked");
  agenda.after(NOTICED_WITHIN_MS, () => {
    if (life.isAlive()) ledger.expectedAlarms.add(SIGN_IN_REVOKED);
  });
}

/** The request takes effect, but nobody is there to hear of it. */
function arriveLate<T>({ agenda, random, ledger, zombies }: NetworkOptions, { effect }: Sent<T>): void {
  zombies.count += 1;
  agenda.after(random.int(0, LATEST_EFFECT_MS), () => {
    zombies.count -= 1;
    ledger.trace?.push(`${agenda.now()} LATE  a request takes effect that nobody waits for`);
    void effect().catch(() => undefined);
  });
}
