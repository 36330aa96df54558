import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createDataverseCrm } from "../../src/adapters/dataverse/dataverse-crm";
import { readCrm } from "../../src/core/mapping/read-crm";
import { mutateHeader } from "../byte-mutations";
import type { Dice } from "../dice";
import type { FuzzTarget, StartedTarget } from "../fuzz-target";
import { mutateJson } from "../json-mutations";
import { dataverseAnswers, OPPORTUNITY_ID, REFERRAL_ID } from "../sample-payloads";
import { shippedFieldMap } from "../shipped-field-map";
import { aRandom, aToken, freeBudget, noMetrics, silentLog, standingClock } from "../stand-ins";
import { checkedCall, STATUSES } from "../upstream-promises";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An answer that never ends costs this much of the run. */
const DEADLINE_MS = 2_000;

/** Answers of the Dataverse Web API over real connections: the library that reads them parses inside event listeners. */
export const dataverseAnswerTarget: FuzzTarget = { name: "dataverse-answer", perMille: 15, start };

async function start(): Promise<StartedTarget> {
  let answer: Answer = { status: 200, headers: {}, body: Buffer.from("{}") };
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const fieldMap = shippedFieldMap();
  const crm = createDataverseCrm({
    baseUrl: await listening(server),
    tokens: aToken,
    budget: freeBudget,
    fieldMap,
    clock: standingClock,
    random: aRandom(),
    log: silentLog,
    metrics: noMetrics,
    timeoutMs: DEADLINE_MS,
  });
  const calls: readonly (() => Promise<unknown>)[] = [
    async () => {
      const read = await crm.read(OPPORTUNITY_ID);
      return read.kind === "found" ? readCrm(fieldMap, read.opportunity.values) : read;
    },
    () => crm.findByReferral(REFERRAL_ID),
    () => crm.update(OPPORTUNITY_ID, 'W/"100"', { values: { name: "x" }, section: {} }),
    () => crm.changesSince(null),
    () => crm.whoAmI(),
  ];
  return {
    input: (dice) => {
      const made = anAnswer(dice);
      const attempt = checkedCall(dice.pick(calls));
      return () => {
        answer = made;
        return attempt();
      };
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function anAnswer(dice: Dice): Answer {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (dice.chance(0.1)) headers["retry-after"] = mutateHeader("10", dice);
  if (dice.chance(0.1)) headers["content-type"] = mutateHeader("multipart/mixed; boundary=batchresponse_1", dice);
  const body = dice.chance(0.1) ? batch(dice) : mutateJson(dice.pick(dataverseAnswers), dice);
  return { status: dice.pick(STATUSES), headers, body };
}

/** An answer to several requests in one. */
function batch(dice: Dice): Buffer {
  const part = mutateJson(dice.pick(dataverseAnswers), dice).toString("utf8");
  const lines = ["--batchresponse_1", "Content-Type: application/http", "", "HTTP/1.1 200 OK", "", part];
  return Buffer.from([...lines, dice.chance(0.8) ? "--batchresponse_1--" : "", ""].join("\r\n"));
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
