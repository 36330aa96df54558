// Puts a mistake into the engine while it is loaded, so that the product itself knows nothing of mutants: the text of one
// module is replaced at one place. When the place is not there any more, or there twice, nothing is run.

import { registerHooks, type LoadHookSync } from "node:module";
import type { Mutant } from "./mutant";

/** Must be called before the engine is loaded. Returns what is wrong with the mutant once it is; null: nothing. */
export function putInto(mutant: Mutant): () => string | null {
  const ending = `/sync-relay/${mutant.file}.js`;
  let places: number | null = null;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.endsWith(ending)) return loaded;
      const source = textOf(loaded.source);
      places = placesOf(mutant.text, source);
      return { ...loaded, source: source.replace(mutant.text, () => mutant.becomes) };
    },
  });
  return () => (places === 1 ? null : whyNot(mutant, places));
}

function textOf(source: Awaited<ReturnType<LoadHookSync>>["source"]): string {
  return typeof source === "string" ? source : Buffer.from(source as Uint8Array).toString("utf8");
}

export function placesOf(text: string, source: string): number {
  return source.split(text).length - 1;
}

function whyNot({ name, file, text }: Mutant, places: number | null): string {
  if (places === null) return `mutant ${name}: sync-relay/${file} is not part of the engine any more`;
  return `mutant ${name}: "${text}" occurs ${places} times in sync-relay/${file}, not once; mend the mutant`;
}
