import { read, refused, type TextRead } from "./setting-text";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const HOST_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;
const MAX_PORT = 65_535;

/**
 * An upstream or public address, without a slash at its end. Anything may be pointed at, but only a loopback address
 * may be spoken to in the clear, and nothing secret may hide in the address.
 */
export function readAddress(text: string): TextRead<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return refused("is not an address; write https://host");
  if (url.username !== "" || url.password !== "") return refused("holds a user name or password; leave them out");
  if (url.search !== "" || url.hash !== "") return refused("holds a ? or # part; give only scheme, host and path");
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return refused("is not encrypted; write https:// (http:// is taken for loopback addresses only)");
  }
  return read(url.href.replace(/\/+$/, ""));
}

/** A host name; a loopback host may carry a port. */
export function readHost(text: string): TextRead<string> {
  const host = text.toLowerCase();
  const [, name = "", port] = /^(.*?)(?::(\d{1,5}))?$/.exec(host) ?? [];
  if (isLoopback(name)) return isPort(port) ? read(host) : refused("names a loopback host with a port out of range");
  if (port === undefined && HOST_NAME.test(host)) return read(host);
  return refused("is not a plain host name; write it without scheme, port and path");
}

/** A PostgreSQL connection address. Another machine is spoken to only by TLS and after a look at its certificate. */
export function readDatabaseAddress(text: string): TextRead<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    return refused("is not a database address; write postgresql://user:password@host:5432/name");
  }
  if (isOnThisMachine(url) || lastOf(url, "sslmode") === "verify-full") return read(text);
  return refused("is not encrypted, or not to a server that is known; add sslmode=verify-full to its ? part");
}

/** The driver takes the host of the ? part before the other one; a path is a socket in the file system. */
function isOnThisMachine(url: URL): boolean {
  const host = lastOf(url, "host") ?? url.hostname.replaceAll("%2F", "/").replaceAll("%2f", "/");
  return host.startsWith("/") || isLoopback(host.toLowerCase());
}

/** Of a repeated parameter the driver takes the last. */
function lastOf({ searchParams }: URL, name: string): string | undefined {
  return searchParams.getAll(name).at(-1);
}

/** A web link with a place for the referral id; in the clear for loopback only. */
export function readLinkTemplate(text: string): TextRead<string> {
  if (!text.includes("{referralId}")) return refused("has no {referralId}; put it where the id belongs");
  const sample = text.replaceAll("{referralId}", "id");
  const url = URL.canParse(sample) ? new URL(sample) : null;
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  return safe ? read(text) : refused("is not a link; write https://…");
}

/** Whether a host, as URL.hostname spells it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

function isPort(text: string | undefined): boolean {
  return text === undefined || (Number(text) > 0 && Number(text) <= MAX_PORT);
}
