import { loadMapping } from "../adapters/mapping-file/load-mapping";
import { formatProblems } from "../adapters/mapping-file/mapping-problem";
import { productVersion } from "../adapters/system/product-version";
import { doctorParts } from "../compose/doctor";
import type { RelaySettings } from "../config/relay-settings";
import type { Area } from "../operate/doctor/area";
import type { DoctorMapping } from "../operate/doctor/doctor-parts";
import { examine } from "../operate/doctor/examine";
import { examineWithoutStore } from "../operate/doctor/without-store";
import type { PairStore } from "../ports/pair-store";
import { CommandProblem } from "./command-problem";
import type { CommandContext } from "./context";
import { mappingSource } from "./open/mapping-in-use";
import { openClouds } from "./open/open-clouds";
import { silentLog, unreadMetrics } from "./open/silent-log";
import { withStore } from "./open/with-store";
import { doctorTexts } from "./texts/doctor-texts";
import { openTexts } from "./texts/open-texts";

/** The doctor's look at everything. A database that cannot be opened is a finding like any other. */
export async function lookAtAll(context: CommandContext, settings: RelaySettings): Promise<readonly Area[]> {
  try {
    return await withStore(context, settings, async (open) => {
      const mapping = await mappingLook(context, settings, open.store.pairs);
      const clouds = openClouds(context, { settings, open, fieldMap: mapping.kind === "ok" ? mapping.map : builtIn() });
      const { clock, random } = context.world;
      const parts = doctorParts({
        settings,
        storage: open.storage,
        clouds,
        mapping,
        version: productVersion(),
        clock,
        random,
        log: silentLog,
        metrics: unreadMetrics,
        askAdministrator: true,
      });
      return context.progress.during(context.text(doctorTexts.looking), () => examine(parts));
    });
  } catch (thrown) {
    if (!(thrown instanceof CommandProblem) || thrown.text !== openTexts.noDatabase) throw thrown;
    return examineWithoutStore(String(thrown.values["reason"] ?? ""));
  }
}

async function mappingLook(
  context: CommandContext,
  settings: RelaySettings,
  facts: Pick<PairStore, "fact">,
): Promise<DoctorMapping> {
  const { options } = await mappingSource(context, { settings, facts });
  const loaded = loadMapping(options);
  if (loaded.kind === "ok") return { kind: "ok", map: loaded.map, file: options.file ?? null };
  const [first = ""] = formatProblems(loaded.problems).split("\n");
  return { kind: "refused", count: loaded.problems.length, first };
}

/** Stands in for a mapping that cannot be read, so that the clouds can be looked at all the same. */
function builtIn() {
  const loaded = loadMapping({});
  if (loaded.kind === "refused") throw new Error("the built-in mapping is not usable");
  return loaded.map;
}
