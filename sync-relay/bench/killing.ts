import { rounded, times, type Figure, type Suite, type SuiteOptions } from "./figure";
import { killRounds } from "./processes/kill-rounds";

const ROUNDS = 100;
const QUICK_ROUNDS = 5;

/** What is lost, doubled or overtaken when relay and database are killed at random moments under load: nothing. */
export const killing: Suite = { prefix: "kill.", measure };

async function measure({ quick, seed, say }: SuiteOptions): Promise<readonly Figure[]> {
  const rounds = quick ? QUICK_ROUNDS : ROUNDS;
  const { inbox, edits, notPaired, recoveryMs } = await killRounds({ rounds, seed, say });
  const { acknowledged } = inbox;
  return [
    { name: "kill.acknowledged", value: acknowledged, unit: "events", samples: rounds },
    { name: "kill.lost", value: inbox.lost.length + inbox.waiting.length, unit: "events", samples: acknowledged },
    { name: "kill.out-of-order", value: inbox.outOfOrder.length, unit: "events", samples: acknowledged },
    { name: "kill.not-paired-once", value: notPaired.length, unit: "pairs", samples: edits.pairs },
    ...times("kill.recovery", recoveryMs.map(rounded)),
  ];
}
