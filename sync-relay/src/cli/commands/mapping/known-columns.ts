import { columnsText, parseColumns, type SavedColumns } from "../../../adapters/mapping-file/saved-columns";
import { createMetadataLook } from "../../../compose/environment-look";
import { CommandProblem } from "../../command-problem";
import type { CommandContext } from "../../context";
import { readNamed, writeNamed } from "../../open/files";
import { shippedMapping } from "../../open/mapping-in-use";
import { openClouds } from "../../open/open-clouds";
import { openSettings } from "../../open/open-settings";
import { silentLog, unreadMetrics } from "../../open/silent-log";
import { withStore } from "../../open/with-store";
import { mappingTexts as texts } from "../../texts/mapping-texts";

/** Look-ups whose records a mapping commonly reads: their columns are saved too. */
const COMMON_LOOKUPS = ["parentaccountid", "parentcontactid", "ownerid", "customerid", "transactioncurrencyid"];

export interface Wanted {
  readonly offline: boolean;
  /** File of columns that were saved before. */
  readonly savedIn: string | undefined;
  /** File to save them in. */
  readonly saveIn: string | undefined;
  /** Paths that the mapping names, known or not. */
  readonly paths: readonly string[];
}

/** The columns to check against; null when none are wanted. */
export async function knownColumns(context: CommandContext, wanted: Wanted): Promise<SavedColumns | null> {
  if (wanted.savedIn !== undefined) {
    const saved = parseColumns(readNamed(context, wanted.savedIn));
    if (saved === null) throw new CommandProblem(texts.columnsUnusable, { values: { file: wanted.savedIn } });
    return saved;
  }
  return wanted.offline ? null : liveColumns(context, wanted);
}

async function liveColumns(context: CommandContext, { paths, saveIn }: Wanted): Promise<SavedColumns> {
  const settings = openSettings(context);
  return withStore(context, settings, async (open) => {
    const { url } = settings.dataverse;
    const clouds = openClouds(context, { settings, open, fieldMap: shippedMapping().map });
    const { clock, random } = context.world;
    const system = { clock, random, log: silentLog, metrics: unreadMetrics };
    const metadata = createMetadataLook({ ...system, settings, storage: open.storage, clouds, askAdministrator: true });
    const lookups = [...new Set([...COMMON_LOOKUPS, ...paths.flatMap(lookupsOf)])];
    const columns = await context.progress.during(context.text(texts.checking, { url }), () =>
      metadata.everyColumn(lookups),
    );
    const readAt = new Date(context.world.clock.now()).toISOString();
    const known = { environment: url, readAt, columns };
    if (saveIn !== undefined) {
      writeNamed(context, saveIn, { text: columnsText(known), keep: false });
      context.out.line(context.text(texts.columnsSaved, { n: columns.size, file: saveIn }));
    }
    return known;
  });
}

/** `a.b.name` goes through the look-ups `a` and `a.b`. */
function lookupsOf(path: string): readonly string[] {
  const steps = path.split(".").slice(0, -1);
  return steps.map((_, n) => steps.slice(0, n + 1).join("."));
}
