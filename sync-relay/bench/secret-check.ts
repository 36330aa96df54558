// Whether the time of a secret's check tells anything about the secret, by the method of dudect: guesses of two classes
// in random order, one with a wrong beginning and one that is right but for its end, and Welch's t between their times.
// Below 4.5 nothing can be told. The naive comparison is measured the same way and shows that the method would tell.

import { randomBytes } from "node:crypto";
import { createSecretCheck } from "../src/adapters/dataverse/shared-secret";
import { rounded, type Figure, type Suite, type SuiteOptions } from "./figure";

const SAMPLES = 1_000_000;
const QUICK_SAMPLES = 50_000;
/** Share of the quickest measurements that count; the slowest are the machine's own doing. */
const COUNTED_SHARE = 0.9;
/** Checks before any is measured: the code is compiled by then. */
const WARM_UP = 20_000;
/** Guesses made ahead, so that making them is not measured. */
const BLOCK = 5_000;

export const secretCheck: Suite = { prefix: "secret-check.", measure };

function measure({ quick }: SuiteOptions): Promise<readonly Figure[]> {
  const samples = quick ? QUICK_SAMPLES : SAMPLES;
  const secret = randomBytes(32).toString("hex");
  const check = createSecretCheck([secret]);
  return Promise.resolve([
    { name: "secret-check.t", value: rounded(tBetween(check, secret, samples)), unit: "t", samples },
    { name: "secret-check.t-naive", value: rounded(tBetween(naiveCheck(secret), secret, samples)), unit: "t", samples },
  ]);
}

/** Stops at the first wrong character, as `===` and most hand-written comparisons do. */
function naiveCheck(secret: string): (given: string) => boolean {
  return (given) => {
    for (let at = 0; at < secret.length; at += 1) if (given[at] !== secret[at]) return false;
    return given.length === secret.length;
  };
}

type Check = (given: string) => boolean;

function tBetween(check: Check, secret: string, samples: number): number {
  for (let n = 0; n < WARM_UP; n += 1) check(guess(secret, n % 2 === 0));
  const startsRight = Uint8Array.from({ length: samples }, () => (Math.random() < 0.5 ? 1 : 0));
  const times = new Float64Array(samples);
  for (let from = 0; from < samples; from += BLOCK) {
    // Texts alone and times alone: what is known of a guess while it is measured would show in its time.
    const texts = Array.from(startsRight.subarray(from, from + BLOCK), (right) => guess(secret, right === 1));
    for (const [n, text] of texts.entries()) {
      const startedAt = process.hrtime.bigint();
      check(text);
      times[from + n] = Number(process.hrtime.bigint() - startedAt);
    }
  }
  return welchT(...counted(times, startsRight));
}

/** Both are made the same way, by replacing one character of the secret. */
function guess(secret: string, startsRight: boolean): string {
  const bytes = Buffer.from(secret);
  bytes.write("-", startsRight ? secret.length - 1 : 0);
  return bytes.toString("latin1");
}

/** Times of both classes, cut off at the same place, so that cutting cannot make a difference of its own. */
function counted(times: Float64Array, startsRight: Uint8Array): readonly [readonly number[], readonly number[]] {
  const longest = Float64Array.from(times).sort()[Math.floor(times.length * COUNTED_SHARE)] ?? Infinity;
  const classes: readonly [number[], number[]] = [[], []];
  for (const [n, time] of times.entries()) if (time <= longest) classes[startsRight[n] === 1 ? 1 : 0].push(time);
  return classes;
}

/** Size of Welch's t statistic between two samples. */
function welchT(a: readonly number[], b: readonly number[]): number {
  const [left, right] = [momentsOf(a), momentsOf(b)];
  const error = Math.sqrt(left.variance / a.length + right.variance / b.length);
  return error === 0 ? 0 : Math.abs(left.mean - right.mean) / error;
}

function momentsOf(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance };
}
