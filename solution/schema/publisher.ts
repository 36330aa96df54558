/** The solution's publisher. The prefix is part of every logical name and can never change once the solution is out. */
export const publisher = {
  uniqueName: "cosellsync",
  prefix: "cosell",
  /** Option values are this number × 10,000 + n (Dataverse's rule for choices of a publisher). */
  optionValuePrefix: 84213,
  labels: { en: "CoSell Sync", fr: "CoSell Sync" },
} as const;

/** Unique name of the managed solution: letters, digits and underscore only. */
export const solutionUniqueName = "CoSellSync";

/** The nth option value of this publisher, n counted from 0. */
export function optionValue(n: number): number {
  return publisher.optionValuePrefix * 10_000 + n;
}
