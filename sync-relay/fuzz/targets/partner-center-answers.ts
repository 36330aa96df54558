import { shippedFieldMap } from "../shipped-field-map";
import { createPartnerCenter } from "../../src/adapters/partner-center/partner-center";
import { createPartnerCenterRegistration } from "../../src/adapters/partner-center/registration";
import { readReferral } from "../../src/core/mapping/read-referral";
import { mutateHeader } from "../byte-mutations";
import type { Dice } from "../dice";
import { promised, type FuzzTarget, type StartedTarget } from "../fuzz-target";
import { mutateJson } from "../json-mutations";
import { partnerCenterAnswers, REFERRAL_ID, referral, registrationAnswers } from "../sample-payloads";
import { aRandom, aToken, freeBudget, noMetrics, NOW_MS, silentLog, standingClock } from "../stand-ins";
import { checkedCall, STATUSES } from "../upstream-promises";

const HOST = "https://api.partnercenter.microsoft.com";
const CORRELATION_ID = "00000000-0000-4000-8000-000000000001";

/** Answers of the referrals API, read, mapped and refused. */
export const partnerCenterAnswerTarget: FuzzTarget = { name: "partner-center-answer", perMille: 40, start };

function start(): Promise<StartedTarget> {
  let answers: readonly Answer[] = [];
  let asked = 0;
  const options = {
    baseUrl: HOST,
    tokens: aToken,
    budget: freeBudget,
    clock: standingClock,
    random: aRandom(),
    log: silentLog,
    metrics: noMetrics,
    fetch: ((url: string) => {
      promised(new URL(url).origin === HOST, "no answer leads to another host");
      const answer = answers[asked % answers.length];
      asked += 1;
      return Promise.resolve(responseOf(answer ?? { status: 200, headers: {}, body: "" }));
    }) as typeof fetch,
  };
  const api = createPartnerCenter(options);
  const registration = createPartnerCenterRegistration(options);
  const fieldMap = shippedFieldMap();
  const calls: readonly (() => Promise<unknown>)[] = [
    async () => {
      const read = await api.read(REFERRAL_ID, CORRELATION_ID);
      return read.kind === "found" ? readReferral(fieldMap, read.referral) : read;
    },
    () => api.listChangedSince(NOW_MS - 3_600_000, CORRELATION_ID),
    () => api.listEngagement(REFERRAL_ID, CORRELATION_ID),
    () => api.create(referral, { requestId: "r", correlationId: CORRELATION_ID }),
    () => api.patch(REFERRAL_ID, [], { eTag: '"1"', correlationId: CORRELATION_ID }),
    () => registration.get(CORRELATION_ID),
    () => registration.testResult("x", CORRELATION_ID),
  ];
  return Promise.resolve({
    input: (dice) => {
      const made = [answer(dice), answer(dice)];
      const attempt = checkedCall(dice.pick(calls));
      return () => {
        answers = made;
        asked = 0;
        return attempt();
      };
    },
  });
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

function answer(dice: Dice): Answer {
  const body = mutateJson(dice.pick([...partnerCenterAnswers, ...registrationAnswers]), dice);
  const headers: Record<string, string> = {};
  if (dice.chance(0.1)) headers["retry-after"] = mutateHeader(dice.pick(["57", "Wed, 21 Oct 2026 07:28:00 GMT"]), dice);
  if (dice.chance(0.1)) headers["etag"] = mutateHeader('"abc"', dice);
  return { status: dice.pick(STATUSES), headers, body };
}

function responseOf({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers });
}
