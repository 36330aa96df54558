import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Random } from "../../ports/clock";

/**
 * Namespace of the ids that are made from names. Fixed for the life of the product: opportunities are created under
 * such ids, and another namespace would create them a second time.
 */
export const RELAY_NAMESPACE = "6f0d3c52-8f0e-4b0b-9a86-2f2f5b6d7c41";

/** 53 bits, as many as a number between 0 and 1 can tell apart. */
const STEPS = 2 ** 53;
const VERSION_5 = 0x50;
const RFC_VARIANT = 0x80;

/** Real randomness. */
export function createSystemRandom(): Random {
  return {
    next: () => Number(randomBytes(8).readBigUInt64BE() >> 11n) / STEPS,
    uuid: () => randomUUID(),
    uuidFor: (name) => uuidVersion5(RELAY_NAMESPACE, name),
  };
}

/** A GUID made of a namespace and a name (RFC 9562, section 5.5). */
export function uuidVersion5(namespace: string, name: string): string {
  const space = Buffer.from(namespace.replaceAll("-", ""), "hex");
  const hash = createHash("sha1").update(space).update(name, "utf8").digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | VERSION_5, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | RFC_VARIANT, 8);
  const hex = hash.toString("hex", 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
