import { isWithinBounds } from "../../sync-relay/src/core/json-bounds";
import { fc } from "../support/properties";

const BOUNDS = { depth: 3, values: 10, keys: 4 };
const fits = (text: string) => isWithinBounds(text, BOUNDS);

test("[FZ6] depth is counted over lists and objects", () => {
  expect(fits("[[[1]]]")).toBe(true);
  expect(fits("[[[[1]]]]")).toBe(false);
  expect(fits('{"a":{"a":{"a":1}}}')).toBe(true);
  expect(fits('{"a":[{"a":[]}]}')).toBe(false);
});

test("[FZ6] values are counted in all containers together", () => {
  expect(fits("[1,2,3,4,5,6,7,8,9]")).toBe(true);
  expect(fits("[1,2,3,4,5,6,7,8,9,10]")).toBe(false);
  expect(fits("[[],[],[],[],[]]")).toBe(false);
});

test("[FZ6] keys are counted for each object", () => {
  expect(fits('[{"a":1,"b":1,"c":1,"d":1},{"a":1}]')).toBe(true);
  expect(fits('{"a":1,"b":1,"c":1,"d":1,"e":1}')).toBe(false);
});

test("[FZ6] characters of texts without a key are counted in all lists together, where they are bounded", () => {
  const texts = (text: string) => isWithinBounds(text, { ...BOUNDS, keylessText: 5 });
  expect(texts('["abc",["de"]]')).toBe(true);
  expect(texts('["abc",["def"]]')).toBe(false);
  expect(texts('"abcdef"')).toBe(false);
  expect(texts('[{"abcdef":"ghijkl"}]')).toBe(true);
  expect(fits('["abc",["def"]]')).toBe(true);
});

test("[FZ6] what stands in a string counts nothing", () => {
  expect(fits(JSON.stringify("[[[[[,,,,,,,,,,,,{{{{{"))).toBe(true);
  expect(fits(JSON.stringify('"[[[[[[\\"[[[[[\\\\'))).toBe(true);
  expect(fits(`"${"\\\\".repeat(50)}"${"[".repeat(4)}`)).toBe(false);
  expect(fits('"no end [[[[[[[')).toBe(true);
});

test("[FZ6] every JSON within the bounds is let through, and none beyond them", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value);
      const { depth, values, keys } = measured(value);
      expect(isWithinBounds(text, { depth, values: values + 1, keys })).toBe(true);
      if (depth > 0) expect(isWithinBounds(text, { depth: depth - 1, values: 1e9, keys: 1e9 })).toBe(false);
      if (keys > 1) expect(isWithinBounds(text, { depth: 1e9, values: 1e9, keys: keys - 1 })).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test("[FZ6] a text is read once: twenty times the text is no more than twenty times the characters", () => {
  // Every kind of text that a scanner may read twice.
  for (const piece of ['"', '\\"', "\\", '"\\\\"', "[]", "{}", '{"a":', ",", "x"]) {
    expect(charactersRead(piece.repeat(2_000))).toBeLessThanOrEqual(20 * charactersRead(piece.repeat(100)) + 100);
  }
});

interface Measured {
  readonly depth: number;
  readonly values: number;
  readonly keys: number;
}

function measured(value: unknown): Measured {
  if (typeof value !== "object" || value === null) return { depth: 0, values: 1, keys: 0 };
  const inner = Object.values(value).map(measured);
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    values: inner.reduce((sum, { values }) => sum + values, 2),
    keys: Math.max(Array.isArray(value) ? 0 : Object.keys(value).length, ...inner.map(({ keys }) => keys)),
  };
}

/** Characters looked at one by one; the platform's own search is linear. */
function charactersRead(text: string): number {
  let read = 0;
  const counted: unknown = new Proxy(Object(text) as object, {
    get: (target, name) => {
      if (name === "charCodeAt") read += 1;
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === "function" ? (found.bind(target) as unknown) : found;
    },
  });
  isWithinBounds(counted as string, { depth: 1e9, values: 1e9, keys: 1e9 });
  return read;
}
