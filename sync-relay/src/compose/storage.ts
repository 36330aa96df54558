import { join } from "node:path";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../adapters/embedded-postgres/embedded-postgres";
import { createMasterKey } from "../adapters/sealing/master-key";
import { keyId, sealingKeyId } from "../adapters/sealing/sealing";
import { dataverseLimits, partnerCenterLimits } from "../adapters/store/budget/upstream-limits";
import { createPostgresStore, isWithoutRelay, type PostgresStore } from "../adapters/store/postgres-store";
import type { RelaySettings } from "../config/relay-settings";
import { must } from "../core/must";
import { noteMasterKey } from "../operate/master-key-age";
import type { Clock, Random } from "../ports/clock";
import type { Log } from "../ports/log";

/** Where the relay keeps everything, opened. */
export interface Storage {
  readonly store: PostgresStore;
  /** Keys that open sealed secrets; the first one seals. */
  readonly masterKeys: readonly Uint8Array[];
  /** Closes the store, and stops the embedded database. */
  close(): Promise<void>;
}

export interface StorageOptions {
  readonly settings: RelaySettings;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** A command works beside the relay: it takes no work away from it and leaves its database running. */
  readonly openedBy?: "relay" | "command";
}

/** Opens the store on the embedded database or on the one that is set. Same SQL, same code: only the connection differs. */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { settings, log } = options;
  const { storage } = settings;
  if (storage.kind === "database") return await openOn({ connectionString: storage.url }, options);
  const embedded = await startEmbeddedPostgres({
    dataDir: join(storage.dataDir, "postgres"),
    log,
    ...(storage.pgBin === null ? {} : { binDir: storage.pgBin }),
  });
  try {
    const opened = await openOn(embedded.connection, options);
    return {
      ...opened,
      async close() {
        const isUsed = await isUsedBeside(opened.store, embedded, options);
        await opened.close();
        if (!isUsed) await embedded.stop();
      },
    };
  } catch (failure) {
    if (!embedded.adopted || (await isLeftAlone(embedded, options))) await embedded.stop();
    throw failure;
  }
}

function isCommand({ openedBy }: StorageOptions): boolean {
  return openedBy === "command";
}

async function openOn(connection: EmbeddedPostgres["connection"], options: StorageOptions): Promise<Storage> {
  const { settings, clock, random, log } = options;
  const { storage, signIn } = settings;
  const masterKeys = settings.masterKeys ?? [await createMasterKey(storage.dataDir)];
  const [sealingKey] = masterKeys;
  const credential = `${signIn.tenantId}/${signIn.clientId}`;
  const store = await createPostgresStore({
    connection,
    clock,
    random,
    log,
    coalesceMs: settings.coalesceMs,
    replicaId: random.uuid().slice(0, 8),
    ...(sealingKey === undefined ? {} : { sealsWith: keyId(sealingKey) }),
    budgets: { dataverse: dataverseLimits(credential), "partner-center": partnerCenterLimits(credential) },
    // Nobody else can reach the embedded database, so what a dead relay held is free at once.
    soleReplica: storage.kind === "embedded" && !isCommand(options),
    isCommand: isCommand(options),
  });
  try {
    // A command only looks, or was given another key by mistake.
    if (!isCommand(options)) await noteKeyInUse({ store, masterKeys }, clock);
  } catch (failure) {
    await store.close();
    throw failure;
  }
  return { store, masterKeys, close: () => store.close() };
}

/** Notes the key that seals from now on. */
export async function noteKeyInUse(
  { store, masterKeys }: Pick<Storage, "store" | "masterKeys">,
  clock: Clock,
): Promise<void> {
  const key = keyId(must(masterKeys[0], "a store has a master key"));
  await noteMasterKey({
    key,
    facts: store.pairs,
    secrets: store.secrets,
    keyOf: sealingKeyId,
    nowMs: clock.now(),
  });
}

/**
 * Whether somebody else works with the embedded server: the relay whose server a command found running, one that took
 * over the server of a command, or one that a relay was started beside by mistake.
 */
async function isUsedBeside(
  { operator }: PostgresStore,
  { adopted }: EmbeddedPostgres,
  options: StorageOptions,
): Promise<boolean> {
  if (isCommand(options) && adopted) return true;
  const own = isCommand(options) ? 0 : 1;
  return await operator.runningRelays().then(
    (relays) => relays > own,
    () => false,
  );
}

/** Whether a server that was found running has no relay, as far as it tells. For a command it is a relay's in any case. */
async function isLeftAlone({ connection }: EmbeddedPostgres, options: StorageOptions): Promise<boolean> {
  if (isCommand(options)) return false;
  return await isWithoutRelay(connection, options).catch(() => false);
}
