// Batches without a timer: what arrives while a batch is being written is the next batch. An idle relay writes at
// once, a busy one writes many events per commit.

export interface Batcher<Item> {
  /** Resolves when the batch with the item was written; rejects when it could not be. */
  add(item: Item): Promise<void>;
  /** Resolves when nothing is left to write. */
  idle(): Promise<void>;
}

interface BatcherOptions<Item> {
  readonly write: (items: readonly Item[]) => Promise<void>;
  /** Largest batch. */
  readonly atMost: number;
  /** Whether a failure may be the fault of a single item: then each is tried alone. */
  readonly onlyOneToBlame?: (failure: unknown) => boolean;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly done: () => void;
  readonly failed: (reason: unknown) => void;
}

export function createBatcher<Item>(options: BatcherOptions<Item>): Batcher<Item> {
  const waiting: Waiting<Item>[] = [];
  let writing: Promise<void> | null = null;

  async function writeBatch(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      await options.write(batch.map(({ item }) => item));
      for (const { done } of batch) done();
    } catch (reason) {
      if (batch.length > 1 && (options.onlyOneToBlame?.(reason) ?? false)) {
        for (const one of batch) await writeBatch([one]);
      } else {
        for (const { failed } of batch) failed(reason);
      }
    }
  }

  async function writeAll(): Promise<void> {
    // Everything that is added in this turn of the event loop joins the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await writeBatch(waiting.splice(0, options.atMost));
    writing = null;
  }

  return {
    add: (item) =>
      new Promise((done, failed) => {
        waiting.push({ item, done, failed });
        writing ??= writeAll();
      }),
    idle: async () => {
      await writing;
    },
  };
}
