import type { Labels } from "../../../../solution/schema/labels";
import { toRelayError, type RelayError } from "../../core/errors";
import { finding, type Finding } from "./area";

// An area is made of single checks. Whoever may not look at one of them is told so for that one, and the others go on.

/** What came of a single check: what was seen, or the finding that it could not be looked at. */
export type Looked<T> =
  | { readonly kind: "seen"; readonly value: T }
  | { readonly kind: "not-checked"; readonly findings: readonly Finding[] };

/** Runs a check. `what` says in a few words what it is about. */
export async function looked<T>(what: Labels, check: () => Promise<T>): Promise<Looked<T>> {
  try {
    return { kind: "seen", value: await check() };
  } catch (thrown) {
    const error = toRelayError(thrown);
    if (error.code !== "CS-1005") throw error;
    return { kind: "not-checked", findings: [finding("not-checked", { what, missing: missingIn(error) })] };
  }
}

/** What a single check finds: what follows from what was seen, or that it could not be looked at. */
export function findingsOf<T>(one: Looked<T>, judge: (seen: T) => readonly Finding[]): readonly Finding[] {
  return one.kind === "seen" ? judge(one.value) : one.findings;
}

/** What was seen, or something in its place. */
export function seenOr<T, U>(one: Looked<T>, otherwise: U): T | U {
  return one.kind === "seen" ? one.value : otherwise;
}

/** The privilege that Dataverse names in its refusal, or whatever code there is. */
function missingIn({ code, details }: RelayError): string {
  return /\bprv\w+/.exec(details.upstreamMessage ?? "")?.[0] ?? details.upstreamCode ?? code;
}
