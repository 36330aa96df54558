import { createDataverseWebhook } from "../../src/adapters/dataverse/webhook";
import { mutateHeader } from "../byte-mutations";
import { checkedVerdict } from "../event-promises";
import { promised, type FuzzTarget } from "../fuzz-target";
import { mutateJson } from "../json-mutations";
import { dataverseBodies } from "../sample-payloads";
import { silentLog } from "../stand-ins";

const SECRET = "s".repeat(43);
const PATH = "/webhooks/dataverse";

const webhook = () => createDataverseWebhook({ secrets: [SECRET], identity: () => null, log: silentLog });

/** Bodies under the right secret: whoever has it, or broke into the environment, can send anything. */
export const dataverseBodyTarget: FuzzTarget = {
  name: "dataverse-body",
  perMille: 335,
  start: () => {
    const source = webhook();
    return Promise.resolve({
      input: (dice) => {
        const rawBody = mutateJson(dice.pick(dataverseBodies), dice);
        const headers = { "x-cosell-key": SECRET, "x-ms-dynamics-msg-size-exceeded": "1" };
        return async () => checkedVerdict(await source.verify({ path: PATH, headers, rawBody }));
      },
    });
  },
};

/** Headers of a stranger: only the secret itself opens the door. */
export const dataverseHeaderTarget: FuzzTarget = {
  name: "dataverse-headers",
  perMille: 60,
  start: () => {
    const source = webhook();
    const bodies = dataverseBodies.map((body) => Buffer.from(JSON.stringify(body)));
    return Promise.resolve({
      input: (dice) => {
        const rawBody = dice.pick(bodies);
        const given = mutateHeader(SECRET, dice);
        return async () => {
          const verdict = await source.verify({ path: PATH, headers: { "x-cosell-key": given }, rawBody });
          promised(verdict.kind === "rejected" || given === SECRET, "nothing but the secret opens the door");
          return checkedVerdict(verdict);
        };
      },
    });
  },
};
