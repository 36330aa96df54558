import * as React from "react";
import type { KnownSolution } from "../model/solution-search";
import type { SolutionCatalogue } from "../solution-catalogue";

/** A pause in typing, in milliseconds, after which somebody is taken to wait for suggestions. */
const TYPING_PAUSE_MS = 150;

/** Keeps the names of these ids up to date: asks for them, and draws again when they come. */
export function useNames(catalogue: SolutionCatalogue, ids: readonly string[]): void {
  const [, draw] = React.useState(0);
  const list = ids.join(" ");
  React.useEffect(() => catalogue.subscribe(() => draw((n) => n + 1)), [catalogue]);
  React.useEffect(() => {
    catalogue.learn(list.split(" ").filter((id) => id !== ""));
  }, [catalogue, list]);
}

/** Suggestions for what was typed, the latest that came; none as long as they are not wanted. */
export function useSuggestions(
  catalogue: SolutionCatalogue,
  { typed, wanted }: { readonly typed: string; readonly wanted: boolean },
): readonly KnownSolution[] {
  const [found, setFound] = React.useState<readonly KnownSolution[]>([]);
  React.useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    const ask = async (): Promise<void> => {
      const solutions = await catalogue.search(typed);
      if (current) setFound(solutions);
    };
    const timer = setTimeout(() => void ask(), typed === "" ? 0 : TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [catalogue, typed, wanted]);
  return wanted ? found : [];
}
