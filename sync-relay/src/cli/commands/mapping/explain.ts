import type { FieldEntry, FieldMap, MappedField } from "../../../core/mapping/field-map";
import { comesFrom } from "../../../core/mapping/field-rule";
import type { CommandFile, Given } from "../../command";
import { usageProblem } from "../../command-problem";
import type { CommandContext } from "../../context";
import { exitCode } from "../../exit-code";
import { mappingInUse } from "../../open/mapping-in-use";
import { openSettings } from "../../open/open-settings";
import { withStore } from "../../open/with-store";
import { mappingTexts as texts } from "../../texts/mapping-texts";
import { namedMapping } from "./checked-mapping";
import { conflictWords, entryWords, originWords, scopeWords, shown } from "./mapping-words";

/** `cosell mapping explain`: the mapping in words, as a whole or for one field. */
export const mappingExplainCommand: CommandFile = {
  path: "mapping explain",
  summary: texts.explainSummary,
  arguments: [{ name: "field", what: texts.field, required: false }],
  options: [{ flags: "--file <file>", what: texts.fileOption }],
  examples: [
    { line: "cosell mapping explain", what: texts.explainExampleAll },
    { line: "cosell mapping explain details.dealValue", what: texts.explainExampleOne },
  ],
  async run(context, given) {
    const map = await mapToExplain(context, given);
    const key = given.argument("field");
    const fields = key === undefined ? map.fields : [fieldNamed(map, key)];
    for (const field of fields) tellField(context, map, field);
    if (key === undefined) tellWritten(context, map);
    if (key !== undefined) for (const field of fields) tellList(context, map, field);
    return { exit: exitCode.ok, json: { fields: fields.map((field) => fieldJson(map, field)) } };
  },
};

async function mapToExplain(context: CommandContext, given: Given): Promise<FieldMap> {
  const file = given.text("--file");
  if (file !== undefined) return namedMapping(context, file).map;
  const settings = openSettings(context);
  const open = await withStore(context, settings, ({ store }) =>
    mappingInUse(context, { settings, facts: store.pairs }),
  );
  context.out.line(context.text(texts.inUse, { origin: originWords(context, open.origin) }));
  return open.map;
}

/** A field by its key, or by a path of the CRM that it reads or writes. */
function fieldNamed(map: FieldMap, key: string): MappedField {
  const found = map.fields.find(
    (field) => field.key === key || scopesOf(map, field).some(({ entry }) => names(entry, key)),
  );
  if (found !== undefined) return found;
  const list = map.fields.map((field) => field.key).join(", ");
  throw usageProblem(texts.explainUnknown, { values: { field: key, list } });
}

function names(entry: FieldEntry, path: string): boolean {
  return entry.to === path || (entry.source.kind === "path" && entry.source.path === path);
}

interface Scope {
  readonly section: "toPartnerCenter" | "toCrm";
  readonly event: "create" | "update";
  readonly entry: FieldEntry;
}

function scopesOf(map: FieldMap, { key }: MappedField): readonly Scope[] {
  const events = ["create", "update"] as const;
  const sent = events.flatMap((event) =>
    map.toPartnerCenter[event]
      .filter(({ to }) => to === key)
      .map((entry) => ({ section: "toPartnerCenter" as const, event, entry })),
  );
  const taken = events.flatMap((event) =>
    map.toCrm[event]
      .filter((entry) => comesFrom(entry, key))
      .map((entry) => ({ section: "toCrm" as const, event, entry })),
  );
  return [...sent, ...taken];
}

function tellField(context: CommandContext, map: FieldMap, field: MappedField): void {
  const { out } = context;
  out.line(out.paint("bold", field.key));
  const told = new Map<string, Scope[]>();
  for (const scope of scopesOf(map, field)) {
    const target = scope.section === "toCrm" ? `${scope.entry.to} ` : "";
    const words = `${scope.section}|${target}${entryWords(context, scope.entry)}`;
    told.set(words, [...(told.get(words) ?? []), scope]);
  }
  for (const [words, scopes] of told) {
    const [first] = scopes;
    if (first === undefined) continue;
    const scope = scopeWords(context, { section: first.section, events: scopes.map(({ event }) => event) });
    out.line(`  ${scope}: ${words.slice(words.indexOf("|") + 1)}`);
  }
  if (field.sentOnUpdate && field.takenOnUpdate) out.line(`  ${conflictWords(context, field.conflict)}`);
}

/** What only a new opportunity gets: constants, formulas, and places that no update brings. */
function tellWritten(context: CommandContext, map: FieldMap): void {
  const { out } = context;
  const known = new Set(map.fields.map(({ key }) => key));
  const others = map.toCrm.create.filter(({ source }) => source.kind !== "path" || !known.has(source.path));
  for (const entry of others) {
    out.line(out.paint("bold", entry.to));
    out.line(`  ${scopeWords(context, { section: "toCrm", events: ["create"] })}: ${entryWords(context, entry)}`);
  }
}

function tellList(context: CommandContext, map: FieldMap, field: MappedField): void {
  const list = scopesOf(map, field).find(({ entry }) => entry.list !== null)?.entry.list;
  for (const { crm, canonical } of list?.pairs ?? []) {
    context.out.line(`    ${context.text(texts.listLine, { crm: shown(crm), canonical: shown(canonical) })}`);
  }
}

function fieldJson(map: FieldMap, field: MappedField): unknown {
  const entries = scopesOf(map, field).map(({ section, event, entry }) => ({
    section,
    event,
    to: entry.to,
    source: entry.source,
    required: entry.required,
    line: entry.line,
  }));
  return { ...field, entries };
}
