import { connect } from "node:net";
import { createHttpServer } from "../../src/adapters/http/http-server";
import { mutateBytes } from "../byte-mutations";
import { promised, type FuzzTarget, type StartedTarget } from "../fuzz-target";
import { dataverseBodies } from "../sample-payloads";
import { silentLog, standingClock } from "../stand-ins";

/** Answers that are about the request. A 500 would mean that our own code failed. */
const EXPECTED = /^HTTP\/1\.1 (202|400|401|404|405|408|413|417|431|200) /;

/** Requests that are no proper HTTP any more, over real connections. */
export const rawRequestTarget: FuzzTarget = { name: "raw-request", perMille: 5, start };

async function start(): Promise<StartedTarget> {
  const server = createHttpServer({
    host: "127.0.0.1",
    port: 0,
    receive: () => Promise.resolve({ status: 202 }),
    health: {},
    metricsText: () => Promise.resolve(""),
    log: silentLog,
    draining: () => false,
    clock: standingClock,
    pageOrigin: "https://contoso.crm.dynamics.com",
    version: "0",
  });
  const { port } = await server.listen();
  const body = JSON.stringify(dataverseBodies[1]);
  const requests = [
    ["POST /webhooks/dataverse HTTP/1.1", "x-cosell-key: s", `content-length: ${body.length}`, "", body],
    ["POST /webhooks/partner-center/t HTTP/1.1", "transfer-encoding: chunked", "", "5", "hello", "0", "", ""],
    ["GET /readyz HTTP/1.1", "accept: */*", "", ""],
  ].map(([line = "", ...rest]) => Buffer.from([line, "host: relay", "connection: close", ...rest].join("\r\n")));
  return {
    input: (dice) => {
      const request = mutateBytes(dice.pick(requests), dice);
      return async () => {
        const answer = await exchange(port, request);
        promised(
          answer === "" || EXPECTED.test(answer),
          `a strange request is answered as such: ${answer.slice(0, 40)}`,
        );
        return answer === "" ? "hung up" : answer.slice(9, 12);
      };
    },
    stop: () => server.close(0),
  };
}

/** Sends bytes and says no more; gives the beginning of the answer. */
function exchange(port: number, request: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(request));
    socket.on("data", (chunk: Buffer) => {
      answer = answer === "" ? chunk.toString("latin1") : answer;
    });
    // A reset is a way of hanging up.
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
  });
}
