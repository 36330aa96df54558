// Loaded into a `cosell` process before its own code (`node --import`): counts the steps at which it can be stopped and
// stops it at one of them. A step is a request that is about to leave, the answer to one that may have changed
// something, and a file that is about to be, or was just, moved into its place. Nothing changes between two reads, so
// reads in a row may count as one step.

import { appendFileSync } from "node:fs";
import files from "node:fs/promises";
import { subscribe } from "node:diagnostics_channel";

const stopAt = Number(process.env["STOP_AT_STEP"]);
const signal = process.env["STOP_BY"] === "SIGINT" ? "SIGINT" : "SIGKILL";
const note = process.env["STOP_NOTE"] ?? "";
const readsTogether = process.env["STOP_READS"] === "together";
let steps = 0;
let isReading = false;

function step(name: string): void {
  steps += 1;
  if (steps !== stopAt) return;
  appendFileSync(note, name);
  process.kill(process.pid, signal);
}

interface Request {
  readonly method: string;
  readonly path: string;
}

const told = ({ method, path }: Request): string => `${method} ${path.split("?")[0] ?? ""}`;
const before = (message: unknown): void => {
  const { request } = message as { readonly request: Request };
  const wasReading = isReading;
  isReading = request.method === "GET";
  if (readsTogether && wasReading && isReading) return;
  step(`before ${told(request)}`);
};
const after = (message: unknown): void => {
  const { request } = message as { readonly request: Request };
  if (request.method !== "GET") step(`after ${told(request)}`);
};
subscribe("http.client.request.created", before);
subscribe("http.client.response.finish", after);
subscribe("undici:request:create", before);
subscribe("undici:request:headers", after);

const { rename } = files;
files.rename = async (from, to) => {
  step(`before the file ${String(to)}`);
  await rename(from, to);
  step(`after the file ${String(to)}`);
};
