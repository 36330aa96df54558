import { secretHeaders } from "../../adapters/dataverse/registration/endpoint";
import type { CommandContext } from "../context";
import { shownAddress } from "../setup/relay-address";
import { webhookTexts } from "../texts/webhook-texts";

/** Whether the relay that listens at an address knows a secret. */
export type Probe =
  | { readonly kind: "accepts" }
  | { readonly kind: "refuses" }
  /** Nobody answers from here, or something else than the relay. */
  | { readonly kind: "absent"; readonly reason: string };

const ANSWER_WITHIN_MS = 10_000;

export interface ProbedAddress {
  readonly url: string;
  /** Sent as a header; null when the secret is in the address. */
  readonly secret: string | null;
}

/**
 * Knocks with the secret and without anything to say. The relay looks at the secret first and tells the two refusals
 * apart: a stranger is "bad-secret", a known caller with nothing to say is malformed or lacks a signature.
 */
export async function probeRelay({ world }: CommandContext, { url, secret }: ProbedAddress): Promise<Probe> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...(secret === null ? {} : secretHeaders(secret)) },
      body: "{}",
      redirect: "manual",
      signal: AbortSignal.any([world.stopping, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    });
    const { result } = (await response.json().catch(() => ({}))) as { readonly result?: unknown };
    if (result === "bad-secret") return { kind: "refuses" };
    const isRelay = result === "malformed" || result === "missing-header";
    return isRelay ? { kind: "accepts" } : { kind: "absent", reason: `HTTP ${response.status}` };
  } catch (thrown) {
    return { kind: "absent", reason: networkReason(thrown) };
  }
}

function networkReason(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code ?? (thrown instanceof Error ? thrown.message : String(thrown));
}

/** Tells how the knock was answered. */
export function showProbe({ out, text }: CommandContext, { url }: ProbedAddress, probe: Probe): void {
  const area = text(webhookTexts.areaRelay);
  const shown = shownAddress(url);
  if (probe.kind === "accepts") out.check("ok", { area, text: text(webhookTexts.relayAccepts, { url: shown }) });
  else if (probe.kind === "refuses") out.check("bad", { area, text: text(webhookTexts.relayRefuses, { url: shown }) });
  else out.check("note", { area, text: text(webhookTexts.relayAbsent, { url: shown, reason: probe.reason }) });
}
