import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from "@azure/msal-node";

// The sign-in library speaks to the authority through this client. It keeps what the authority answered, because the
// library hides the rotated refresh token and folds several refusals into one error. And it is the place where a
// loopback authority is put in: the library insists on https and knows the real authority by name, so it keeps the
// real name and only the address of the connection changes.

/** `fetch` as the relay uses it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What the authority answered last; null before an answer. */
export interface AuthorityAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterMs: number | null;
}

export interface NetworkClient extends INetworkModule {
  /** True once something was sent. */
  sent(): boolean;
  lastAnswer(): AuthorityAnswer | null;
}

/** The authority whose metadata the library knows without asking. */
export const REAL_AUTHORITY = "https://login.microsoftonline.com";

/** A sign-in that takes longer is tried again rather than waited for. */
const ANSWER_WITHIN_MS = 10_000;

/** Longest pause taken from an answer; a wrong header must not stop the relay for days. */
const MAX_RETRY_AFTER_MS = 60 * 60_000;

/** Largest answer that is read. Tokens and metadata have a few KB. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** A client for one exchange. */
export function createNetworkClient(authorityUrl: string, fetch: Fetch): NetworkClient {
  let sent = false;
  let answer: AuthorityAnswer | null = null;

  async function send<T>(url: string, init: RequestInit): Promise<NetworkResponse<T>> {
    sent = true;
    answer = null;
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    // A redirect would carry the credential somewhere else.
    const response = await fetch(reachableAddress(url, authorityUrl), { ...init, signal, redirect: "error" });
    const body = parseObject(await readBounded(response));
    answer = { status: response.status, body, retryAfterMs: retryAfterMs(response.headers.get("retry-after")) };
    // The library reads the body as the type that belongs to its own request.
    return { status: response.status, headers: Object.fromEntries(response.headers), body: body as T };
  }

  return {
    sendGetRequestAsync: <T>(url: string, options?: NetworkRequestOptions) =>
      send<T>(url, { method: "GET", headers: options?.headers ?? {} }),
    sendPostRequestAsync: <T>(url: string, options?: NetworkRequestOptions) =>
      send<T>(url, { method: "POST", headers: options?.headers ?? {}, body: options?.body ?? "" }),
    sent: () => sent,
    lastAnswer: () => answer,
  };
}

/** Name of the authority for the library: the real one unless another https authority is configured. */
export function authorityName(authorityUrl: string): string {
  return authorityUrl.startsWith("http://") ? REAL_AUTHORITY : authorityUrl;
}

/** Where an address of the authority is really reached. */
export function reachableAddress(url: string, authorityUrl: string): string {
  const redirected = authorityUrl.startsWith("http://") && url.startsWith(`${REAL_AUTHORITY}/`);
  return redirected ? authorityUrl + url.slice(REAL_AUTHORITY.length) : url;
}

/** The body as text; nothing when it is too large, which no answer of an authority is. Counts decompressed bytes. */
async function readBounded(response: Response): Promise<string> {
  if (response.body === null) return "";
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new TextDecoder().decode(Buffer.concat(chunks));
    size += value.byteLength;
    if (size > MAX_ANSWER_BYTES) {
      // A reset while cancelling changes nothing: the answer is not used either way.
      await reader.cancel().catch(() => undefined);
      return "";
    }
    chunks.push(value);
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function retryAfterMs(header: string | null): number | null {
  if (header === null || !/^\d{1,6}$/.test(header)) return null;
  return Math.min(Number(header) * 1000, MAX_RETRY_AFTER_MS);
}
