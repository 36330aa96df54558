import { comparePreviews, type PreviewDifference } from "../../../core/compare-previews";
import { previewDeal, type PreviewField } from "../../../core/preview-deal";
import { idOfKey } from "../../../core/event";
import type { FieldMap } from "../../../core/mapping/field-map";
import { shownTime } from "../../../operate/since";
import type { CommandFile } from "../../command";
import type { CommandContext } from "../../context";
import { exitCode } from "../../exit-code";
import { givenSince } from "../../given-values";
import { withRelay, type OpenRelay } from "../../open/with-relay";
import { mappingTexts as texts } from "../../texts/mapping-texts";
import { namedMapping } from "./checked-mapping";
import { readDeal } from "./deal-sides";
import { positiveNumber } from "./given-numbers";
import { shown } from "./mapping-words";

const WEEK_MS = 7 * 86_400_000;
/** Each deal costs two or three calls of the budget that the relay works with too. */
const MOST_DEALS = 200;

/** `cosell mapping test`: deals that lately had an event, through the mapping in use and through a file. */
export const mappingTestCommand: CommandFile = {
  path: "mapping test",
  summary: texts.testSummary,
  arguments: [{ name: "file", what: texts.file, required: true }],
  options: [
    { flags: "--since <time>", what: texts.testSince },
    { flags: "--most <number>", what: texts.testMost },
  ],
  examples: [{ line: "cosell mapping test mapping.yaml --since 7d", what: texts.testExample }],
  run(context, given) {
    const { map } = namedMapping(context, given.argument("file") ?? "");
    const sinceMs = givenSince(context, given) ?? context.world.clock.now() - WEEK_MS;
    const asked = given.text("--most");
    const most = asked === undefined ? MOST_DEALS : positiveNumber(context, asked, texts.dealsWord);
    return withRelay(context, async (relay) => {
      const keys = (await relay.store.operator.keysSince(sinceMs)).filter((key) => key.startsWith("opp:"));
      const ids = keys.map(idOfKey).slice(0, most);
      if (ids.length === 0) context.out.line(context.text(texts.testNone, { since: shownTime(sinceMs) }));
      const found = await replay(context, relay, { ids, map });
      tell(context, ids.length, found);
      return { exit: exitCode.ok, json: { deals: ids.length, ...found } };
    });
  },
};

interface DealDifference extends PreviewDifference {
  readonly opportunityId: string;
}

interface Replayed {
  readonly different: readonly DealDifference[];
  /** Deals of which a side cannot be read any more. */
  readonly unread: readonly string[];
}

async function replay(
  context: CommandContext,
  relay: OpenRelay,
  { ids, map }: { readonly ids: readonly string[]; readonly map: FieldMap },
): Promise<Replayed> {
  const different: DealDifference[] = [];
  const unread: string[] = [];
  const counted = (n: number): string => context.text(texts.testing, { n, all: ids.length });
  await context.progress.during(counted(1), async (say) => {
    for (const [n, opportunityId] of ids.entries()) {
      context.checkpoint();
      say(counted(n + 1));
      const difference = await differenceOn(relay, opportunityId, { map, correlationId: context.world.random.uuid() });
      if (difference === "unread") unread.push(opportunityId);
      else if (difference !== null) different.push({ opportunityId, ...difference });
    }
  });
  return { different, unread };
}

async function differenceOn(
  { settings, map: inUse, store, clouds }: OpenRelay,
  opportunityId: string,
  { map, correlationId }: { readonly map: FieldMap; readonly correlationId: string },
): Promise<PreviewDifference | null | "unread"> {
  const { partnerCenter } = clouds;
  const before = await readDeal({ crm: clouds.crm, partnerCenter, pairs: store.pairs }, opportunityId, correlationId);
  const now = await clouds.crmFor(map).read(opportunityId);
  if (before.kind !== "read" || now.kind !== "found") return "unread";
  const { coSellPosts } = settings;
  return comparePreviews(
    previewDeal({ ...before.sides, map: inUse, coSellPosts }),
    previewDeal({ ...before.sides, opportunity: now.opportunity, map, coSellPosts }),
  );
}

function tell(context: CommandContext, all: number, { different, unread }: Replayed): void {
  const { out } = context;
  for (const { opportunityId, fields, shareable } of different) {
    out.line(context.text(texts.testDeal, { id: opportunityId }));
    for (const { key, before, after } of fields) {
      out.line(`    ${context.text(texts.changedPart, { part: key, ...sides(context, before, after) })}`);
    }
    if (shareable.before === shareable.after) continue;
    const answer = (can: boolean): string => context.text(can ? texts.yes : texts.no);
    const values = { before: answer(shareable.before), after: answer(shareable.after) };
    out.line(`    ${context.text(texts.testShareable, values)}`);
  }
  if (all === 0) return;
  const counts = { all, different: different.length, unread: unread.length };
  out.line(context.text(texts.testDone, { ...counts, same: all - counts.different - counts.unread }));
}

function sides(
  context: CommandContext,
  before: PreviewField | null,
  after: PreviewField | null,
): { readonly before: string; readonly after: string } {
  return { before: effectWords(context, before), after: effectWords(context, after) };
}

function effectWords(context: CommandContext, field: PreviewField | null): string {
  if (field === null) return context.text(texts.nothingThere);
  const writes = field.writes.map(({ path, after }) => `${path} = ${shown(after)}`);
  const held = field.held === null ? [] : [context.text(texts.heldBack, { reason: field.held })];
  const problems = field.problems.map(({ because, shown: typed }) =>
    context.text(texts.notUnderstood, { value: typed ?? because }),
  );
  return [...writes, ...held, ...problems].join(", ") || context.text(texts.nothingThere);
}
