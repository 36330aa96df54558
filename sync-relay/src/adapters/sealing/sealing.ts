import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { RelayError } from "../../core/errors";

// Secrets that the relay keeps (rotating refresh tokens) are stored only in this envelope: AES-256-GCM, with the id of
// the key, and bound to their purpose so that one secret cannot be put in the place of another.

/** Seals and opens secrets. */
export interface Sealing {
  /** Encrypts a text for a purpose with the first key. */
  seal(purpose: string, text: string): string;
  /** Decrypts what was sealed for the same purpose with any of the keys. Throws RelayError CS-1204 otherwise. */
  open(purpose: string, sealed: string): string;
}

interface Envelope {
  readonly v: 1;
  readonly kid: string;
  readonly iv: string;
  readonly tag: string;
  readonly ct: string;
}

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
/** The size GCM is specified for; other sizes weaken it. */
const IV_BYTES = 12;
/** A shorter tag would make forgery easier; Node accepts shorter ones unless told. */
const TAG_BYTES = 16;
const KEY_ID_CHARACTERS = 8;

/** Seals with the first key and opens with any of them, so that a key can be replaced without losing a secret. */
export function createSealing(options: { readonly keys: readonly Uint8Array[] }): Sealing {
  const keys = options.keys.map((key) => ({ id: keyId(key), key }));
  const [first] = keys;
  if (first === undefined || keys.some(({ key }) => key.length !== KEY_BYTES)) {
    throw new Error(`bug: sealing needs keys of ${KEY_BYTES} bytes`);
  }
  return {
    seal: (purpose, text) => JSON.stringify(encrypt(first, purpose, text)),
    open(purpose, sealed) {
      const envelope = parseEnvelope(sealed);
      const match = keys.find(({ id }) => id === envelope?.kid);
      if (envelope === null || match === undefined) throw new RelayError("CS-1204");
      return decrypt(match.key, purpose, envelope);
    },
  };
}

/** Names a key without telling it. */
export function keyId(key: Uint8Array): string {
  return createHash("sha256").update(key).digest("hex").slice(0, KEY_ID_CHARACTERS);
}

/** Name of the key that a secret was sealed with; null when it is not sealed at all. */
export function sealingKeyId(sealed: string): string | null {
  return parseEnvelope(sealed)?.kid ?? null;
}

function encrypt(key: { readonly id: string; readonly key: Uint8Array }, purpose: string, text: string): Envelope {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(purpose, "utf8"));
  const ct = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return {
    v: 1,
    kid: key.id,
    iv: iv.toString("base64"),
    tag: cipher.getAuthTag().toString("base64"),
    ct: ct.toString("base64"),
  };
}

function decrypt(key: Uint8Array, purpose: string, envelope: Envelope): string {
  try {
    const iv = Buffer.from(envelope.iv, "base64");
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(purpose, "utf8"));
    decipher.setAuthTag(Buffer.from(envelope.tag, "base64"));
    return Buffer.concat([decipher.update(envelope.ct, "base64"), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new RelayError("CS-1204", { cause });
  }
}

function parseEnvelope(sealed: string): Envelope | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(sealed);
  } catch {
    return null;
  }
  if (typeof parsed !== "object" || parsed === null) return null;
  const { v, kid, iv, tag, ct } = parsed as Record<string, unknown>;
  if (v !== 1 || typeof kid !== "string" || typeof iv !== "string") return null;
  if (typeof tag !== "string" || typeof ct !== "string") return null;
  return { v, kid, iv, tag, ct };
}
