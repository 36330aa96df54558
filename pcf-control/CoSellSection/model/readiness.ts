// What is still missing before the switch does anything. The section sees its own columns only; the relay checks the rest
// of the opportunity when it is saved and answers in the sync message.

import type { Columns } from "./host-state";
import { dealTypeOf } from "./deal-type";
import { sentences } from "./sentences";
import { solutionEntries } from "./solution-ids";
import type { Say } from "./strings";
import { isClosed, isLinked, writtenStatus } from "./sync-state";

/** One line of the list. */
export interface ReadinessItem {
  readonly text: string;
  readonly done: boolean;
}

/** The list, and what the relay checks besides. */
export interface Readiness {
  readonly items: readonly ReadinessItem[];
  readonly also: string;
}

/** Null once there is a referral: from then on the status line says what is missing. */
export function readiness(columns: Columns, say: Say): Readiness | null {
  if (isLinked(columns) || isClosed(columns)) return null;
  const items = [...products(columns, say), ...toldByRelay(columns), ...sync(columns, say)];
  const coSell = dealTypeOf(columns) === "co-sell";
  return { items, also: say(coSell ? "ready_also_co_sell" : "ready_also") };
}

function products({ products: column }: Columns, say: Say): readonly ReadinessItem[] {
  if (!column.bound || !column.readable) return [];
  const entries = solutionEntries(column.value);
  const wrong = entries.some(({ valid }) => !valid);
  return [{ text: say(wrong ? "ready_products_wrong" : "ready_products"), done: entries.length > 0 && !wrong }];
}

/** What the relay found missing at the last save, unless the switch was off then. */
function toldByRelay(columns: Columns): readonly ReadinessItem[] {
  if (writtenStatus(columns) !== "needs-attention" || columns.sync.value !== true) return [];
  return sentences(columns.syncMessage.value).map((text) => ({ text, done: false }));
}

function sync({ sync: column }: Columns, say: Say): readonly ReadinessItem[] {
  return column.bound && column.readable ? [{ text: say("ready_sync"), done: column.value === true }] : [];
}
