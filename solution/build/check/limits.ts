// Sizes that Dataverse takes, in characters unless said otherwise.

/** Name of a table, column or key with its prefix. */
export const SCHEMA_NAME_LENGTH = 50;
/** Name of an environment variable. */
export const VARIABLE_NAME_LENGTH = 100;
/** Unique name of a solution. */
export const SOLUTION_NAME_LENGTH = 65;

/** Shown name of a table, column or key. */
export const LABEL_LENGTH = 50;
/** Name of a role, a profile, an environment variable, a publisher or a solution. */
export const COMPONENT_NAME_LENGTH = 100;
/** Name of a view, a form, a tab or a section. */
export const VIEW_NAME_LENGTH = 200;
/** Text of one option of a choice. */
export const OPTION_LABEL_LENGTH = 200;
/** Description of anything, and value of an environment variable. */
export const DESCRIPTION_LENGTH = 2_000;

/** Longest content of a column by its kind. */
export const TEXT_LENGTHS: Readonly<Record<string, number>> = { text: 4_000, url: 4_000, "multi-line": 1_048_576 };

/** Columns of one alternate key. */
export const KEY_COLUMNS = 16;
/** Size of all columns of a key together, bytes; a character of a text takes two. */
export const KEY_BYTES = 900;

/** Option values of one publisher: its number × 10,000 and the next 9,999. */
export const OPTION_VALUES = 10_000;
/** Numbers that a publisher may have. */
export const OPTION_VALUE_PREFIXES = { least: 10_000, most: 99_999 } as const;
