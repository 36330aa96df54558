import type { Columns } from "./host-state";

/**
 * What kind of deal follows from the seller's two choices: no help and not visible is private, no help but visible is
 * partner-led, any help is a co-sell (and visible by that).
 */
export type DealType = "private" | "partner-led" | "co-sell";

/** Every deal type, from what Microsoft sees least of to what it sees most of; a deal never goes back. */
export const dealTypes: readonly DealType[] = ["private", "partner-led", "co-sell"];

/** The deal type, or null when the section does not know both choices. */
export function dealTypeOf({ help, visible }: Pick<Columns, "help" | "visible">): DealType | null {
  if (help.value !== null) return "co-sell";
  if (!isKnown(help) || !isKnown(visible)) return null;
  return visible.value === true ? "partner-led" : "private";
}

function isKnown(column: { readonly bound: boolean; readonly readable: boolean }): boolean {
  return column.bound && column.readable;
}
