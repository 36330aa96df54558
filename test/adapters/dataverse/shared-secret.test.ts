import type * as Crypto from "node:crypto";
import { createSecretCheck } from "../../../sync-relay/src/adapters/dataverse/shared-secret";

const compared: [number, number][] = [];

jest.mock("node:crypto", () => {
  const real = jest.requireActual<typeof Crypto>("node:crypto");
  return {
    ...real,
    timingSafeEqual: (a: Uint8Array, b: Uint8Array) => {
      compared.push([a.byteLength, b.byteLength]);
      return real.timingSafeEqual(a, b);
    },
  };
});

const FIRST = "a".repeat(40);
const SECOND = "b".repeat(64);
const DIGEST_BYTES = 32;

test.each([
  ["the first secret", FIRST, true],
  ["the second secret", SECOND, true],
  ["a secret that is right but for its end", `${FIRST.slice(1)}-`, false],
  ["a secret that is wrong from its beginning", `-${FIRST.slice(1)}`, false],
  ["nothing", "", false],
  ["a very long text", "a".repeat(10_000), false],
  ["both secrets", `${FIRST},${SECOND}`, false],
  ["text beyond ASCII", "é€😀", false],
])("[DW14] for %s, digests of one length are compared with every secret", (_name, given, expected) => {
  const isSecret = createSecretCheck([FIRST, SECOND]);
  compared.length = 0;
  expect(isSecret(given)).toBe(expected);
  expect(compared).toEqual([
    [DIGEST_BYTES, DIGEST_BYTES],
    [DIGEST_BYTES, DIGEST_BYTES],
  ]);
});
