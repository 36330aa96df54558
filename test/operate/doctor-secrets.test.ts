import { findingWords } from "../../sync-relay/src/operate/doctor/area";
import { secretsArea, type SecretsLook } from "../../sync-relay/src/operate/doctor/secrets-area";
import { masterKeyAge, noteMasterKey, type KeySighting } from "../../sync-relay/src/operate/master-key-age";
import { phraseIn } from "../../sync-relay/src/operate/phrase";
import { healthyParts } from "./doctor-parts";

const DAY_MS = 24 * 60 * 60_000;
const NOW = healthyParts().clock.now();
const KEY = "0a1b2c3d";

function someFacts(stored = new Map<string, string>()): KeySighting["facts"] {
  return {
    fact: async (name) => stored.get(name) ?? null,
    setFact: async (name, value) => void stored.set(name, value),
  };
}

/** A store with secrets that were sealed by these keys, in which a key was first seen some days ago. */
async function seen(daysAgo: number, sealedBy: readonly string[] = []): Promise<KeySighting["facts"]> {
  const facts = someFacts();
  await note(facts, NOW - daysAgo * DAY_MS, sealedBy);
  return facts;
}

const note = (facts: KeySighting["facts"], nowMs: number, sealedBy: readonly string[] = []): Promise<void> =>
  noteMasterKey({
    key: KEY,
    facts,
    secrets: { names: async () => sealedBy, load: async (name) => name },
    keyOf: (sealed) => sealed,
    nowMs,
  });

async function looked(credential: SecretsLook["credential"], facts: KeySighting["facts"]) {
  const parts = healthyParts({ parts: { secrets: { credential, masterKey: KEY } } });
  const store = { ...parts.store, pairs: facts };
  const found = await secretsArea({ ...parts, store });
  return {
    ids: found.findings.map(({ id }) => id),
    summary: phraseIn("en", found.summary),
    french: phraseIn("fr", found.summary),
    words: found.findings.map((one) => Object.values(findingWords(one, "en")).join(" → ")),
  };
}

const fine = { kind: "secret", endsAtMs: NOW + 300 * DAY_MS } as const;

test.each<[SecretsLook["credential"], readonly string[]]>([
  [{ kind: "secret", endsAtMs: NOW + 30 * DAY_MS }, []],
  [{ kind: "secret", endsAtMs: NOW + 30 * DAY_MS - 1 }, ["client-secret-ending"]],
  [{ kind: "secret", endsAtMs: NOW }, ["client-secret-ended"]],
  [{ kind: "secret", endsAtMs: null }, ["client-secret-end-unknown"]],
  [{ kind: "certificate", endsAtMs: NOW + 30 * DAY_MS }, []],
  [{ kind: "certificate", endsAtMs: NOW + 5 * DAY_MS }, ["client-certificate-ending"]],
  [{ kind: "certificate", endsAtMs: NOW - 1 }, ["client-certificate-ended"]],
])("[DC63] of %j is found %j", async (credential, ids) => {
  expect((await looked(credential, await seen(1))).ids).toEqual(ids);
});

test("[DC63] it says until when each is good, and what to run before the end", async () => {
  const facts = await seen(1);
  const secret = await looked({ kind: "secret", endsAtMs: NOW + 5 * DAY_MS }, facts);
  expect(secret.summary).toBe("client secret until 2026-11-28 (5 days), master key since 2026-11-22");
  expect(secret.words[0]).toMatch(
    /app registration client, run: cosell init --client-secret-stdin --client-secret-ends/,
  );
  const certificate = await looked({ kind: "certificate", endsAtMs: NOW + 5 * DAY_MS }, facts);
  expect(certificate.french).toBe(
    "certificat client jusqu’au 2026-11-28 (5 jours), clé maîtresse depuis le 2026-11-22",
  );
  expect(certificate.words[0]).toMatch(/run: cosell init --client-certificate-file/);
});

test("[DC64] a key is old after a year, and the command that replaces it is told", async () => {
  expect((await looked(fine, await seen(364))).ids).toEqual([]);
  const old = await looked(fine, await seen(365));
  expect(old.ids).toEqual(["master-key-old"]);
  expect(old.words).toEqual([
    "the master key 0a1b2c3d has been in use for 365 days, since 2025-11-23 → cosell keys rotate",
  ]);
});

test("[DC64] a key that had sealed before anybody looked is of unknown age, and older than that", async () => {
  const young = await looked(fine, await seen(3, ["other", KEY]));
  expect(young.ids).toEqual([]);
  expect(young.summary).toMatch(/, master key of unknown age, in use since before 2026-11-20$/);
  expect((await looked(fine, await seen(400, [KEY]))).ids).toEqual(["master-key-older"]);
  expect((await looked(fine, await seen(3, ["other"]))).summary).toMatch(/, master key since 2026-11-20$/);
  expect((await looked(fine, someFacts())).summary).toMatch(/, master key of unknown age$/);
});

test("[DC64] what was noted of a key first stays", async () => {
  const facts = await seen(10);
  await note(facts, NOW, [KEY]);
  expect(await masterKeyAge(facts, KEY)).toEqual({ key: KEY, sinceMs: NOW - 10 * DAY_MS, isExact: true });
});
