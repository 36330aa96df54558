// Dates and times as the user's personal settings want them. The browser's own formatting follows the browser's language
// and time zone, which need not be those of the user's settings in Dynamics 365.

/** Patterns of the user's settings, in the notation of .NET. */
export interface DateTimePatterns {
  readonly shortDate: string;
  readonly shortTime: string;
  readonly dateSeparator: string;
  readonly timeSeparator: string;
  readonly am: string;
  readonly pm: string;
  /** January first. */
  readonly shortMonths: readonly string[];
}

/** Used when the host gives no patterns: understood everywhere. */
export const plainPatterns: DateTimePatterns = {
  shortDate: "yyyy-MM-dd",
  shortTime: "HH:mm",
  dateSeparator: "-",
  timeSeparator: ":",
  am: "AM",
  pm: "PM",
  shortMonths: [],
};

const MS_PER_MINUTE = 60_000;
const TOKEN = /'[^']*'|yyyy|yy|MMM|MM|M|dd|d|HH|H|hh|h|mm|m|tt|t|[/:]/g;

type Part = (local: Date, patterns: DateTimePatterns) => string;

const two = (n: number): string => String(n).padStart(2, "0");
const twelve = (local: Date): number => local.getUTCHours() % 12 || 12;
const half: Part = (local, { am, pm }) => (local.getUTCHours() < 12 ? am : pm);

const parts: Readonly<Record<string, Part>> = {
  yyyy: (local) => String(local.getUTCFullYear()),
  yy: (local) => two(local.getUTCFullYear() % 100),
  MMM: (local, { shortMonths }) => shortMonths[local.getUTCMonth()] ?? two(local.getUTCMonth() + 1),
  MM: (local) => two(local.getUTCMonth() + 1),
  M: (local) => String(local.getUTCMonth() + 1),
  dd: (local) => two(local.getUTCDate()),
  d: (local) => String(local.getUTCDate()),
  HH: (local) => two(local.getUTCHours()),
  H: (local) => String(local.getUTCHours()),
  hh: (local) => two(twelve(local)),
  h: (local) => String(twelve(local)),
  mm: (local) => two(local.getUTCMinutes()),
  m: (local) => String(local.getUTCMinutes()),
  tt: half,
  t: (local, patterns) => half(local, patterns).slice(0, 1),
  "/": (_, { dateSeparator }) => dateSeparator,
  ":": (_, { timeSeparator }) => timeSeparator,
};

/** An instant as date and time of the user. */
export function formatDateTime(at: Date, minutesAheadOfUtc: number, patterns: DateTimePatterns): string {
  // The shifted instant is read with the UTC getters, so the browser's own time zone plays no part.
  const local = new Date(at.getTime() + minutesAheadOfUtc * MS_PER_MINUTE);
  return `${fill(patterns.shortDate, local, patterns)} ${fill(patterns.shortTime, local, patterns)}`;
}

function fill(pattern: string, local: Date, patterns: DateTimePatterns): string {
  return pattern.replace(TOKEN, (token) => parts[token]?.(local, patterns) ?? token.slice(1, -1));
}
