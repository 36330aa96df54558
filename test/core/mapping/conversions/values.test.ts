import { empty, fromCrm, fromReferral, notConvertible, toCrm, toReferral } from "./read";

describe("money", () => {
  test.each([
    [1.005, 1.01],
    [-1.005, -1.01],
    [2.675, 2.68],
    [0.1 + 0.2, 0.3],
    ["1234.5", 1234.5],
    ["1e3", 1000],
    [1e-9, 0],
    [-0.001, 0],
    [50000, 50000],
  ])("[CV1] %p is the amount %p", (raw, amount) => {
    expect(fromCrm("money", raw)).toBe(amount);
    expect(fromReferral("money", raw)).toBe(amount);
  });

  test.each(["1,234.50", "12 EUR", "1e999", true, [], {}, 1e14, "99999999999999999999"])(
    "[CV1] %p is no amount",
    (raw) => {
      expect(fromCrm("money", raw)).toBe(notConvertible);
    },
  );
});

describe("numbers", () => {
  test("[CV2] numbers and their spelling are the same number", () => {
    expect(fromCrm("number", " 1.25 ")).toBe(1.25);
    expect(fromCrm("number", 1.25)).toBe(1.25);
    expect(fromCrm("int", "42")).toBe(42);
    expect(fromCrm("number", "abc")).toBe(notConvertible);
  });

  test("[CV2] a fraction, or more than a number can keep, is no whole number", () => {
    expect(fromCrm("int", 3.7)).toBe(notConvertible);
    expect(fromCrm("int", "9007199254740993")).toBe(notConvertible);
  });
});

describe("bool", () => {
  test.each([
    [true, true],
    [1, true],
    ["True", true],
    [false, false],
    [0, false],
    ["false", false],
  ])("[CV3] %p is %p", (raw, said) => {
    expect(fromCrm("bool", raw)).toBe(said);
  });

  test("[CV3] what is neither yes nor no is not guessed", () => {
    expect(fromCrm("bool", "maybe")).toBe(notConvertible);
    expect(fromCrm("bool", 2)).toBe(notConvertible);
  });
});

describe("dates", () => {
  test.each([
    ["2026-11-14", "2026-11-14"],
    ["2026-11-14T00:00:00Z", "2026-11-14"],
    ["2026-11-14T23:59:59.9999999Z", "2026-11-14"],
    ["2026-11-14T23:00:00-05:00", "2026-11-15"],
    ["2024-02-29", "2024-02-29"],
  ])("[CV4] %p is the day %p", (raw, day) => {
    expect(fromReferral("date", raw)).toBe(day);
    expect(fromCrm("date", raw)).toBe(day);
  });

  test("[CV4] a day goes to Partner Center as midnight UTC and to the CRM as the day", () => {
    expect(toReferral("date", "2026-11-14")).toBe("2026-11-14T00:00:00Z");
    expect(toCrm("date", "2026-11-14")).toBe("2026-11-14");
  });

  test.each(["2026-02-30", "2025-02-29", "14/11/2026", "0001-01-01T00:00:00Z", "2026-11-14T24:00:00Z", "soon", 5])(
    "[CV4] %p is no day",
    (raw) => {
      expect(fromReferral("date", raw)).toBe(notConvertible);
    },
  );

  test("[CV5] a point in time is kept to the second, in UTC", () => {
    expect(fromReferral("datetime", "2026-11-14T10:20:30.1234567Z")).toBe("2026-11-14T10:20:30Z");
    expect(fromReferral("datetime", "2026-11-14T10:20:30+02:00")).toBe("2026-11-14T08:20:30Z");
    expect(fromReferral("datetime", "2026-11-14T10:61:00Z")).toBe(notConvertible);
  });
});

describe("currency", () => {
  test("[CV6] a currency is its ISO 4217 code in upper case", () => {
    expect(fromCrm("currency", " eur ")).toBe("EUR");
    expect(fromCrm("currency", "XYZ")).toBe(notConvertible);
    expect(fromCrm("currency", "€")).toBe(notConvertible);
  });
});

describe("country", () => {
  test.each([
    ["fr", "FR"],
    ["France", "FR"],
    ["Royaume-Uni", "GB"],
    ["UK", "GB"],
    ["U.S.A.", "US"],
    ["United States of America", "US"],
    ["Etats-Unis", "US"],
    ["ÉTATS–UNIS", "US"],
    ["Deutschland", "DE"],
    ["Cote d'Ivoire", "CI"],
    ["Côte d’Ivoire", "CI"],
    ["España", "ES"],
    ["Paesi Bassi", "NL"],
    ["Alemanha", "DE"],
    ["Zwitserland", "CH"],
    ["Österreich", "AT"],
    ["NO", "NO"],
    ["Türkiye", "TR"],
  ])("[CV7] %p is %p", (typed, code) => {
    expect(fromCrm("country", typed)).toBe(code);
  });

  test("[CV7] a name that no country or more than one has is not guessed", () => {
    expect(fromCrm("country", "Atlantis")).toBe(notConvertible);
    expect(fromCrm("country", "ZZ")).toBe(notConvertible);
    expect(fromCrm("country", "EU")).toBe(notConvertible);
  });

  test("[CV7] the file's own list adds spellings, and wins", () => {
    const list = { builtin: null, pairs: [{ crm: "The Old World", canonical: "DE" }] };
    expect(fromCrm("country", "the old world", { list })).toBe("DE");
  });
});

describe("empty values", () => {
  test.each(["text", "money", "date", "currency", "country", "choice", "solutions", "people", "status"] as const)(
    "[CV8] null and blanks are empty as %s",
    (as) => {
      expect(fromCrm(as, null)).toBe(empty);
      expect(fromCrm(as, "  ")).toBe(empty);
      expect(fromReferral(as, null)).toBe(empty);
    },
  );
});
