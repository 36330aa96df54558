// Puts the mistake of this thread into the engine. It must be the first thing that a thread imports: what was loaded
// before it has no mistake.

import { workerData } from "node:worker_threads";
import type { ThreadData } from "../threads";
import { putInto } from "./put-into";

const { mutant } = workerData as ThreadData;

/** What is wrong with the mistake, once the engine is loaded; null: nothing. */
export const complaint = mutant === null ? () => null : putInto(mutant);
