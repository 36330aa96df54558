import type { RelayAnswer } from "../findings";

// Asks the relay whether it runs. The relay is at another address than this page, so a browser may keep its answer from
// the page, or may not be allowed to call it at all: each is told apart as far as it can be, and nothing is guessed.

/** Where the relay answers as long as its process runs. */
export const LIVENESS_PATH = "/livez";
/** What it answers there. */
export const LIVENESS_ANSWER = '{"alive":true}';

/** Calls an address; rejects when no answer reached the page. */
export type Ask = (address: string, mode: "cors" | "no-cors") => Promise<Response>;

const ANSWER_WITHIN_MS = 10_000;

/** The address of the relay in a form that paths can be put behind; null for anything that is no web address. */
export function relayAddressOf(value: string | null): string | null {
  if (value === null) return null;
  try {
    const { protocol, origin, pathname } = new URL(value.trim());
    return protocol === "https:" || protocol === "http:" ? `${origin}${pathname}`.replace(/\/+$/, "") : null;
  } catch {
    return null;
  }
}

export async function askRelay(value: string | null, ask: Ask = askByFetch): Promise<RelayAnswer> {
  const address = relayAddressOf(value);
  if (address === null) return { kind: "no-address" };
  const liveness = `${address}${LIVENESS_PATH}`;
  const readable = await outcome(ask(liveness, "cors"));
  if (readable !== undefined) return { kind: (await saysAlive(readable)) ? "alive" : "other", address };
  // Without asking for a readable answer, a browser tells at least whether there was one.
  const hidden = await outcome(ask(liveness, "no-cors"));
  return { kind: hidden === undefined ? "unseen" : "hidden", address };
}

async function saysAlive(response: Response): Promise<boolean> {
  try {
    const body: unknown = await response.json();
    return response.ok && typeof body === "object" && body !== null && "alive" in body && body.alive === true;
  } catch {
    return false;
  }
}

async function outcome<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch {
    return undefined;
  }
}

async function askByFetch(address: string, mode: "cors" | "no-cors"): Promise<Response> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ANSWER_WITHIN_MS);
  try {
    // No cookie and no referrer: the relay need not know who looks.
    return await fetch(address, {
      mode,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: limit.signal,
    });
  } finally {
    clearTimeout(timer);
  }
}
