// A Partner Center of canned answers that remembers what it was asked.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createPartnerCenter } from "../../../sync-relay/src/adapters/partner-center/partner-center";
import type { PartnerCenterOptions } from "../../../sync-relay/src/adapters/partner-center/partner-center";
import type { Json } from "../../../sync-relay/src/core/json";
import {
  aCountingRandom,
  aRecordingBudget,
  aRecordingLog,
  aRecordingMetrics,
  aSteppedClock,
  aTokenSource,
} from "./doubles";

export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer; "hang" never answers, "drop" closes the connection after reading the request. */
export type Canned =
  | {
      readonly status?: number;
      readonly json?: Json;
      readonly text?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | "hang"
  | "drop";

export interface RecordingServer {
  readonly url: string;
  readonly requests: readonly Recorded[];
  /** Answers from now on, one each; the last one repeats. */
  answer(...answers: readonly Canned[]): void;
  close(): Promise<void>;
}

export async function aRecordingServer(): Promise<RecordingServer> {
  const requests: Recorded[] = [];
  let answers: readonly Canned[] = [{ status: 500 }];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = request.headers as Record<string, string>;
      const body = Buffer.concat(chunks).toString();
      requests.push({ method: request.method ?? "", url: decodeURIComponent(request.url ?? ""), headers, body });
      const [canned = "drop"] = answers;
      if (answers.length > 1) answers = answers.slice(1);
      if (canned === "hang") return;
      if (canned === "drop") {
        request.socket.destroy();
        return;
      }
      response.writeHead(canned.status ?? 200, canned.headers);
      response.end(canned.text ?? (canned.json === undefined ? "" : JSON.stringify(canned.json)));
    });
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    answer: (...next) => {
      answers = next;
    },
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

export function theSurroundings() {
  const clock = aSteppedClock();
  return {
    clock,
    tokens: aTokenSource(),
    budget: aRecordingBudget(),
    random: aCountingRandom(),
    log: aRecordingLog(),
    metrics: aRecordingMetrics(),
  };
}

export function anAdapter(server: Pick<RecordingServer, "url">, changes: Partial<PartnerCenterOptions> = {}) {
  const around = theSurroundings();
  return { ...around, partnerCenter: createPartnerCenter({ baseUrl: server.url, ...around, ...changes }) };
}
