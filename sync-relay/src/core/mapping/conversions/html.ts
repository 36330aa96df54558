// Plain text of a rich-text column, in one pass over the characters: no pattern that could take more than linear time
// on hostile markup. Only the text matters here, so tags are not checked against each other.

/** Tags that stand for a line break; all other tags leave no trace. */
const LINE_TAGS = new Set("br p div li tr h1 h2 h3 h4 h5 h6 blockquote ul ol table".split(" "));

/** Elements whose content is not text. */
const SILENT_TAGS = new Set(["script", "style", "head", "title"]);

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
]);

/** Longest entity that is decoded, e.g. `#x10FFFF`: bounds the look-ahead at every ampersand. */
const LONGEST_ENTITY = 10;

/** The text of a piece of HTML, with `\n` for line breaks. */
export function htmlToPlainText(html: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    const end = open < 0 ? html.length : open;
    parts.push(decodeEntities(html.slice(at, end).replace(/\s+/g, " ")));
    if (open < 0) break;
    const tag = readTag(html, open);
    parts.push(tag.text);
    at = tag.next;
  }
  return parts.join("");
}

/** Text as HTML that reads back as the same text. */
export function escapeHtml(plain: string): string {
  return plain.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\n/g, "<br>");
}

function readTag(html: string, open: number): { readonly text: string; readonly next: number } {
  if (html.startsWith("<!--", open)) return { text: "", next: after(html, "-->", open + 4) };
  if (!/[a-z/!?]/i.test(html.charAt(open + 1))) return { text: "<", next: open + 1 };
  const close = html.indexOf(">", open);
  if (close < 0) return { text: "", next: html.length };
  const isEnd = html.charAt(open + 1) === "/";
  const name = tagName(html, isEnd ? open + 2 : open + 1);
  if (!isEnd && SILENT_TAGS.has(name)) return { text: "", next: endOf(html, name, close + 1) };
  return { text: breakFor(name, isEnd), next: close + 1 };
}

/** One break per block: at its end, except for `<br>`, which has no end. */
function breakFor(name: string, isEnd: boolean): string {
  if (name === "br") return isEnd ? "" : "\n";
  return isEnd && LINE_TAGS.has(name) ? "\n" : "";
}

function tagName(html: string, from: number): string {
  let end = from;
  while (end - from < LONGEST_ENTITY && /[a-z0-9]/i.test(html.charAt(end))) end += 1;
  return html.slice(from, end).toLowerCase();
}

/** Position after `</name>`. Searching for `</` only, step by step, keeps the whole pass linear. */
function endOf(html: string, name: string, from: number): number {
  let at = html.indexOf("</", from);
  while (at >= 0 && tagName(html, at + 2) !== name) at = html.indexOf("</", at + 2);
  return at < 0 ? html.length : after(html, ">", at);
}

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

function decodeEntities(source: string): string {
  return source.replace(/&(#?[a-z0-9]{1,9});/gi, (whole, name: string) => entity(name) ?? whole);
}

function entity(name: string): string | undefined {
  if (!name.startsWith("#")) return ENTITIES.get(name.toLowerCase());
  const hex = /^#x([0-9a-f]{1,6})$/i.exec(name);
  const decimal = /^#(\d{1,7})$/.exec(name);
  const code = hex ? parseInt(hex[1] ?? "", 16) : Number(decimal?.[1] ?? Number.NaN);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
