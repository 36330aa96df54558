import type { RequestEnded, UpstreamBudget } from "../../sync-relay/src/ports/upstream-budget";
import { generousLimits, type UpstreamLimits } from "../../sync-relay/src/adapters/store/budget/upstream-limits";
import type { MakeHarness, StoreHarness } from "./store-harness";

export function describeUpstreamBudgetContract(name: string, make: MakeHarness): void {
  describe(`upstream budget: ${name}`, () => {
    let harness: StoreHarness;
    beforeEach(async () => (harness = await make()));
    afterEach(() => harness.dispose());

    const replica = async (limits: Partial<UpstreamLimits>): Promise<UpstreamBudget> => {
      const base = generousLimits();
      const budgets = { ...base, dataverse: { ...base.dataverse, ...limits } };
      return (await harness.open({ budgets, soleReplica: false })).budget;
    };
    const step = async (ms: number): Promise<void> => {
      await harness.settle();
      await harness.pass(ms);
      await harness.settle();
    };

    /** Lets a little time pass until all have entered. */
    const allEnter = async (entered: ReturnType<typeof watch>): Promise<void> => {
      for (let n = 0; n < 50 && entered.count() < entered.wanted; n++) await step(100);
      expect(entered.count()).toBe(entered.wanted);
    };

    test("[BU1] a burst goes out at once, the rest at the rate, also over two replicas", async () => {
      const limits = { perSecond: 10, burst: 5 };
      const budgets = [await replica(limits), await replica(limits)];
      const startedAt = harness.now();
      const admittedAt: number[] = [];
      const all = Array.from({ length: 25 }, async (_, n) => {
        const ended = await budgets[n % 2]?.enter("dataverse");
        admittedAt.push(harness.now() - startedAt);
        ended?.(0);
      });
      for (let n = 0; n < 30; n++) await step(100);
      await Promise.all(all);
      const tooEarly = admittedAt.filter((ms, n) => n + 1 > limits.burst + (ms / 1_000) * limits.perSecond + 1);
      expect(tooEarly).toEqual([]);
      expect(admittedAt).toHaveLength(25);
    });

    test("[BU2] a pause that one replica was asked for holds all replicas", async () => {
      const [one, two] = [await replica({}), await replica({})];
      await one.pause("dataverse", 60_000);
      const entered = watch([one.enter("dataverse"), two.enter("dataverse")]);
      await step(50_000);
      expect(entered.count()).toBe(0);
      await step(10_000);
      await allEnter(entered);
    });

    test("[BU2] a shorter pause does not cut a longer one short", async () => {
      const budget = await replica({});
      await budget.pause("dataverse", 60_000);
      await budget.pause("dataverse", 1_000);
      const entered = watch([budget.enter("dataverse")]);
      await step(30_000);
      expect(entered.count()).toBe(0);
      await step(30_000);
      await allEnter(entered);
    });

    test("[BU2] a pause of one upstream does not hold the other", async () => {
      const budget = await replica({});
      await budget.pause("dataverse", 60_000);
      (await budget.enter("partner-center"))(1);
    });

    test("[BU3] no more requests are in flight than allowed, and each end lets one in", async () => {
      const budget = await replica({ concurrency: 2 });
      const first = await budget.enter("dataverse");
      await budget.enter("dataverse");
      const waiting = watch([budget.enter("dataverse"), budget.enter("dataverse")]);
      await step(1_000);
      expect(waiting.count()).toBe(0);
      first(10);
      first(10);
      await step(1_000);
      expect(waiting.count()).toBe(1);
    });

    test("[BU4] requests wait while the execution time is used up", async () => {
      const budget = await replica({ execution: { msPerSecond: 100, burstMs: 1_000 } });
      (await budget.enter("dataverse"))(3_000);
      const entered = watch([budget.enter("dataverse")]);
      await step(15_000);
      expect(entered.count()).toBe(0);
      await step(6_000);
      await allEnter(entered);
    });

    test("[BU5] an upstream with an unknown limit gets less after each pause, and no less for being asked twice", async () => {
      const adapts = { lowest: 1, highest: 100, climbPerSecond: 0 };
      const budget = await replica({ perSecond: 8, burst: 1, adapts });
      for (let pauses = 0; pauses < 4; pauses += 1) {
        await budget.pause("dataverse", 10_000);
        await budget.pause("dataverse", 10_000);
        await step(10_001);
      }
      const startedAt = harness.now();
      const entered = watch(Array.from({ length: 8 }, () => budget.enter("dataverse").then((ended) => ended(0))));
      await allEnter(entered);
      const perSecond = 8_000 / (harness.now() - startedAt);
      // 8 × 0.9 × 0.7³
      expect(perSecond).toBeLessThan(2.9);
      expect(perSecond).toBeGreaterThan(1.4);
    });

    test("[BU6] another credential has a budget of its own", async () => {
      const one = await replica({ credential: "a" });
      const two = await replica({ credential: "b" });
      await one.pause("dataverse", 60_000);
      (await two.enter("dataverse"))(1);
    });

    test("[BU9] a clock that is set back by hours keeps nobody waiting until it has caught up", async () => {
      const budget = await replica({ perSecond: 10, burst: 1, execution: { msPerSecond: 1_000, burstMs: 1_000 } });
      (await budget.enter("dataverse"))(1_500);
      await step(1_000);
      await harness.pass(-7_200_000);
      await allEnter(watch(Array.from({ length: 4 }, () => budget.enter("dataverse").then((ended) => ended(0)))));
    });

    test("[BU9] a pause that a clock ahead of its time has noted ends an hour after the clock was set back", async () => {
      const budget = await replica({ perSecond: 10, burst: 1 });
      await budget.pause("dataverse", 60_000);
      await harness.pass(-24 * 3_600_000);
      const entered = watch([budget.enter("dataverse")]);
      await step(1_000);
      expect(entered.count()).toBe(0);
      await step(3_600_000);
      await allEnter(entered);
    });

    test("[BU7] whoever waits when the store is closed is told CS-1301", async () => {
      const store = await harness.open();
      await store.budget.pause("dataverse", 60_000);
      const entering = store.budget.enter("dataverse");
      const refused = expect(entering).rejects.toMatchObject({ code: "CS-1301" });
      await harness.settle();
      await store.close();
      await refused;
    });
  });
}

function watch(entering: readonly Promise<RequestEnded | void>[]): { readonly wanted: number; count(): number } {
  let entered = 0;
  for (const one of entering) {
    one.then(
      () => entered++,
      () => undefined,
    );
  }
  return { wanted: entering.length, count: () => entered };
}
