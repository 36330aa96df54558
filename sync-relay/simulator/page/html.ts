// Plain HTML for the simulators' pages. Text is escaped by default: the only way to put markup into a page is the `html`
// tag, whose results are marked as markup by their type.

/** A piece of finished markup. */
export interface Markup {
  readonly markup: string;
}

type Insert = string | number | Markup | readonly Markup[] | null;

/** Markup from a template; inserted text is escaped, inserted markup is not. */
export function html(strings: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  const parts = strings.map((text, n) => text + insert(inserts[n] ?? null));
  return { markup: parts.join("") };
}

function insert(value: Insert): string {
  if (value === null) return "";
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  return "markup" in value ? value.markup : value.map((one) => one.markup).join("");
}

/** Text that is safe between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
