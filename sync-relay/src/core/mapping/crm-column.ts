/** What a column of the CRM holds. */
export const crmColumnKinds = [
  "text",
  "int",
  "number",
  "money",
  "bool",
  "date",
  "datetime",
  "choice",
  "choices",
  "lookup",
  "other",
] as const;

/** What a column of the CRM holds; `other`: something that no mapping can name, a file for example. */
export type CrmColumnKind = (typeof crmColumnKinds)[number];

/** A column of the CRM, as far as a mapping must know it. */
export interface CrmColumn {
  readonly kind: CrmColumnKind;
  /** Values of a choice; null for other kinds. */
  readonly options: readonly number[] | null;
  /** Whether the CRM lets the relay set it, on a new record and on one that is there. */
  readonly writable: { readonly create: boolean; readonly update: boolean };
  /** Longest text, in characters; null for other kinds. */
  readonly maxLength: number | null;
}

/** Every column that a mapping may name, by path, e.g. `parentaccountid.name`. */
export type CrmColumns = ReadonlyMap<string, CrmColumn>;
