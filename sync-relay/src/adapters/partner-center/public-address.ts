// Which network addresses the relay may be sent to by somebody else's words. Only globally routable unicast ones: not
// this machine, not the private network around it, not a cloud's metadata service, and none of the ways to write such
// an address inside another one (IPv4-mapped, NAT64, 6to4, Teredo …).

import ipaddr from "ipaddr.js";

/** Whether an address is public. What cannot be parsed is not. */
export function isPublicAddress(address: string): boolean {
  // ipaddr.js also reads octal, hexadecimal and shortened IPv4; a resolver never answers those.
  if (!ipaddr.IPv6.isValid(address) && !ipaddr.IPv4.isValidFourPartDecimal(address)) return false;
  return ipaddr.parse(address).range() === "unicast" && !isDocumentedException(address);
}

/** Whether a URL's host is an address (not a name) of this machine. */
export function isLoopbackLiteral(hostname: string): boolean {
  const address = hostname.replace(/^\[(.*)\]$/, "$1");
  if (!ipaddr.IPv6.isValid(address) && !ipaddr.IPv4.isValidFourPartDecimal(address)) return false;
  return ipaddr.parse(address).range() === "loopback";
}

/** Whether a URL's host is written as an address. */
export function isAddressLiteral(hostname: string): boolean {
  return hostname.startsWith("[") || ipaddr.IPv4.isValid(hostname);
}

/**
 * Ranges that ipaddr.js counts as unicast, but which lead into other networks: IPv4-compatible IPv6 (::/96), and the
 * platform address of Azure.
 */
function isDocumentedException(address: string): boolean {
  if (address === "168.63.129.16") return true;
  const parsed = ipaddr.parse(address);
  return parsed instanceof ipaddr.IPv6 && parsed.parts.slice(0, 6).every((part) => part === 0);
}
