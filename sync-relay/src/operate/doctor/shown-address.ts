/** An address as it may be shown: webhook addresses carry secrets in their path and query. */
export function shownAddress(url: string): string {
  if (!URL.canParse(url)) return "…";
  const { origin, pathname, search } = new URL(url);
  const [first = "", ...rest] = pathname.split("/").filter((part) => part !== "");
  const more = rest.length > 0 || search !== "" ? "/…" : "";
  return `${origin}${first === "" ? "" : `/${first}`}${more}`;
}
