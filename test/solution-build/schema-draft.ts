import { shippedSchema, type SolutionSchema } from "../../solution/build/check/solution-schema";

/** A copy of the schema that may be written to: TypeScript's own promises are what some of the mistakes break. */
type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;
export type Draft = Writable<SolutionSchema>;

export function planted(plant: (draft: Draft) => void): SolutionSchema {
  const draft = structuredClone(shippedSchema) as Draft;
  plant(draft);
  return draft;
}

/** The nth of a list that a mistake is planted in. */
export function at<T>(list: readonly T[] | { readonly [key: string]: T }, key: number | string): T {
  const found = Object.entries(list).find(([name]) => name === String(key))?.[1];
  if (found === undefined) throw new Error(`There is no ${key} to plant a mistake in.`);
  return found;
}

export const column = (draft: Draft, role: string) => at(draft.opportunityColumns, role);
export const variable = (draft: Draft, role: string) => at(draft.environmentVariables, role);
export const role = (draft: Draft, n: number) => at(draft.securityRoles, n);
export const profile = (draft: Draft, n: number) => at(draft.columnSecurityProfiles, n);
