import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json } from "../../src/core/json";
import { mutateHeader } from "../byte-mutations";
import type { Dice } from "../dice";
import type { StartedTarget } from "../fuzz-target";
import { mutateJson } from "../json-mutations";
import { aRandom, aToken, freeBudget, noMetrics, silentLog, standingClock } from "../stand-ins";
import { checkedCall, STATUSES } from "../upstream-promises";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Calls of the relay to Dataverse, and the answers that are mutated for them. */
export interface AskingRelay {
  readonly answers: readonly Json[];
  readonly calls: (options: ReturnType<typeof adapterOptions>) => readonly (() => Promise<unknown>)[];
}

/** Dataverse over real connections: the library that reads its answers parses them inside event listeners. */
export async function startAnsweringDataverse({ answers, calls: callsOf }: AskingRelay): Promise<StartedTarget> {
  let answer: Answer = { status: 200, headers: {}, body: Buffer.from("{}") };
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const calls = callsOf(adapterOptions(await listening(server)));
  return {
    input: (dice) => {
      const made = anAnswer(answers, dice);
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

function adapterOptions(baseUrl: string) {
  return {
    baseUrl,
    tokens: aToken,
    budget: freeBudget,
    clock: standingClock,
    random: aRandom(),
    log: silentLog,
    metrics: noMetrics,
  };
}

function anAnswer(answers: readonly Json[], dice: Dice): Answer {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (dice.chance(0.1)) headers["retry-after"] = mutateHeader("10", dice);
  if (dice.chance(0.1)) headers["content-type"] = mutateHeader("multipart/mixed; boundary=batchresponse_1", dice);
  const body = dice.chance(0.1) ? batch(answers, dice) : mutateJson(dice.pick(answers), dice);
  return { status: dice.pick(STATUSES), headers, body };
}

/** An answer to several requests in one. */
function batch(answers: readonly Json[], dice: Dice): Buffer {
  const part = mutateJson(dice.pick(answers), dice).toString("utf8");
  const lines = ["--batchresponse_1", "Content-Type: application/http", "", "HTTP/1.1 200 OK", "", part];
  return Buffer.from([...lines, dice.chance(0.8) ? "--batchresponse_1--" : "", ""].join("\r\n"));
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
