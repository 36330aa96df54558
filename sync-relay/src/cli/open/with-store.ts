import { createSealing, type Sealing } from "../../adapters/sealing/sealing";
import { openStorage, type Storage } from "../../compose/storage";
import type { RelaySettings } from "../../config/relay-settings";
import { CommandProblem } from "../command-problem";
import type { CommandContext } from "../context";
import { openTexts } from "../texts/open-texts";
import { silentLog } from "./silent-log";

/** The relay's store, and what seals the secrets in it. */
export interface OpenStore {
  readonly store: Storage["store"];
  readonly sealing: Sealing;
  /** For what is composed further, e.g. the clouds. */
  readonly storage: Storage;
}

/**
 * Works with the relay's store while the relay may be running. The embedded database is started when nobody serves it,
 * and stopped again afterwards; a running relay keeps its own.
 */
export async function withStore<T>(
  context: CommandContext,
  settings: RelaySettings,
  work: (open: OpenStore) => Promise<T>,
): Promise<T> {
  const storage = await context.progress.during(context.text(openTexts.storeOpening), () => open(context, settings));
  try {
    return await work({ store: storage.store, sealing: createSealing({ keys: storage.masterKeys }), storage });
  } finally {
    await storage.close();
  }
}

async function open({ world }: CommandContext, settings: RelaySettings): Promise<Storage> {
  const { clock, random } = world;
  try {
    return await openStorage({ settings, clock, random, log: silentLog, openedBy: "command" });
  } catch (cause) {
    throw new CommandProblem(openTexts.noDatabase, { values: { reason: reasonOf(cause) }, cause });
  }
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause === undefined ? thrown.message : `${thrown.message} (${reasonOf(thrown.cause)})`;
}
