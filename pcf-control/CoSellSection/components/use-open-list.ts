import * as React from "react";
import type { SolutionEntry } from "../model/solution-ids";
import { MOST_SUGGESTED, type KnownSolution } from "../model/solution-search";
import type { SolutionCatalogue } from "../solution-catalogue";
import { useSuggestions } from "./use-catalogue";

/** The list of suggestions below the box. */
export interface OpenList {
  readonly suggested: readonly KnownSolution[];
  /** Whether the list is on the page: it was opened, and there is something to suggest. */
  readonly showing: boolean;
  /** Place of the suggestion that Enter takes; null for none. */
  readonly active: number | null;
  /** Whether there may be more than is shown. */
  readonly more: boolean;
  /** Opens the list with a suggestion to take, or none. */
  readonly open: (active: number | null) => void;
  /** Opens the list, or goes on in it, round its ends. */
  readonly step: (by: 1 | -1) => void;
  readonly close: () => void;
}

export interface OpenListParts {
  readonly catalogue: SolutionCatalogue;
  /** What the deal has already: it is not suggested again. */
  readonly chosen: readonly SolutionEntry[];
  readonly typed: string;
}

export function useOpenList({ catalogue, chosen, typed }: OpenListParts): OpenList {
  const [opened, setOpened] = React.useState(false);
  const [place, setPlace] = React.useState<number | null>(null);
  const found = useSuggestions(catalogue, { typed, wanted: opened && catalogue.available() });
  const suggested = found.filter((solution) => chosen.every(({ text }) => text !== solution.id));
  const showing = opened && suggested.length > 0;
  const active = showing && place !== null && place < suggested.length ? place : null;
  const open = (next: number | null): void => {
    setOpened(true);
    setPlace(next);
  };
  return {
    suggested,
    showing,
    active,
    more: found.length >= MOST_SUGGESTED,
    open,
    step: (by) => {
      open(showing ? stepped(active, by, suggested.length) : null);
    },
    close: () => {
      setOpened(false);
      setPlace(null);
    },
  };
}

function stepped(active: number | null, by: 1 | -1, count: number): number {
  if (active === null) return by === 1 ? 0 : count - 1;
  return (active + by + count) % count;
}
