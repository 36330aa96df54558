import type { CrmColumns } from "../../core/mapping/crm-column";
import type { FieldEntry, FieldMap } from "../../core/mapping/field-map";
import { finding, type Finding } from "./area";

// The value lists of the mapping against the choices that live in the CRM, in both directions: customers add options to
// their choices, and take options away, long after the mapping was checked.

/** A choice that the mapping translates by a list. */
interface TranslatedChoice {
  readonly path: string;
  /** Values of the CRM that the lists know. */
  readonly known: ReadonlySet<number>;
  /** Whether its values go to Partner Center: one that is not known stops a deal there. */
  readonly isRead: boolean;
}

/** Options that the mapping does not know, and values of the mapping that are no option any more. */
export function choiceFindings(map: FieldMap, columns: CrmColumns): readonly Finding[] {
  return translatedChoices(map).flatMap(({ path, known, isRead }) => {
    const options = columns.get(path)?.options ?? null;
    if (options === null) return [];
    const unknown = isRead ? options.filter((option) => !known.has(option)) : [];
    const gone = [...known].filter((value) => !options.includes(value));
    return [
      ...(unknown.length === 0 ? [] : [finding("option-unknown", { column: path, options: inOrder(unknown) })]),
      ...(gone.length === 0 ? [] : [finding("option-gone", { column: path, options: inOrder(gone) })]),
    ];
  });
}

/** Paths of the columns that have to be looked at. */
export function choicePaths(map: FieldMap): readonly string[] {
  return translatedChoices(map).map(({ path }) => path);
}

function translatedChoices({ toPartnerCenter, toCrm }: FieldMap): readonly TranslatedChoice[] {
  const read = [...toPartnerCenter.create, ...toPartnerCenter.update].flatMap((entry) =>
    entry.source.kind === "path" ? [{ path: entry.source.path, entry, isRead: true }] : [],
  );
  const written = [...toCrm.create, ...toCrm.update].map((entry) => ({ path: entry.to, entry, isRead: false }));
  const choices = new Map<string, TranslatedChoice>();
  for (const { path, entry, isRead } of [...read, ...written]) {
    const values = numbersIn(entry);
    if (values.length === 0) continue;
    const before = choices.get(path);
    const known = new Set([...(before?.known ?? []), ...values]);
    choices.set(path, { path, known, isRead: isRead || before?.isRead === true });
  }
  return [...choices.values()];
}

function numbersIn({ list }: FieldEntry): readonly number[] {
  return (list?.pairs ?? []).flatMap(({ crm }) => (typeof crm === "number" ? [crm] : []));
}

function inOrder(values: readonly number[]): string {
  return [...values].sort((a, b) => a - b).join(", ");
}
