import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Callback } from "./signed-callback";

/** Sends a callback once and gives the answer's status; 0 when there was no answer in time. Redirects are not followed. */
export function postCallback({ url, headers, body }: Callback, timeoutMs: number): Promise<number> {
  return new Promise((resolve) => {
    const send = url.startsWith("https:") ? httpsRequest : httpRequest;
    const options = { method: "POST", agent: false as const, headers: { ...headers, "Content-Length": body.length } };
    const sent = send(url, { ...options, signal: AbortSignal.timeout(timeoutMs) }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
      answer.once("error", () => resolve(0));
    });
    sent.once("error", () => resolve(0));
    sent.end(body);
  });
}
