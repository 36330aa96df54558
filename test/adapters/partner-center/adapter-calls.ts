// The four kinds of call of the adapter against canned answers, and what they come to.

import { RelayError } from "../../../sync-relay/src/core/errors";
import { anAdapter } from "./recording-server";
import type { Canned, RecordingServer } from "./recording-server";
import { E_TAG, ENGAGEMENT, OPPORTUNITY, REFERRAL } from "./wire-referral";

export const CORRELATION = "11111111-1111-4111-8111-111111111111";
export const REQUEST = { requestId: "22222222-2222-4222-8222-222222222222", correlationId: CORRELATION };
export const CONDITION = { eTag: E_TAG, correlationId: CORRELATION };
export const OPERATIONS = [{ op: "replace", path: "/details/dealValue", value: 10000 }] as const;
export const PAYLOAD = { name: "Warehouse renewal", externalReferenceId: OPPORTUNITY };

type Adapter = ReturnType<typeof anAdapter>;

export const calls: readonly [string, (adapter: Adapter) => Promise<unknown>][] = [
  ["read", ({ partnerCenter }) => partnerCenter.read(REFERRAL, CORRELATION)],
  ["list", ({ partnerCenter }) => partnerCenter.listEngagement(ENGAGEMENT, CORRELATION)],
  ["create", ({ partnerCenter }) => partnerCenter.create(PAYLOAD, REQUEST)],
  ["patch", ({ partnerCenter }) => partnerCenter.patch(REFERRAL, OPERATIONS, CONDITION)],
];

export const writes: readonly string[] = ["create", "patch"];

/** The RelayError that the work ends with. */
export async function failureOf(work: Promise<unknown>): Promise<RelayError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof RelayError)) throw new Error(`expected a RelayError, got ${String(thrown)}`);
  return thrown;
}

/** Time-out that a hanging server runs into. */
export const IMPATIENT_MS = 200;

/** The failure of a call that is answered so. */
export async function failing(
  server: RecordingServer,
  name: string,
  ...answers: readonly Canned[]
): Promise<{ readonly error: RelayError; readonly adapter: Adapter }> {
  const adapter = anAdapter(server, answers.includes("hang") ? { timeoutMs: IMPATIENT_MS } : {});
  server.answer(...answers);
  const call = calls.find(([candidate]) => candidate === name)?.[1];
  if (call === undefined) throw new Error(`no call ${name}`);
  return { error: await failureOf(call(adapter)), adapter };
}
