import { join } from "node:path";
import { startEmbeddedPostgres } from "../adapters/embedded-postgres/embedded-postgres";
import { createMasterKey } from "../adapters/sealing/master-key";
import { keyId, sealingKeyId } from "../adapters/sealing/sealing";
import { dataverseLimits, partnerCenterLimits } from "../adapters/store/budget/upstream-limits";
import { createPostgresStore, type PostgresStore } from "../adapters/store/postgres-store";
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
  const { settings, clock, random, log, openedBy = "relay" } = options;
  const { storage, signIn } = settings;
  const embedded =
    storage.kind === "embedded"
      ? await startEmbeddedPostgres({
          dataDir: join(storage.dataDir, "postgres"),
          log,
          ...(storage.pgBin === null ? {} : { binDir: storage.pgBin }),
        })
      : null;
  const masterKeys = settings.masterKeys ?? [await createMasterKey(storage.dataDir)];
  const [sealingKey] = masterKeys;
  const credential = `${signIn.tenantId}/${signIn.clientId}`;
  const store = await createPostgresStore({
    connection: embedded?.connection ?? connectionTo(storage),
    clock,
    random,
    log,
    coalesceMs: settings.coalesceMs,
    replicaId: random.uuid().slice(0, 8),
    ...(sealingKey === undefined ? {} : { sealsWith: keyId(sealingKey) }),
    budgets: { dataverse: dataverseLimits(credential), "partner-center": partnerCenterLimits(credential) },
    // Nobody else can reach the embedded database, so what a dead relay held is free at once.
    soleReplica: embedded !== null && openedBy === "relay",
    isCommand: openedBy === "command",
  });
  await noteKeyInUse(store, masterKeys, clock);
  return {
    store,
    masterKeys,
    async close() {
      const isUsed = openedBy === "command" && (embedded?.adopted === true || (await isUsedByRelay(store)));
      await store.close();
      if (!isUsed) await embedded?.stop();
    },
  };
}

/** The key that seals from now on. */
async function noteKeyInUse(store: PostgresStore, masterKeys: Storage["masterKeys"], clock: Clock): Promise<void> {
  const key = keyId(must(masterKeys[0], "a store has a master key"));
  await noteMasterKey({
    key,
    facts: store.pairs,
    secrets: store.secrets,
    keyOf: sealingKeyId,
    nowMs: clock.now(),
  });
}

/** A relay that started meanwhile has taken over the server that a command had started. */
async function isUsedByRelay({ operator }: PostgresStore): Promise<boolean> {
  return await operator.runningRelays().then(
    (relays) => relays > 0,
    () => false,
  );
}

function connectionTo(storage: RelaySettings["storage"]): { connectionString: string } {
  return { connectionString: storage.kind === "database" ? storage.url : "" };
}
