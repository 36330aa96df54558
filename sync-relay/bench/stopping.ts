import { times, type Figure, type Suite, type SuiteOptions } from "./figure";
import { stopRounds } from "./processes/stop-rounds";

const ROUNDS = 50;
const QUICK_ROUNDS = 3;

/** What is answered badly, or not at all, when the relay is stopped under load: nothing. */
export const stopping: Suite = { prefix: "stop.", measure };

async function measure({ quick, seed, say }: SuiteOptions): Promise<readonly Figure[]> {
  const rounds = quick ? QUICK_ROUNDS : ROUNDS;
  const { inbox, failed, takenUnanswered, crossed, exitCodes, stopMs } = await stopRounds({ rounds, seed, say });
  const { acknowledged } = inbox;
  return [
    { name: "stop.acknowledged", value: acknowledged, unit: "events", samples: rounds },
    {
      name: "stop.failed-answers",
      value: failed.length + takenUnanswered.length,
      unit: "answers",
      samples: acknowledged,
    },
    { name: "stop.crossed", value: crossed, unit: "events", samples: acknowledged },
    { name: "stop.lost", value: inbox.lost.length + inbox.waiting.length, unit: "events", samples: acknowledged },
    { name: "stop.bad-exits", value: exitCodes.filter((code) => code !== 0).length, unit: "events", samples: rounds },
    ...times("stop.time", stopMs),
  ];
}
