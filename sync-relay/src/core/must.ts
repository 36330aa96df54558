/** The value, which the caller knows to be there. Throws with the reason when it is not: that is a bug of ours. */
export function must<T>(value: T | null | undefined, why: string): T {
  if (value === null || value === undefined) throw new Error(`bug: ${why}`);
  return value;
}

/** Marks a place that no case of a union can reach. */
export function assertNever(value: never, where: string): never {
  throw new Error(`bug: unexpected case in ${where}: ${JSON.stringify(value)}`);
}
