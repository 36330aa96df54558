import { previewDeal, type DealPreview, type PreviewField, type PreviewWrite } from "../../../core/preview-deal";
import type { FieldMap } from "../../../core/mapping/field-map";
import type { CommandFile, Given } from "../../command";
import { CommandProblem } from "../../command-problem";
import type { CommandContext } from "../../context";
import { exitCode } from "../../exit-code";
import { givenId } from "../../given-values";
import { mappingInUse } from "../../open/mapping-in-use";
import { openClouds } from "../../open/open-clouds";
import { openSettings } from "../../open/open-settings";
import { withStore, type OpenStore } from "../../open/with-store";
import type { RelaySettings } from "../../../config/relay-settings";
import { mappingTexts as texts } from "../../texts/mapping-texts";
import { namedMapping } from "./checked-mapping";
import { readDeal, type DealSides } from "./deal-sides";
import { originWords, placeWords, shown, sourceWords } from "./mapping-words";

/** `cosell mapping preview`: before and after per field, with the entry that makes it so. */
export const mappingPreviewCommand: CommandFile = {
  path: "mapping preview",
  summary: texts.previewSummary,
  arguments: [{ name: "opportunity", what: texts.opportunity, required: true }],
  options: [
    { flags: "--file <file>", what: texts.fileOption },
    { flags: "--all", what: texts.previewAll },
  ],
  examples: [
    {
      line: "cosell mapping preview 0f8fad5b-d9cb-469f-a165-70867728950e --file mapping.yaml",
      what: texts.previewExample,
    },
  ],
  async run(context, given) {
    const id = givenId(given, "opportunity");
    const settings = openSettings(context);
    return withStore(context, settings, async (open) => {
      const map = await mapToPreview(context, given, { settings, open });
      const sides = await sidesOf(context, id, { settings, open, map });
      const preview = previewDeal({ ...sides, map, coSellPosts: settings.coSellPosts });
      tell(context, { preview, sides, all: given.has("--all") });
      return { exit: exitCode.ok, json: { opportunityId: id, referralId: sides.referral?.id ?? null, ...preview } };
    });
  },
};

interface Opened {
  readonly settings: RelaySettings;
  readonly open: OpenStore;
}

async function mapToPreview(context: CommandContext, given: Given, { settings, open }: Opened): Promise<FieldMap> {
  const file = given.text("--file");
  if (file !== undefined) return namedMapping(context, file).map;
  const inUse = await mappingInUse(context, { settings, facts: open.store.pairs });
  context.out.line(context.text(texts.inUse, { origin: originWords(context, inUse.origin) }));
  return inUse.map;
}

async function sidesOf(
  context: CommandContext,
  id: string,
  { settings, open, map }: Opened & { readonly map: FieldMap },
): Promise<DealSides> {
  const { crm, partnerCenter } = openClouds(context, { settings, open, fieldMap: map });
  const source = { crm, partnerCenter, pairs: open.store.pairs };
  const read = await context.progress.during(context.text(texts.reading), () =>
    readDeal(source, id, context.world.random.uuid()),
  );
  if (read.kind === "read") return read.sides;
  if (read.kind === "no-opportunity") throw new CommandProblem(texts.noOpportunity, { values: { id } });
  throw new CommandProblem(texts.noReferral, { values: { id: read.referralId } });
}

interface Told {
  readonly preview: DealPreview;
  readonly sides: DealSides;
  readonly all: boolean;
}

function tell(context: CommandContext, { preview, sides, all }: Told): void {
  const { out } = context;
  const { opportunity, referral } = sides;
  if (referral === null) out.line(context.text(texts.previewCreate, { id: opportunity.id }));
  else out.line(context.text(texts.previewUpdate, { id: opportunity.id, referral: referral.id }));
  const rows = preview.fields.flatMap((field) => fieldRows(context, field, all));
  if (rows.length > 0) out.table(rows);
  else out.line(`  ${context.text(texts.previewNothing)}`);
  for (const warning of warnings(context, preview, sides)) out.check("note", { area: "", text: warning });
}

function fieldRows(context: CommandContext, field: PreviewField, all: boolean): readonly string[][] {
  const rows = field.writes.map((write) => writeRow(context, write));
  const held = field.held === null ? [] : [["  ", field.key, "", context.text(texts.heldBack, { reason: field.held })]];
  const problems = field.problems.map(({ shown: typed, because }) => [
    "  ",
    field.key,
    "",
    context.text(texts.notUnderstood, { value: typed ?? because }),
  ]);
  const found = [...rows, ...held, ...problems];
  if (found.length > 0 || !all) return found;
  return [["  ", field.key, "", context.text(texts.unchanged, { value: shown(field.crm ?? field.partnerCenter) })]];
}

function writeRow(context: CommandContext, { side, path, before, after, entry }: PreviewWrite): string[] {
  const change = before === null ? shown(after) : `${shown(before)} → ${shown(after)}`;
  const why = entry === null ? "" : `  (${sourceWords(context, entry.source)}; ${placeWords(context, entry)})`;
  return ["  ", path, side === "crm" ? context.text(texts.crm) : context.text(texts.partnerCenter), `${change}${why}`];
}

function warnings(context: CommandContext, preview: DealPreview, { opportunity }: DealSides): readonly string[] {
  const list = preview.issues.map(({ field, because }) => `${field} (${because})`).join(", ");
  return [
    ...(opportunity.section.syncOn ? [] : [context.text(texts.previewSwitchOff)]),
    ...(preview.closed ? [context.text(texts.previewClosed)] : []),
    ...(preview.meetsCondition ? [] : [context.text(texts.previewCondition)]),
    ...(list === "" ? [] : [context.text(texts.previewIssues, { list })]),
    ...(preview.invite === null ? [] : [context.text(texts.previewInvite, { code: preview.invite })]),
  ];
}
