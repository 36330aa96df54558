import { compileFieldMap } from "../../../sync-relay/src/core/mapping/compile-field-map";
import type { FieldMapSections } from "../../../sync-relay/src/core/mapping/entry-problems";
import type { FieldEntry, FieldMap, ValueList } from "../../../sync-relay/src/core/mapping/field-map";
import type { JsonObject } from "../../../sync-relay/src/core/json";
import type { Referral } from "../../../sync-relay/src/core/referral";

/** An entry that copies text from a path; say only what matters. */
export function anEntry(to: string, from: string, rest: Partial<FieldEntry> = {}): FieldEntry {
  return {
    to,
    source: { kind: "path", path: from },
    as: "text",
    list: null,
    default: undefined,
    required: false,
    unlessSet: false,
    conflict: "newest",
    max: null,
    line: null,
    ...rest,
  };
}

export interface SomeEntries {
  readonly createOut?: readonly FieldEntry[];
  readonly updateOut?: readonly FieldEntry[];
  readonly createIn?: readonly FieldEntry[];
  readonly updateIn?: readonly FieldEntry[];
  readonly match?: FieldMapSections["match"];
  readonly when?: NonNullable<FieldMapSections["when"]>;
}

export function someSections(entries: SomeEntries): FieldMapSections {
  return {
    toPartnerCenter: { create: entries.createOut ?? [], update: entries.updateOut ?? [] },
    toCrm: { create: entries.createIn ?? [], update: entries.updateIn ?? [] },
    match: entries.match ?? {},
    ...(entries.when === undefined ? {} : { when: entries.when }),
  };
}

/** The field map of entries that are known to be good. */
export function aFieldMap(entries: SomeEntries): FieldMap {
  const compiled = compileFieldMap(someSections(entries));
  if (compiled.kind === "refused") throw new Error(compiled.problems.map(({ message }) => message).join("; "));
  return compiled.map;
}

/** An entry and its way back: a field that both sides may change. */
export function bothWays(key: string, column: string, rest: Partial<FieldEntry> = {}): SomeEntries {
  return { updateOut: [anEntry(key, column, rest)], updateIn: [anEntry(column, key, rest)] };
}

export const stageList: ValueList = {
  builtin: null,
  pairs: [
    { crm: 1, canonical: "in-progress" },
    { crm: 2, canonical: "on-hold" },
    { crm: 3, canonical: "won" },
    { crm: 4, canonical: "lost" },
    { crm: 5, canonical: "lost" },
  ],
};

/** A referral that holds this JSON. */
export function aReferral(json: JsonObject = {}, rest: Partial<Referral> = {}): Referral {
  return {
    id: "7b1c2d3e-0000-4000-8000-000000000001",
    engagementId: null,
    organizationId: null,
    eTag: '"1"',
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
    expiresAt: null,
    status: "Active",
    substatus: "Accepted",
    statusReason: null,
    type: "Shared",
    qualification: "SalesQualified",
    externalReferenceId: null,
    invitedBy: null,
    helpCode: null,
    microsoftCrmId: null,
    json,
    ...rest,
  };
}
