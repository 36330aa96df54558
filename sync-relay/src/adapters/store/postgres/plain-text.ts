/** A text as PostgreSQL can keep it: it has no zero character. */
export function plainText(value: string): string {
  return value.replaceAll("\u0000", "\uFFFD");
}

/** The same for a value that may be absent. */
export function plainTextOrNull(value: string | null): string | null {
  return value === null ? null : plainText(value);
}
