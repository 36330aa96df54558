/** Longest part of a refused value that is shown again. */
const SHOWN_CHARACTERS = 80;

/** What stands before the last @ of an address, in whatever state the address is. */
const USER_PART = /^([a-z][a-z0-9+.-]*:\/\/)?.*@/is;

/** A refused value as it may be shown again: no more of it than helps, and no user name or password of an address. */
export function shownValue(text: string): string {
  return text.replace(USER_PART, "$1…@").slice(0, SHOWN_CHARACTERS);
}
