/** What answers at an address. */
export type ProbedAddress =
  | {
      readonly kind: "relay";
      /** Null where only the webhooks are published. */
      readonly version: string | null;
      /** Pages for operators that can be read there. */
      readonly openPages: readonly string[];
      /** The same host takes webhooks without TLS, too. */
      readonly inTheClear: boolean;
    }
  | { readonly kind: "other" }
  | { readonly kind: "unreachable" };

export interface ProbeOptions {
  /** Where a host would answer without TLS. */
  readonly clearPort?: number;
}

const ANSWERS_WITHIN_MS = 5_000;
const OWN_NAME = "cosell-sync";
const PLAIN_HTTP = 80;
/** Of these each tells what it is by what it says. `/livez` may be published. */
const OPERATORS_PAGES = [
  ["/version", (text: string) => versionIn(text) !== null],
  ["/metrics", (text: string) => text.includes("cosell_build_info")],
  ["/readyz", (text: string) => text.includes('"ready"') && text.includes('"checks"')],
] as const;

/** Asks an address whether a relay of this product is there, and what else of it can be seen. Never throws. */
export async function probeAddress(url: string, { clearPort = PLAIN_HTTP }: ProbeOptions = {}): Promise<ProbedAddress> {
  try {
    if (!(await takesWebhooks(url))) return { kind: "other" };
    const [pages, inTheClear] = await Promise.all([
      Promise.all(OPERATORS_PAGES.map(([page]) => textOf(`${url}${page}`))),
      takesWebhooksInTheClear(url, clearPort),
    ]);
    const openPages = OPERATORS_PAGES.filter(([, isOurs], n) => isOurs(pages[n] ?? "")).map(([page]) => page);
    return { kind: "relay", version: versionIn(pages[0] ?? ""), openPages, inTheClear };
  } catch {
    return { kind: "unreachable" };
  }
}

/** Webhooks are the one thing that must be published; only a relay refuses to show theirs in just these words. */
async function takesWebhooks(url: string): Promise<boolean> {
  const answer = await ask(`${url}/webhooks/dataverse`);
  const words = await answer.text();
  return answer.status === 405 && answer.headers.get("allow") === "POST" && words === '{"error":"method not allowed"}';
}

function ask(address: string): Promise<Response> {
  return fetch(address, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS), redirect: "manual" });
}

async function textOf(address: string): Promise<string> {
  try {
    return await (await ask(address)).text();
  } catch {
    return "";
  }
}

async function takesWebhooksInTheClear(url: string, port: number): Promise<boolean> {
  const { hostname, pathname, protocol } = new URL(url);
  if (protocol !== "https:") return false;
  return takesWebhooks(`http://${hostname}:${port}${pathname.replace(/\/+$/, "")}`).catch(() => false);
}

function versionIn(text: string): string | null {
  try {
    const { name, version } = JSON.parse(text) as { readonly name?: unknown; readonly version?: unknown };
    return name === OWN_NAME && typeof version === "string" ? version : null;
  } catch {
    return null;
  }
}
