// The referral link is text that others wrote. It becomes a link only if it leads, over https, to Partner Center.

/** Hosts that a referral link may lead to. */
export const allowedHosts: readonly string[] = ["partner.microsoft.com", "partnercenter.microsoft.com"];

/** The address to open, or null when the text is none that may be opened. */
export function safeLink(text: string | null): string | null {
  const url = parsed((text ?? "").trim());
  if (url === null || url.protocol !== "https:") return null;
  // A name and password before the host, or another port, only serve to make an address look like another.
  const plain = url.username === "" && url.password === "" && url.port === "";
  return plain && allowedHosts.includes(url.hostname) ? url.href : null;
}

function parsed(text: string): URL | null {
  // The parser drops tabs and line breaks and turns backslashes round; what needs that was not written as an address.
  if (/[\s\\]|[^\x20-\x7e]/.test(text)) return null;
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
