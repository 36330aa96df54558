// Texts that go into a column of the opportunity, and what these columns hold.

/** Most characters of a text on the opportunity, by where it goes. */
export const columnCharacters = { syncMessage: 1_000, referralStatus: 200, microsoftCrmId: 100 } as const;

/** A text of at most so many characters (UTF-16, as Dataverse counts): what is too much gives way to an ellipsis. */
export function shortened(text: string, mostCharacters: number): string {
  if (text.length <= mostCharacters) return text;
  // Half of a character outside the basic plane is no text, and is refused.
  return `${text.slice(0, mostCharacters - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
