import * as React from "react";
import type { ProductsField } from "../model/panel-model";
import { MOST_SOLUTIONS, solutionText, withSolutions, type Addition, type SolutionEntry } from "../model/solution-ids";
import type { Say } from "../model/strings";

/** The entries of the products column while they are edited. */
export interface ProductEntries {
  readonly typed: string;
  readonly setTyped: (text: string) => void;
  /** What became of the last edit, in words. */
  readonly outcome: string;
  readonly add: (text: string) => void;
  readonly remove: (text: string) => void;
}

export interface ProductEntriesParts {
  readonly field: ProductsField;
  readonly say: Say;
  /** How an id is told to the seller. */
  readonly labelOf: (id: string) => string;
  readonly onChange: (value: string | null) => void;
}

export function useProductEntries({ field, say, labelOf, onChange }: ProductEntriesParts): ProductEntries {
  const [typed, setTyped] = React.useState("");
  const [outcome, setOutcome] = React.useState("");
  // A second edit may come before the form shows the first one: until it does, the edits themselves are the latest.
  const shown = React.useRef(field.entries);
  const latest = React.useRef(field.entries);
  if (shown.current !== field.entries) {
    shown.current = field.entries;
    latest.current = field.entries;
  }

  const change = (next: readonly SolutionEntry[], message: string): void => {
    setOutcome(message);
    if (next.length === latest.current.length) return;
    latest.current = next;
    onChange(solutionText(next));
  };
  const add = (text: string): void => {
    const addition = withSolutions(latest.current, text, field.maxLength);
    // What was not taken stays in the box, to be corrected.
    setTyped([...addition.refused, ...addition.noRoom].join(" "));
    change(addition.entries, outcomeText(addition, { say, labelOf }));
  };
  const remove = (text: string): void => {
    const rest = latest.current.filter((entry) => entry.text !== text);
    change(rest, say("products_removed", labelOf(text)));
  };
  return { typed, setTyped, outcome, add, remove };
}

function outcomeText(
  { entries, added, duplicates, refused, noRoom }: Addition,
  { say, labelOf }: Pick<ProductEntriesParts, "say" | "labelOf">,
): string {
  const listed = (ids: readonly string[]): string => ids.map(labelOf).join(", ");
  const noRoomText =
    entries.length < MOST_SOLUTIONS
      ? say("products_no_room", listed(noRoom))
      : say("products_full", listed(noRoom), MOST_SOLUTIONS);
  const sentences = [
    added.length > 0 && say("products_added", listed(added)),
    duplicates.length > 0 && say("products_duplicates", listed(duplicates)),
    refused.length > 0 && say("products_refused", refused.join(", ")),
    noRoom.length > 0 && noRoomText,
  ];
  return sentences.filter((sentence) => sentence !== false).join(" ");
}
