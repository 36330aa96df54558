import { fc } from "../../support/properties";
import {
  createSystemRandom,
  RELAY_NAMESPACE,
  uuidVersion5,
} from "../../../sync-relay/src/adapters/system/system-random";

const random = createSystemRandom();
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("[OB8] the id for a name follows RFC 9562 version 5", () => {
  // The example of the RFC, appendix A.4: namespace DNS and www.example.com.
  const dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  expect(uuidVersion5(dns, "www.example.com")).toBe("2ed6657d-e927-568b-95e1-2665a8aea6a2");
});

test("[OB8] the namespace never changes: the same name has had the same id since the first release", () => {
  expect(RELAY_NAMESPACE).toBe("6f0d3c52-8f0e-4b0b-9a86-2f2f5b6d7c41");
  expect(random.uuidFor("referral:1")).toBe(uuidVersion5(RELAY_NAMESPACE, "referral:1"));
});

test("[OB8] different names have different ids, all well-formed", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 20 }), (names) => {
      const ids = names.map((name) => random.uuidFor(name));
      expect(new Set(ids).size).toBe(new Set(names.map((name) => Buffer.from(name).toString("hex"))).size);
      for (const id of ids) expect(GUID.exec(id)?.[1]).toBe("5");
    }),
  );
});

test("[OB8] random numbers are in [0, 1) and random ids do not repeat", () => {
  const numbers = Array.from({ length: 1000 }, () => random.next());
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(Math.min(...numbers)).toBeLessThan(0.1);
  expect(Math.max(...numbers)).toBeGreaterThan(0.9);
  expect(new Set(Array.from({ length: 1000 }, () => random.uuid())).size).toBe(1000);
});
