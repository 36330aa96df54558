/** An environment answers its Web API at two names of its own: `contoso.crm4.…` and `contoso.api.crm4.…`. */
const API_HOST = /^([^.]+)\.api\.(?=crm)/;

/** Where the pages of an environment come from, whichever of its addresses the relay was given. */
export function pageOriginOf(dataverseUrl: string): string {
  const url = new URL(dataverseUrl);
  url.hostname = url.hostname.replace(API_HOST, "$1.");
  return url.origin;
}
