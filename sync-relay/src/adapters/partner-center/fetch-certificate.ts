// Fetches a certificate from an allowed URL and from nowhere else: no redirects, a small answer, a short time, and a
// DNS answer that is public, checked where the connection is made so that a second answer cannot replace the first.

import { lookup as systemLookup } from "node:dns";
import type { LookupAddress } from "node:dns";
import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import type { IncomingMessage } from "node:http";
import { isPublicAddress } from "./public-address";

/** Time for everything that is fetched for one notification; its sender waits meanwhile. */
export const FETCH_WITHIN_MS = 2_000;

/** Largest certificate file; a certificate has about 2 KB. */
const MAX_CERTIFICATE_BYTES = 16 * 1024;

/** What fetching a certificate came to. */
export type FetchedCertificate =
  | { readonly kind: "fetched"; readonly bytes: Uint8Array }
  /** The store could not be reached in time, or is down: worth another try. */
  | { readonly kind: "unavailable"; readonly because: string }
  /** The store's answer is not one that a certificate store gives. */
  | { readonly kind: "refused"; readonly because: string };

/** Fetches a certificate, and gives up when the signal says so. Never rejects. */
export type FetchCertificate = (url: URL, until?: AbortSignal) => Promise<FetchedCertificate>;

/** Resolves a name to all its addresses. */
export type ResolveAddresses = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface CertificateFetchOptions {
  readonly resolve?: ResolveAddresses;
  readonly withinMs?: number;
}

/** Fetches over the network. */
export function createCertificateFetch(options: CertificateFetchOptions = {}): FetchCertificate {
  const resolve = options.resolve ?? resolveWithSystem;
  return (url, until) =>
    new Promise((answer) => {
      const send = url.protocol === "https:" ? tlsRequest : plainRequest;
      const own = AbortSignal.timeout(options.withinMs ?? FETCH_WITHIN_MS);
      const signal = until === undefined ? own : AbortSignal.any([own, until]);
      const requestOptions = { agent: false, signal, lookup: guardedLookup(resolve), headers: { accept: "*/*" } };
      // The look-up reports a refused address through the request's own error event.
      const failed = (error: Error): void => answer(failureOf(error));
      const outgoing = send(url, requestOptions, (response) => {
        readAnswer(response).then(answer, failed);
      });
      outgoing.on("error", failed);
      outgoing.end();
    });
}

class AddressRefused extends Error {}

function failureOf(error: Error): FetchedCertificate {
  if (error instanceof AddressRefused) return { kind: "refused", because: "address-not-public" };
  return { kind: "unavailable", because: error.name === "AbortError" ? "time-out" : "network" };
}

async function readAnswer(response: IncomingMessage): Promise<FetchedCertificate> {
  const status = response.statusCode ?? 0;
  if (status !== 200) {
    response.destroy();
    const passing = status >= 500 || status === 429 || status === 408;
    return { kind: passing ? "unavailable" : "refused", because: `status-${String(status)}` };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_CERTIFICATE_BYTES) {
      response.destroy();
      return { kind: "refused", because: "too-large" };
    }
    chunks.push(chunk);
  }
  return { kind: "fetched", bytes: Buffer.concat(chunks) };
}

type LookupDone = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** A look-up for sockets that answers public addresses only; one private address among others spoils the answer. */
function guardedLookup(resolve: ResolveAddresses) {
  return (hostname: string, options: { readonly all?: boolean | undefined }, done: LookupDone): void => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
          done(new AddressRefused(), "");
        } else if (options.all === true) done(null, [...addresses]);
        else done(null, first.address, first.family);
      },
      (error: unknown) => done(error instanceof Error ? error : new Error("look-up failed"), ""),
    );
  };
}

function resolveWithSystem(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
}
