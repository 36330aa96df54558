// Since when a master key is in use. A key carries no date, so the store notes when one is first used. A key that had
// sealed something before anybody looked is older than that note, and nobody can say by how much.

import type { PairStore } from "../ports/pair-store";
import type { SecretStore } from "../ports/secret-store";

/** A master key by its name, which does not tell the key. */
export interface MasterKeyAge {
  readonly key: string;
  readonly sinceMs: number;
  /** False: it was in use before that moment already. */
  readonly isExact: boolean;
}

export interface KeySighting {
  readonly key: string;
  readonly facts: Pick<PairStore, "fact" | "setFact">;
  readonly secrets: Pick<SecretStore, "names" | "load">;
  /** Name of the key that a stored secret was sealed with. */
  readonly keyOf: (sealed: string) => string | null;
  readonly nowMs: number;
}

/** Notes a key when it is seen for the first time. */
export async function noteMasterKey({ key, facts, secrets, keyOf, nowMs }: KeySighting): Promise<void> {
  if ((await facts.fact(factName(key))) !== null) return;
  let hasSealed = false;
  for (const name of await secrets.names()) hasSealed ||= keyOf((await secrets.load(name)) ?? "") === key;
  await facts.setFact(factName(key), JSON.stringify({ since: nowMs, isExact: !hasSealed }));
}

/** What is noted of a key; null when nothing is. */
export async function masterKeyAge(facts: Pick<PairStore, "fact">, key: string): Promise<MasterKeyAge | null> {
  const noted = await facts.fact(factName(key));
  if (noted === null) return null;
  const { since, isExact } = JSON.parse(noted) as { readonly since: number; readonly isExact: boolean };
  return { key, sinceMs: since, isExact };
}

function factName(key: string): string {
  return `master-key ${key}`;
}
