import { dealTypeOf, dealTypes, type DealType } from "./deal-type";
import type { Columns } from "./host-state";
import type { Say, StringId } from "./strings";
import { isClosed, isLinked } from "./sync-state";

/** One of the three deal types, as a step. */
export interface DealStep {
  readonly text: string;
  readonly current: boolean;
}

/** The deal type that follows from the choices, and in one line what Microsoft will see. */
export interface DealLine {
  readonly label: string;
  readonly steps: readonly DealStep[];
  readonly seesLabel: string;
  readonly sees: string;
}

const names: { readonly [D in DealType]: StringId } = {
  private: "deal_private",
  "partner-led": "deal_partner_led",
  "co-sell": "deal_co_sell",
};

const sees: { readonly [D in DealType]: StringId } = {
  private: "sees_private",
  "partner-led": "sees_partner_led",
  "co-sell": "sees_co_sell",
};

/** Null when the section does not know both choices. */
export function dealLine(columns: Columns, say: Say): DealLine | null {
  const type = dealTypeOf(columns);
  if (type === null) return null;
  return {
    label: say("deal_type"),
    steps: dealTypes.map((each) => ({ text: say(names[each]), current: each === type })),
    seesLabel: say("colon", say("sees")),
    sees: say(seenText(type, columns)),
  };
}

function seenText(type: DealType, columns: Columns): StringId {
  if (isClosed(columns)) return "sees_closed";
  const off = columns.sync.readable && columns.sync.value !== true;
  if (off) return isLinked(columns) ? "sees_nothing_more" : "sees_nothing_off";
  return sees[type];
}
