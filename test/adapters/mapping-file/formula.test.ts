import type { Json } from "../../../sync-relay/src/core/json";
import { compileFormula } from "../../../sync-relay/src/adapters/mapping-file/formula";
import { like } from "../../../sync-relay/src/adapters/mapping-file/like";

function run(text: string, values: Record<string, Json>, variable: "crm" | "referral" = "crm"): unknown {
  const compiled = compileFormula(text, variable);
  if (compiled.kind === "refused") throw new Error(compiled.refused.map(({ message }) => message).join("; "));
  const result = compiled.source.evaluate(values);
  return result.kind === "value" ? result.value : result;
}

function refusal(text: string): string {
  const compiled = compileFormula(text, "crm");
  return compiled.kind === "ok" ? "accepted" : compiled.refused.map(({ message }) => message).join("; ");
}

test.each<[string, Record<string, Json>, Json]>([
  ['has(crm.a.b) ? crm.a.b : "none"', { "a.b": "there" }, "there"],
  ['has(crm.a.b) ? crm.a.b : "none"', { "a.b": null }, "none"],
  ['crm.?a.?b.orValue("none")', {}, "none"],
  ["crm.n + 1", { n: 5 }, 6],
  ["2 * crm.n / 4", { n: 5 }, 2.5],
  ["7", {}, 7],
  ["crm.n == 5 ? 'five' : 'other'", { n: 5 }, "five"],
  ['crm["a"].startsWith("x")', { a: "xyz" }, true],
  ["like(crm.a, 'con*so ?')", { a: "Contoso B" }, true],
  ["['a', crm.a]", { a: "b" }, ["a", "b"]],
])("[MF11] %s on %p is %p", (text, values, result) => {
  expect(run(text, values)).toEqual(result);
});

test("[MF11] a formula may read a referral, list and all", () => {
  const referral = { team: [{ email: "a@x.example" }, { email: null }], details: { notes: null } };
  expect(run("referral.team[0].email", referral, "referral")).toBe("a@x.example");
  expect(run('has(referral.details.notes) ? "some" : "none"', referral, "referral")).toBe("none");
  expect(run("referral.team.exists(p, has(p.email))", referral, "referral")).toBe(true);
});

test("[MF11] the paths that a formula reads are known", () => {
  const compiled = compileFormula('has(crm.a.b) && crm["c"] == 1 || crm.?d.orValue(2) > crm.a.e', "crm");
  expect(compiled).toMatchObject({ kind: "ok", source: { reads: ["a.b", "a.e", "c", "d"] } });
});

test("[MF12] a formula that fails on a value says so, and names no value", () => {
  expect(run("crm.secret + 1", { secret: "top secret" })).toEqual({
    kind: "failed",
    reason: expect.not.stringContaining("top secret") as string,
  });
  expect(run("crm.missing", {})).toMatchObject({ kind: "failed" });
  expect(run("{'a': 1}", {})).toMatchObject({ kind: "failed" });
});

test.each([
  ['"a".matches("^(a+)+$")', /use like/],
  ["crm.a.matches(crm.b)", /use like/],
  ["crm", /name what "crm" is read for/],
  ["size(crm) > 1", /name what "crm" is read for/],
  ["crm[crm.a]", /name what "crm" is read for/],
  ["cel.bind(x, 'aa', x + x)", /cannot be used/],
  ["b'abc'.base64()", /cannot be used/],
  ["1 +", /cannot be read as a formula/],
  ["1 + 'a'", /no such overload/],
  ["unknown.a", /Unknown variable/],
  ["[1].all(a, [1].all(b, [1].all(c, true)))", /too many loops/],
  [`crm.a${" + crm.a".repeat(200)}`, /cannot be read as a formula/],
  [`${"(".repeat(100)}1${")".repeat(100)}`, /cannot be read as a formula/],
])("[MF13] %s is refused", (text, message) => {
  expect(refusal(text)).toMatch(message);
});

test("[MF13] a formula reaches nothing but values", () => {
  for (const name of ["__proto__", "constructor", "toString"]) {
    expect(run(`has(crm.${name})`, {})).toBe(false);
    expect(run(`has(referral.${name})`, {}, "referral")).toBe(false);
  }
});

test.each([
  ["Contoso", "contoso", true],
  ["Contoso", "con*", true],
  ["Contoso", "*toso", true],
  ["Contoso", "c?ntoso", true],
  ["Contoso", "c??toso", true],
  ["Contoso", "con", false],
  ["Contoso", "", false],
  ["", "*", true],
  ["a.b", "a?b", true],
  ["axb", "a.b", false],
])("[MF14] %p like %p: %p", (text, pattern, isLike) => {
  expect(like(text, pattern)).toBe(isLike);
});

test("[MF14] like takes no more than text times pattern", () => {
  // Trying every way to spread the stars would not end within the life of the test.
  expect(like("a".repeat(1_000_000), `${"*a".repeat(45)}*b`)).toBe(false);
});
