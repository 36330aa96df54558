import fc from "fast-check";

// Generated tests draw the same values in every run, so that a build fails for what was changed and for nothing else.
// `PROPERTY_SEED=random npm test` draws new ones, `PROPERTY_SEED=<number>` draws those that a failure named.

const FIXED_SEED = 20_260_601;

function seedOf(text: string | undefined): number {
  if (text === undefined || text === "") return FIXED_SEED;
  if (text === "random") return Date.now() | 0;
  const seed = Number(text);
  if (!Number.isSafeInteger(seed)) throw new Error(`PROPERTY_SEED is "${text}": give a whole number, or "random".`);
  return seed;
}

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: seedOf(process.env["PROPERTY_SEED"]) });

export { fc };
