// A field map is a mapping file after it was read and checked. The core works on fields, not on entries: a field is a
// place in the referral (its Partner Center path is its key) with a canonical value that either side can be brought to.

import type { Json } from "../json";
import type { CrmValues } from "../opportunity";

/** A named conversion: says what the canonical value of a field is and how each side writes it. */
export const conversions = [
  "text",
  "html-to-text",
  "int",
  "number",
  "money",
  "bool",
  "date",
  "datetime",
  "currency",
  "country",
  "choice",
  "choices",
  "solutions",
  "people",
  "status",
  "json",
] as const;

/** A named conversion: says what the canonical value of a field is and how each side writes it. */
export type Conversion = (typeof conversions)[number];

/** Who wins when both sides changed a field to different values since they last agreed. */
export const conflictRules = ["newest", "crm", "partnerCenter", "ask"] as const;

/** Who wins when both sides changed a field to different values since they last agreed. */
export type ConflictRule = (typeof conflictRules)[number];

/** A two-way list of values. Several CRM values may mean the same; the first one listed is written back. */
export interface ValueList {
  readonly pairs: readonly { readonly crm: Json; readonly canonical: Json }[];
  /** A built-in list that understands more than its pairs. */
  readonly builtin: "iso3166" | null;
}

/** Where an entry takes its value from. */
export type EntrySource =
  | { readonly kind: "path"; readonly path: string }
  /** Several paths that make one person: part name → path. */
  | { readonly kind: "parts"; readonly parts: Readonly<Record<string, string>> }
  | { readonly kind: "constant"; readonly value: Json }
  | {
      readonly kind: "formula";
      readonly text: string;
      /** Paths that the formula reads on the source side. */
      readonly reads: readonly string[];
      readonly evaluate: Formula;
    };

/** A compiled formula. `values` are the source side's values by path (CRM) or the referral's JSON (Partner Center). */
export type Formula = (values: CrmValues | Json) => FormulaResult;

export type FormulaResult =
  { readonly kind: "value"; readonly value: Json } | { readonly kind: "failed"; readonly reason: string };

/** One line of the mapping file. */
export interface FieldEntry {
  /** Partner Center path in `toPartnerCenter`, CRM path in `toCrm`. */
  readonly to: string;
  readonly source: EntrySource;
  readonly as: Conversion;
  readonly list: ValueList | null;
  /** Used when the source is empty. Undefined: no default. */
  readonly default: Json | undefined;
  readonly required: boolean;
  /** Never overwrite a value that is there. */
  readonly unlessSet: boolean;
  readonly conflict: ConflictRule;
  /** Longest text in characters; null: no limit. */
  readonly max: number | null;
  /** Line in the mapping file, for explanations; null for built-in entries. */
  readonly line: number | null;
}

/** A place in the referral that is kept in step. */
export interface MappedField {
  /** Partner Center path. */
  readonly key: string;
  readonly as: Conversion;
  /** In `toPartnerCenter.create`. */
  readonly sentOnCreate: boolean;
  /** In `toPartnerCenter.update`. */
  readonly sentOnUpdate: boolean;
  /** In `toCrm.update`. */
  readonly takenOnUpdate: boolean;
  readonly conflict: ConflictRule;
  /** `contains`: the CRM's people must be among Partner Center's, which may have more. */
  readonly compare: "equal" | "contains";
}

/** A mapping file after it was read and checked. */
export interface FieldMap {
  readonly fields: readonly MappedField[];
  readonly toPartnerCenter: { readonly create: readonly FieldEntry[]; readonly update: readonly FieldEntry[] };
  readonly toCrm: { readonly create: readonly FieldEntry[]; readonly update: readonly FieldEntry[] };
  /** Every CRM path that is read or written, e.g. `estimatedvalue`, `parentaccountid.name`. */
  readonly crmPaths: readonly string[];
  /** CRM path of the field `status`; null when the stage is not mapped. */
  readonly statusPath: string | null;
  /** CRM lookup → paths (relative to it) by which an existing record is found before one is created. */
  readonly match: Readonly<Record<string, readonly string[]>>;
  /** Condition on the CRM's values without which a synced opportunity is still not shared. Absent: none. */
  readonly when?: Extract<EntrySource, { kind: "formula" }>;
}

/** A value that could not be brought over, without the value itself. */
export interface MappingProblem {
  readonly field: string;
  readonly because: "missing" | "not-convertible" | "formula-failed";
  /** Conversion that failed. */
  readonly as: Conversion;
  /** The seller's own value, for the message to the seller; never logged. */
  readonly shown: string | null;
}
