import type { Stage } from "../opportunity";

/** Every stage, in the order of a sale. */
export const stages = ["on-hold", "in-progress", "won", "lost"] as const satisfies readonly Stage[];
