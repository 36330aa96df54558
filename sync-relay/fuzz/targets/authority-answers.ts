import { createTokenExchange } from "../../src/adapters/entra/token-exchange";
import { mutateHeader } from "../byte-mutations";
import { promised, type FuzzTarget } from "../fuzz-target";
import { mutateJson } from "../json-mutations";
import { tokenAnswers } from "../sample-payloads";
import { noMetrics } from "../stand-ins";
import { checkedCall, STATUSES } from "../upstream-promises";

const AUTHORITY = "https://login.microsoftonline.com";

/** Answers of the sign-in authority, through the real sign-in library. */
export const authorityAnswerTarget: FuzzTarget = {
  name: "authority-answer",
  perMille: 10,
  start: () => {
    let answer = () => new Response("{}");
    const exchange = createTokenExchange({
      authorityUrl: AUTHORITY,
      tenantId: "11111111-2222-4333-8444-555555555555",
      clientId: "66666666-7777-4888-8999-aaaaaaaaaaaa",
      credential: { kind: "secret", secret: "s" },
      metrics: noMetrics,
      fetch: (url) => {
        promised(new URL(url).origin === AUTHORITY, "the credential goes to the authority only");
        return Promise.resolve(answer());
      },
    });
    return Promise.resolve({
      input: (dice) => {
        const body = mutateJson(dice.pick(tokenAnswers), dice);
        const status = dice.pick(STATUSES);
        const headers = dice.chance(0.2) ? { "retry-after": mutateHeader("30", dice) } : {};
        const asApplication = dice.chance(0.5);
        const attempt = checkedCall(() =>
          asApplication ? exchange.asApplication("https://x/.default") : exchange.redeem("rt", "https://x/.default"),
        );
        return () => {
          answer = () => new Response(body, { status, headers });
          return attempt();
        };
      },
    });
  },
};
