// Turns the entries of a mapping file into a field map, or says everything that is wrong with them at once. What is
// refused here would otherwise map nothing, write where Partner Center does not allow it, or never come to rest.

import { pathsOf } from "./entry-source";
import { type EntryProblem, entryProblems, type FieldMapSections, placed } from "./entry-problems";
import type { ConflictRule, FieldEntry, FieldMap, MappedField } from "./field-map";
import { comesFrom, ruleOf } from "./field-rule";
import { fieldProblems } from "./field-problems";

export type CompiledFieldMap =
  | { readonly kind: "ok"; readonly map: FieldMap }
  | { readonly kind: "refused"; readonly problems: readonly EntryProblem[] };

/** The field map of checked entries. */
export function compileFieldMap(sections: FieldMapSections): CompiledFieldMap {
  const keys = fieldKeys(sections);
  const problems = [...entryProblems(sections), ...fieldProblems(sections, keys)];
  if (problems.length > 0) return { kind: "refused", problems };
  const fields = keys.map((key) => fieldOf(sections, key));
  const status = [...sections.toPartnerCenter.update, ...sections.toCrm.update].find(({ as }) => as === "status");
  const rule = status === undefined ? null : ruleOf(sections, "status");
  return {
    kind: "ok",
    map: {
      ...sections,
      fields,
      crmPaths: crmPaths(sections),
      statusPath: rule?.source.kind === "path" ? rule.source.path : null,
    },
  };
}

/** Fields are the places that are sent, and those that an update brings into the CRM. */
function fieldKeys({ toPartnerCenter, toCrm }: FieldMapSections): readonly string[] {
  const sent = [...toPartnerCenter.create, ...toPartnerCenter.update].map(({ to }) => to);
  const taken = toCrm.update.flatMap(({ source }) => (source.kind === "path" ? [source.path] : []));
  return [...new Set([...sent, ...taken])];
}

function fieldOf(sections: FieldMapSections, key: string): MappedField {
  const isTo = ({ to }: FieldEntry): boolean => to === key;
  const as = ruleOf(sections, key)?.as ?? "text";
  return {
    key,
    as,
    sentOnCreate: sections.toPartnerCenter.create.some(isTo),
    sentOnUpdate: sections.toPartnerCenter.update.some(isTo),
    takenOnUpdate: sections.toCrm.update.some((entry) => comesFrom(entry, key)),
    conflict: conflictOf(sections, key),
    compare: as === "people" ? "contains" : "equal",
  };
}

/** "newest" is what an entry says that says nothing, so any other word of the field's entries counts. */
function conflictOf(sections: FieldMapSections, key: string): ConflictRule {
  const entries = placed(sections).filter(({ section, event, entry }) =>
    section === "toCrm" ? event === "update" && comesFrom(entry, key) : entry.to === key,
  );
  return entries.map(({ entry }) => entry.conflict).find((rule) => rule !== "newest") ?? "newest";
}

/** Every CRM path that the entries read or write. */
export function crmPaths({ toPartnerCenter, toCrm, when }: FieldMapSections): readonly string[] {
  const read = [...toPartnerCenter.create, ...toPartnerCenter.update].flatMap(({ source }) => pathsOf(source));
  const written = [...toCrm.create, ...toCrm.update].map(({ to }) => to);
  return [...new Set([...read, ...written, ...(when?.reads ?? [])])].sort();
}
