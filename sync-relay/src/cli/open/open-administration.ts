import { openAdministration, type Administration } from "../../compose/administration";
import type { RelaySettings } from "../../config/relay-settings";
import { RelayError } from "../../core/errors";
import { CommandProblem } from "../command-problem";
import type { CommandContext } from "../context";
import { openTexts } from "../texts/open-texts";
import { silentLog, unreadMetrics } from "./silent-log";
import type { OpenStore } from "./with-store";

/** Dataverse as administrator, and Partner Center's registration. Nothing is asked until something is called. */
export function administrationOf({ world }: CommandContext, settings: RelaySettings, open: OpenStore): Administration {
  return openAdministration({
    settings,
    storage: open.storage,
    clock: world.clock,
    random: world.random,
    log: silentLog,
    metrics: unreadMetrics,
    signal: world.stopping,
  });
}

/** Work in Dataverse as administrator: a sign-in that is missing or over, or a lack of rights, is told as such. */
export async function asAdministrator<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof RelayError)) throw thrown;
    const { code, details } = thrown;
    const words = details.upstreamMessage ?? details.upstreamCode ?? code;
    const mend = "cosell login dataverse";
    if (code === "CS-1202" || code === "CS-1204")
      throw new CommandProblem(openTexts.administratorGone, { mend, cause: thrown });
    if (code === "CS-1005") {
      throw new CommandProblem(openTexts.administratorRefused, { values: { words }, mend, cause: thrown });
    }
    throw thrown;
  }
}

/** Work in Partner Center as the relay's user. */
export async function asPartnerCenterUser<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof RelayError) || !["CS-1202", "CS-1204"].includes(thrown.code)) throw thrown;
    throw new CommandProblem(openTexts.partnerCenterGone, { mend: "cosell login partner-center", cause: thrown });
  }
}
