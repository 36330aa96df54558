// Every choice of the simulated Partner Center. Where the public documents leave a behaviour open there is a setting
// here, so that a client can be tried against both answers; the default is the likelier or the harsher one. Settings may
// be changed while the simulator runs.

/** What the server does to values before it stores them. */
export type Canonicalisation =
  "trimmed-notes" | "line-feeds" | "whole-seconds" | "two-decimals" | "upper-case-currency";

export interface AccessSettings {
  /**
   * Role of the signed-in user. A `user` sees only referrals that have their e-mail address in `team`; without any role
   * (`none`) everything is refused.
   */
  role: "admin" | "user" | "none";
  userEmail: string;
  /** The answer for a referral that the caller may not see. */
  foreignReferralStatus: 403 | 404;
  /** Whether the partner may read Microsoft's referral of its own engagement. */
  microsoftReferralReadable: boolean;
}

export interface ListSettings {
  pageSize: number;
  /** Whether a `$top` above the page size gives several pages or is refused. */
  oversizedTop: "pages" | "refused";
  /** `documented`: http, and without `/engagements`. */
  nextLinkStyle: "documented" | "with-base";
  /** Host (and port) that next links name; null: this server's own. */
  nextLinkHost: string | null;
  /** How the next page is found: after the last row's sort key, or by counting rows (which skips rows that move). */
  pagesBy: "key" | "offset";
  countMeans: "total" | "page";
  /** Filter fields beyond the documented ones, e.g. `externalReferenceId`. */
  extraFilterFields: string[];
  /** How old the index is that lists are answered from. */
  indexLagMs: number;
}

export interface CreateSettings {
  /** Status of a successful create; 204 has no body. */
  createStatus: 200 | 201 | 204;
  /** `single-post`: creating a Shared referral with a help code invites Microsoft at once. */
  inviteStrategy: "two-posts" | "single-post";
  /** Which referral the second POST (the invitation of Microsoft) answers with. */
  inviteAnswers: "microsoft-referral" | "own-referral";
  /** What a second invitation of Microsoft to one engagement does. */
  repeatedInvite: "creates-another" | "refused";
  /** Whether a repeated MS-RequestId gets the first answer again. */
  honoursRequestId: boolean;
  /** Direction written on referrals that the partner creates. */
  createdDirection: "Outgoing" | "Incoming";
  /** `strict`: also refuse co-sell deals that the portal would refuse. */
  coSellRules: "lax" | "strict";
  canonicalises: Canonicalisation[];
  /** Where Microsoft's CRM id shows once Microsoft has accepted. */
  microsoftIdOn: "microsoft-referral" | "both-referrals";
}

export interface UpdateSettings {
  honoursIfMatch: boolean;
  /** Whether a PATCH that prefers the whole referral gets it; else it is answered 204 like any other. */
  honoursPrefer: boolean;
  /** The answer to any change of a closed referral. */
  closedReferralStatus: 400 | 409;
  /** Whether `/name` may be patched. */
  acceptsNamePatch: boolean;
  /** Whether Closed/Error is a known outcome. */
  acceptsErrorSubstatus: boolean;
  /** Whether sharing with Microsoft can be taken back. */
  sharingRevocable: boolean;
  /** Whether customer contacts are frozen once the referral is shared with Microsoft. */
  freezesSharedContact: boolean;
}

export interface WebhookSettings {
  /** Answer for a tenant without registration. */
  notRegisteredStatus: 400 | 404 | 500;
  secondRegistration: "replaces" | "refused";
  /** Whether changes made through the API raise events too. */
  eventsForApiWrites: boolean;
  /** Which referral a `related-referral-*` event names. */
  relatedEventNames: "microsoft-referral" | "own-referral";
  /** How much later than `updatedDateTime` the event says the change was. */
  eventDateOffsetMs: number;
  /** Whether the host in `ResourceUri` is Microsoft's, as documented, or this server's. */
  resourceUriHost: "documented" | "own";
  /** Whether the signature header lacks the word `Signature`. */
  bareSignature: boolean;
  /** The certificate URL that callbacks name; null: where this simulator serves it. */
  certificateUrl: string | null;
  callbackAttempts: number;
  /** Pause before attempt 2, 3, …; the last one repeats. */
  callbackBackOffMs: number[];
  callbackTimeoutMs: number;
  /** Share of events (0 to 1) never sent. */
  lostShare: number;
  duplicatedShare: number;
  delayedShare: number;
  /** Longest delay of a delayed event. */
  longestDelayMs: number;
  /** Share of events held back until the next one has gone. */
  reorderedShare: number;
}

export interface GatewaySettings {
  latencyMs: number;
  /** The hidden limit on requests; null: none. */
  rateLimit: { capacity: number; refillPerSecond: number } | null;
}

export type PartnerCenterSettings = AccessSettings &
  ListSettings &
  CreateSettings &
  UpdateSettings &
  WebhookSettings &
  GatewaySettings;

/** Attempts after which Partner Center gives a callback up. */
const DOCUMENTED_CALLBACK_ATTEMPTS = 10;
/** Page size of the 2019 documentation. */
const DOCUMENTED_PAGE_SIZE = 100;

export function defaultSettings(): PartnerCenterSettings {
  return {
    role: "admin",
    userEmail: "seller@partner.example",
    foreignReferralStatus: 403,
    microsoftReferralReadable: true,
    pageSize: DOCUMENTED_PAGE_SIZE,
    oversizedTop: "pages",
    nextLinkStyle: "documented",
    nextLinkHost: null,
    pagesBy: "key",
    countMeans: "total",
    extraFilterFields: [],
    indexLagMs: 0,
    createStatus: 200,
    inviteStrategy: "two-posts",
    inviteAnswers: "microsoft-referral",
    repeatedInvite: "creates-another",
    honoursRequestId: false,
    createdDirection: "Outgoing",
    coSellRules: "lax",
    canonicalises: [],
    microsoftIdOn: "microsoft-referral",
    honoursIfMatch: true,
    honoursPrefer: true,
    closedReferralStatus: 400,
    acceptsNamePatch: false,
    acceptsErrorSubstatus: false,
    sharingRevocable: false,
    freezesSharedContact: false,
    notRegisteredStatus: 404,
    secondRegistration: "replaces",
    eventsForApiWrites: true,
    relatedEventNames: "microsoft-referral",
    eventDateOffsetMs: 0,
    resourceUriHost: "documented",
    bareSignature: false,
    certificateUrl: null,
    callbackAttempts: DOCUMENTED_CALLBACK_ATTEMPTS,
    callbackBackOffMs: [100, 200, 400, 800, 1_600],
    callbackTimeoutMs: 5_000,
    lostShare: 0,
    duplicatedShare: 0,
    delayedShare: 0,
    longestDelayMs: 1_000,
    reorderedShare: 0,
    latencyMs: 0,
    rateLimit: null,
  };
}
