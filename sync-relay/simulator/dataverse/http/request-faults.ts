// Faults that a test or a visitor orders: "the next N requests that match get this". A rule is used up request by
// request; the first rule that matches is taken.

import { z } from "zod";

const effect = z.discriminatedUnion("kind", [
  /** Answered with this status; nothing takes effect. */
  z.strictObject({
    kind: z.literal("status"),
    status: z.number().int().min(400).max(599),
    code: z.string().optional(),
    message: z.string().optional(),
    retryAfterSeconds: z.number().nonnegative().optional(),
    /** An HTML page in place of the documented JSON, as proxies answer. */
    html: z.boolean().optional(),
  }),
  /** Answered normally, but late. */
  z.strictObject({ kind: z.literal("slow"), delayMs: z.number().nonnegative() }),
  /** Never answered; nothing takes effect. */
  z.strictObject({ kind: z.literal("hang") }),
  /** The connection is cut; nothing takes effect. */
  z.strictObject({ kind: z.literal("drop") }),
  /** The client sees a failure, yet the request takes effect, at once or later. */
  z.strictObject({
    kind: z.literal("hidden-effect"),
    seen: z.enum(["504", "drop", "hang"]),
    effectAfterMs: z.number().nonnegative().optional(),
  }),
]);

/** A rule as it is given, in code or as JSON. */
export const faultRule = z.strictObject({
  method: z.string().optional(),
  /** Regular expression that the path and query below the service root must match. */
  pathPattern: z.string().optional(),
  /** How many requests it hits; 1 unless given. */
  times: z.number().int().positive().optional(),
  effect,
});

/** A rule: which requests, how many, what happens to them. */
export type FaultRule = z.infer<typeof faultRule>;

/** What happens to a request. */
export type FaultEffect = z.infer<typeof effect>;

/** The ordered faults. */
export interface RequestFaults {
  add(rule: FaultRule): void;
  /** The fault for a request, used up by asking. */
  take(request: { method: string; path: string }): FaultEffect | undefined;
  clear(): void;
}

/** No faults yet. */
export function createRequestFaults(): RequestFaults {
  let rules: { rule: FaultRule; pattern: RegExp; left: number }[] = [];
  return {
    add: (rule) => {
      rules.push({ rule, pattern: new RegExp(rule.pathPattern ?? ""), left: rule.times ?? 1 });
    },
    take: ({ method, path }) => {
      const found = rules.find(
        ({ rule, pattern }) => (rule.method === undefined || rule.method === method) && pattern.test(path),
      );
      if (!found) return undefined;
      found.left -= 1;
      if (found.left === 0) rules = rules.filter((one) => one !== found);
      return found.rule.effect;
    },
    clear: () => {
      rules = [];
    },
  };
}
