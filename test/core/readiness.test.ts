import { dealKind, fieldKeys } from "../../sync-relay/src/core/deal-kind";
import type { Json } from "../../sync-relay/src/core/json";
import { readinessOf } from "../../sync-relay/src/core/readiness";
import { readinessMessage } from "../../sync-relay/src/core/text/seller-message";

const contact = { firstName: "Sue", lastName: "Smith", email: "sue@contoso.example", phoneNumber: "1" };

function values(changes: Record<string, Json> = {}): Record<string, Json> {
  return {
    [fieldKeys.customerName]: "Contoso",
    [fieldKeys.country]: "US",
    [fieldKeys.dealValue]: 10,
    [fieldKeys.currency]: "USD",
    [fieldKeys.closeDate]: "2027-01-01",
    [fieldKeys.solutions]: ["SOL-1-ABC"],
    [fieldKeys.help]: null,
    [fieldKeys.visible]: false,
    [fieldKeys.customerTeam]: [],
    ...changes,
  };
}

test("[RD1] a complete deal is ready", () => {
  expect(readinessOf(values(), [])).toEqual([]);
});

test.each([
  [fieldKeys.customerName, null],
  [fieldKeys.country, null],
  [fieldKeys.currency, ""],
  [fieldKeys.closeDate, null],
  [fieldKeys.solutions, []],
  [fieldKeys.dealValue, null],
])("[RD1] %s = %j is missing", (field, value) => {
  expect(readinessOf(values({ [field]: value }), [])).toEqual([{ field, because: "missing", shown: null }]);
});

test.each([0, -5])("[RD1] a deal value of %d is not above 0", (value) => {
  expect(readinessOf(values({ [fieldKeys.dealValue]: value }), [])).toMatchObject([{ because: "not-positive" }]);
});

test("[RD2] help needs a customer contact with name, phone and e-mail", () => {
  const help = { [fieldKeys.help]: "GeneralOrOther" };
  expect(readinessOf(values(help), [])).toMatchObject([{ because: "contact-missing" }]);
  const half = { ...help, [fieldKeys.customerTeam]: [{ ...contact, phoneNumber: null }] };
  expect(readinessOf(values(half), [])).toMatchObject([{ because: "contact-incomplete" }]);
  expect(readinessOf(values({ ...help, [fieldKeys.customerTeam]: [contact] }), [])).toEqual([]);
});

test("[RD3] a country that nobody knows is named as typed, once", () => {
  const { [fieldKeys.country]: _, ...rest } = values();
  const problem = { field: fieldKeys.country, because: "not-convertible", as: "country", shown: "Atlantis" } as const;
  const issues = readinessOf(rest, [problem]);
  expect(issues).toEqual([{ field: fieldKeys.country, because: "not-understood", shown: "Atlantis" }]);
  expect(readinessMessage(issues, "en")).toBe("The country of the customer “Atlantis” is not understood.");
});

test.each([
  ["private", null, false],
  ["partner-led", null, true],
  ["co-sell", "QuotesOrLicensing", false],
  ["co-sell", "QuotesOrLicensing", true],
  ["private", "Unknown", false],
])("[DK1] %s follows from help %j and visible %j", (kind, help, visible) => {
  expect(dealKind(values({ [fieldKeys.help]: help, [fieldKeys.visible]: visible }))).toBe(kind);
});
