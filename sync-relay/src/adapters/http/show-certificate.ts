// The certificate that a public address shows. It is read even when nobody should trust it, because what is wrong with
// it is the question; nothing is ever sent over such a connection.

import { isIP } from "node:net";
import { checkServerIdentity, connect, type TLSSocket } from "node:tls";

/** What an address shows to whoever connects. */
export type ShownByAddress =
  | { readonly kind: "unreachable" }
  /** Something takes the connection and does not speak TLS. */
  | { readonly kind: "no-tls" }
  | { readonly kind: "shown"; readonly certificate: ShownCertificate };

export interface ShownCertificate {
  readonly fromMs: number;
  readonly endsAtMs: number;
  /** Who issued it, in a few words. */
  readonly issuer: string;
  /** Hosts that it is for. */
  readonly names: readonly string[];
  readonly isForHost: boolean;
  /** What OpenSSL says against it, e.g. `CERT_HAS_EXPIRED`; null when it says nothing. */
  readonly objection: string | null;
}

const ANSWERS_WITHIN_MS = 5_000;
const HTTPS_PORT = 443;

/** Asks an https address for its certificate. Never throws. */
export function showCertificate(url: string): Promise<ShownByAddress> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    // TLS knows names only: a bare IP address may not be asked for by name.
    const byName = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ host, port: Number(port || HTTPS_PORT), rejectUnauthorized: false, ...byName });
    let isConnected = false;
    const end = (shown: ShownByAddress): void => {
      socket.destroy();
      resolve(shown);
    };
    const fail = (): void => end({ kind: isConnected ? "no-tls" : "unreachable" });
    socket.setTimeout(ANSWERS_WITHIN_MS, fail);
    socket.once("connect", () => (isConnected = true));
    socket.once("error", fail);
    socket.once("close", fail);
    socket.once("secureConnect", () => end({ kind: "shown", certificate: certificateOn(socket, host) }));
  });
}

function certificateOn(socket: TLSSocket, host: string): ShownCertificate {
  const peer = socket.getPeerCertificate();
  const issuer = [peer.issuer.O, peer.issuer.CN].flat().filter((part) => part !== undefined);
  return {
    fromMs: Date.parse(peer.valid_from),
    endsAtMs: Date.parse(peer.valid_to),
    issuer: issuer.join(", "),
    names: namesIn(peer.subjectaltname ?? ""),
    isForHost: checkServerIdentity(host, peer) === undefined,
    objection: socket.authorized ? null : String(socket.authorizationError),
  };
}

/** `DNS:a.example, IP Address:127.0.0.1` as names. */
function namesIn(alternatives: string): readonly string[] {
  return [...alternatives.matchAll(/(?:DNS|IP Address):([^,\s]+)/g)].map(([, name]) => String(name));
}
