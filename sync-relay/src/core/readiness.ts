// What must hold before anything is sent to Partner Center. Only rules whose breach makes the deal useless or refused
// are hard; softer advice of the portal does not hold a deal back.

import { dealKind, fieldKeys } from "./deal-kind";
import type { Json } from "./json";
import { isJsonObject } from "./json";
import type { MappingProblem } from "./mapping/field-map";
import type { FieldValues } from "./pair";

/** One thing that the seller must do before the deal can be shared. */
export interface ReadinessIssue {
  readonly field: string;
  readonly because: "missing" | "not-positive" | "not-understood" | "contact-missing" | "contact-incomplete";
  /** What the seller typed, when it could not be understood; shown to the seller, never logged. */
  readonly shown: string | null;
}

/** Every hard rule that the opportunity breaks, in the order of the form. Empty: ready. */
export function readinessOf(values: FieldValues, problems: readonly MappingProblem[]): readonly ReadinessIssue[] {
  const issues: ReadinessIssue[] = [
    ...required(fieldKeys.customerName, values),
    ...required(fieldKeys.country, values),
    ...positive(fieldKeys.dealValue, values),
    ...required(fieldKeys.currency, values),
    ...required(fieldKeys.closeDate, values),
    ...required(fieldKeys.solutions, values),
    ...(dealKind(values) === "co-sell" ? contact(values) : []),
  ];
  return withProblems(issues, problems);
}

/** A mapping problem says more than the gap it leaves, so it takes the place of the issue of the same field. */
function withProblems(
  issues: readonly ReadinessIssue[],
  problems: readonly MappingProblem[],
): readonly ReadinessIssue[] {
  const fromMapping = problems.map(({ field, because, shown }): ReadinessIssue => {
    return { field, because: because === "missing" ? "missing" : "not-understood", shown };
  });
  const named = new Set(fromMapping.map((issue) => issue.field));
  return [...fromMapping, ...issues.filter((issue) => !named.has(issue.field))];
}

function required(field: string, values: FieldValues): readonly ReadinessIssue[] {
  return isEmpty(values[field]) ? [{ field, because: "missing", shown: null }] : [];
}

function positive(field: string, values: FieldValues): readonly ReadinessIssue[] {
  const value = values[field];
  if (isEmpty(value)) return [{ field, because: "missing", shown: null }];
  return typeof value === "number" && value > 0 ? [] : [{ field, because: "not-positive", shown: null }];
}

/** Microsoft calls the customer, so a request for help needs somebody to call: first and last name, phone and e-mail. */
function contact(values: FieldValues): readonly ReadinessIssue[] {
  const field = fieldKeys.customerTeam;
  const people = values[field];
  const first = Array.isArray(people) ? (people as readonly Json[])[0] : undefined;
  if (!isJsonObject(first)) return [{ field, because: "contact-missing", shown: null }];
  const parts = ["firstName", "lastName", "email", "phoneNumber"];
  return parts.some((part) => isEmpty(first[part])) ? [{ field, because: "contact-incomplete", shown: null }] : [];
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
