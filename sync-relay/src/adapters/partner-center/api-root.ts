import { isLoopbackLiteral } from "./public-address";

/**
 * The root of an API, without a trailing slash. Throws when it is not https: the token would travel in the clear. Only
 * an address of this machine may be plain http, for the simulator.
 */
export function apiRoot(baseUrl: string): string {
  const url = new URL(baseUrl);
  const safe = url.protocol === "https:" || (url.protocol === "http:" && isLoopbackLiteral(url.hostname));
  if (!safe || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new Error(`not a usable API address: ${url.origin}`);
  }
  return url.href.replace(/\/+$/, "");
}
