import type { LoopbackClouds } from "../../sync-relay/simulator/demo/loopback-clouds";

/** Calls that the relay made to each cloud, e.g. `PATCH opportunities`; sign-in is not among them. */
export interface UpstreamCalls {
  readonly dataverse: readonly string[];
  readonly partnerCenter: readonly string[];
}

/** Periodic calls that no change causes: the sweep's look at changed records, and the relay's question who it is. */
const NOT_OF_A_CHANGE = /WhoAmI|updatedDateTime|deltatoken/i;
const TRACKS_CHANGES = /odata\.track-changes/;

/** What was called since the clouds' logs were reset. */
export function upstreamCalls({ dataverse, partnerCenter }: LoopbackClouds): UpstreamCalls {
  const crm = dataverse.requests.entries
    .filter(({ path, headers }) => !NOT_OF_A_CHANGE.test(path) && !TRACKS_CHANGES.test(headers["prefer"] ?? ""))
    .map(({ method, path }) => `${method} ${path.replace(/[?(].*$/, "")}`);
  const referrals = partnerCenter.requests
    .all()
    .filter(({ host, url }) => host === "referrals" && !NOT_OF_A_CHANGE.test(decodeURIComponent(url)))
    .map(
      ({ method, url }) => `${method} ${url.includes("$filter") || url.includes("%24filter") ? "list" : "referral"}`,
    );
  return { dataverse: crm, partnerCenter: referrals };
}

export function resetUpstreamCalls({ dataverse, partnerCenter }: LoopbackClouds): void {
  dataverse.requests.reset();
  partnerCenter.requests.reset();
}
