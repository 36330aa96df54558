// Where Dataverse is, seen from a web resource. Its pages lie at `…/WebResources/<name>`, sometimes with a version in
// front, and on premises with the organisation's name in front of that.

const WEB_RESOURCES = /\/WebResources\//i;
const VERSION = /\/(?:%7b|\{)[^/]*(?:%7d|\})$/i;

/** The path of the organisation, without a slash at its end: empty in the cloud. */
export function organisationPath(pathname: string): string {
  const end = pathname.search(WEB_RESOURCES);
  return end < 0 ? "" : pathname.slice(0, end).replace(VERSION, "");
}

/** Address of a record in an app. */
export function recordPath(organisation: string, table: string, id: string): string {
  const query = `pagetype=entityrecord&etn=${encodeURIComponent(table)}&id=${encodeURIComponent(id)}`;
  return `${organisation}/main.aspx?${query}`;
}

/** Kind of a view that everybody has, in addresses. */
const PUBLIC_VIEW = 1039;

/** Address of a view in an app. */
export function viewPath(organisation: string, table: string, viewId: string): string {
  const query = `pagetype=entitylist&etn=${encodeURIComponent(table)}&viewid=${viewId}&viewType=${PUBLIC_VIEW}`;
  return `${organisation}/main.aspx?${query}`;
}
