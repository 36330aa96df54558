import { runLoad, type LoadResult } from "./load";
import type { RelayUnderTest } from "./relay-under-test";
import { makeSyncedPairs, type SyncedPair } from "./synced-pairs";
import { dataverseDeliveries, OPERATION_ID, partnerCenterDeliveries } from "./webhook-deliveries";

/** Pairs that the webhooks name. */
const PAIRS = 20;
/** A bulk edit of a whole book of deals on both sides. */
const OPEN_PER_SECOND = 100;

/** Webhooks at 100 a second, every other one from Partner Center. */
export interface WebhookLoad {
  open(seconds: number): Promise<LoadResult>;
  /** Dataverse webhooks on so many connections, as fast as they are answered. */
  closed(connections: number, seconds: number): Promise<LoadResult>;
}

/** Makes pairs and a load of webhooks about them. */
export async function createWebhookLoad({ clouds, relay }: RelayUnderTest): Promise<WebhookLoad> {
  const pairs: readonly SyncedPair[] = await makeSyncedPairs(clouds, PAIRS);
  const fromDataverse = await dataverseDeliveries(clouds, pairs);
  const order = { url: relay.url, idPlaceholder: OPERATION_ID };
  return {
    open(seconds) {
      const half = (OPEN_PER_SECOND * seconds) / 2;
      const deliveries = partnerCenterDeliveries(clouds, pairs, half).flatMap((signed, n) => {
        const plain = fromDataverse[n % fromDataverse.length];
        return plain === undefined ? [signed] : [signed, plain];
      });
      return runLoad({ ...order, deliveries, plan: { kind: "open", perSecond: OPEN_PER_SECOND, seconds } });
    },
    closed: (connections, seconds) =>
      runLoad({ ...order, deliveries: fromDataverse, plan: { kind: "closed", connections, seconds } }),
  };
}
