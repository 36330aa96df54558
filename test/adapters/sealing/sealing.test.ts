import { randomBytes } from "node:crypto";
import { fc } from "../../support/properties";
import { toRelayError } from "../../../sync-relay/src/core/errors";
import { createSealing, keyId } from "../../../sync-relay/src/adapters/sealing/sealing";

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];

/** Code of the error that opening throws; "opened" when it throws none. */
function codeOf(opening: () => string): string {
  try {
    opening();
    return "opened";
  } catch (error) {
    return toRelayError(error).code;
  }
}

test("[SE1] what was sealed opens again, whatever the text", () => {
  const sealing = createSealing({ keys: [newKey] });
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, purpose) => {
      expect(sealing.open(purpose, sealing.seal(purpose, text))).toBe(text);
    }),
  );
});

test("[SE1] an envelope names its key, does not show the text, and is never the same twice", () => {
  const sealing = createSealing({ keys: [newKey] });
  const [one, two] = [sealing.seal("p", "the-refresh-token"), sealing.seal("p", "the-refresh-token")];
  expect(JSON.parse(one)).toEqual({
    v: 1,
    kid: keyId(newKey),
    iv: expect.any(String),
    tag: expect.any(String),
    ct: expect.any(String),
  });
  expect(one).not.toContain("the-refresh-token");
  expect(one).not.toBe(two);
  const cipherText = (sealed: string) => (JSON.parse(sealed) as { ct: string }).ct;
  expect(cipherText(one)).not.toBe(cipherText(two));
});

test("[SE2] after a key was replaced, older envelopes still open and new ones use the new key", () => {
  const sealed = createSealing({ keys: [oldKey] }).seal("p", "text");
  const rotated = createSealing({ keys: [newKey, oldKey] });
  expect(rotated.open("p", sealed)).toBe("text");
  expect(createSealing({ keys: [newKey] }).open("p", rotated.seal("p", "again"))).toBe("again");
});

test("[SE3] another key, another purpose or a changed envelope does not open: CS-1204", () => {
  const sealing = createSealing({ keys: [newKey] });
  const sealed = sealing.seal("p", "text");
  expect(codeOf(() => createSealing({ keys: [oldKey] }).open("p", sealed))).toBe("CS-1204");
  expect(codeOf(() => sealing.open("q", sealed))).toBe("CS-1204");
  const envelope = JSON.parse(sealed) as Record<string, string>;
  const flipped = (text: string) => (text.startsWith("A") ? "B" : "A") + text.slice(1);
  for (const part of ["iv", "tag", "ct"]) {
    const changed = JSON.stringify({ ...envelope, [part]: flipped(envelope[part] ?? "") });
    expect(codeOf(() => sealing.open("p", changed))).toBe("CS-1204");
  }
  const shortTag = Buffer.from(envelope["tag"] ?? "", "base64").subarray(0, 4);
  expect(codeOf(() => sealing.open("p", JSON.stringify({ ...envelope, tag: shortTag.toString("base64") })))).toBe(
    "CS-1204",
  );
});

test("[SE3] anything that is not an envelope does not open: CS-1204", () => {
  const sealing = createSealing({ keys: [newKey] });
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(codeOf(() => sealing.open("p", text))).toBe("CS-1204");
    }),
  );
  const laterFormat = JSON.stringify({ v: 2, kid: keyId(newKey), iv: "", tag: "", ct: "" });
  expect(codeOf(() => sealing.open("p", laterFormat))).toBe("CS-1204");
});

test("[SE4] keys of another size are not accepted", () => {
  expect(() => createSealing({ keys: [] })).toThrow("32 bytes");
  expect(() => createSealing({ keys: [newKey, randomBytes(16)] })).toThrow("32 bytes");
});
