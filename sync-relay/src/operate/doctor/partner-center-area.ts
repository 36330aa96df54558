import type { RelayError } from "../../core/errors";
import { toRelayError } from "../../core/errors";
import type { Referral } from "../../core/referral";
import { phrase, verbatim } from "../phrase";
import { area, finding, type Area, type Finding } from "./area";
import type { DoctorParts } from "./doctor-parts";
import { signedInAs } from "./signed-in-as";

const DAY_MS = 24 * 60 * 60_000;
const WARN_AHEAD_MS = 14 * DAY_MS;
/** Referrals of this time show whether the user may read them, and which currencies are used. */
const LOOK_BACK_MS = 30 * DAY_MS;

const summary = {
  en: "{name}, {count} referrals changed in 30 days",
  fr: "{name}, {count} références modifiées en 30 jours",
};

/** The area, and the referrals that were read for it; null when they could not be read. */
export interface PartnerCenterLook {
  readonly area: Area;
  readonly referrals: readonly Referral[] | null;
}

type Parts = Pick<DoctorParts, "clock" | "random" | "clientId" | "partnerCenter" | "store">;

/** Whether the relay gets into Partner Center, as whom, and whether that user may read referrals. */
export async function lookAtPartnerCenter(parts: Parts): Promise<PartnerCenterLook> {
  const { clock, random, partnerCenter } = parts;
  const endsAtMs = await partnerCenter.signIn.endsAtMs();
  try {
    const { name, secondFactor } = signedInAs(await partnerCenter.signIn.token());
    const referrals = await partnerCenter.referrals.listChangedSince(clock.now() - LOOK_BACK_MS, random.uuid());
    const findings = [
      ...endingFindings(endsAtMs, clock.now()),
      ...(secondFactor === false ? [finding("no-second-factor")] : []),
    ];
    const words = phrase(summary, { name: name ?? "–", count: referrals.length });
    return { area: area("partner-center", words, findings), referrals };
  } catch (thrown) {
    const found = await failureFinding(toRelayError(thrown), parts);
    return { area: area("partner-center", verbatim("–"), [found]), referrals: null };
  }
}

async function failureFinding(error: RelayError, { store, clientId }: Parts): Promise<Finding> {
  const code = error.details.upstreamCode ?? error.code;
  switch (error.code) {
    case "CS-1202": {
      // Without an answer of the authority there was nothing to show it.
      if (error.details.upstreamCode === undefined) return finding("sign-in-missing");
      return finding("sign-in-expired", { code, waiting: (await store.queue.depth()).events });
    }
    case "CS-1201":
      return finding("credential-refused", { code, client: clientId });
    case "CS-1204":
      return finding("sign-in-sealed");
    case "CS-1105":
      return finding("partner-role-missing", { code });
    case "CS-1203":
      return finding("authority-unreachable");
    case "CS-1101":
      return finding("partner-center-unreachable", { code });
    default:
      throw error;
  }
}

function endingFindings(endsAtMs: number | null, nowMs: number): readonly Finding[] {
  if (endsAtMs === null || endsAtMs - nowMs >= WARN_AHEAD_MS) return [];
  return [finding("sign-in-ending", { days: Math.max(0, Math.floor((endsAtMs - nowMs) / DAY_MS)) })];
}
