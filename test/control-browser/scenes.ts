// Every situation of the co-sell section that a seller can meet, as scenes for the host page.

import { helpOptions, type HelpCode } from "../../solution/schema/help-options";
import { languageCodes } from "../../solution/schema/labels";
import { syncStatuses, type SyncStatus } from "../../solution/schema/sync-status";
import type { Scene, SceneSolution } from "./host/scene";

/** The moment at which every scene plays. */
export const SCENE_NOW = new Date("2026-11-23T12:00:00Z");
/** An hour ahead of UTC, so that times shown in UTC are noticed. */
const MINUTES_AHEAD_OF_UTC = 60;
const COLUMN_PIXELS = 760;
const WIDE_PIXELS = 1200;
const NARROW_PIXELS = 300;

export const someSolutions = "SOL-10001-ABC; SOL-20002-DEF";
export const someReferralId = "8f7c1d2e-0000-4000-8000-000000000001";
export const someLink = `https://partner.microsoft.com/dashboard/v2/referrals/cosell/${someReferralId}`;

export function statusValue(name: SyncStatus): number {
  return syncStatuses.find((status) => status.name === name)?.value ?? 0;
}

export function helpValue(code: HelpCode): number {
  return helpOptions.find((option) => option.code === code)?.value ?? 0;
}

const aTrail = [
  "2026-11-23 09:05 UTC · Partner Center → CRM · updated: status, Microsoft CRM id · done · 5b1c",
  "2026-11-23 09:00 UTC · CRM → Partner Center · updated: deal value, close date · done · 9f2e",
  '2026-11-22 16:30 UTC · CRM → Partner Center · updated: deal value (set aside: "1,000.00") · held back · 41aa',
  "2026-11-21 08:15 UTC · CRM → Partner Center · referral created · done · 77d0",
].join("\n");

/** A trail of as many lines as wanted, newest first. */
export function longTrail(lines: number): string {
  return Array.from({ length: lines }, (_, n) => {
    const time = new Date(SCENE_NOW.getTime() - n * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
    return `${time} UTC · CRM → Partner Center · updated: deal value, close date · done · ${1000 + n}`;
  }).join("\n");
}

const nothing: Scene["columns"] = {
  sync: false,
  help: null,
  products: null,
  visible: false,
  referralId: null,
  referralLink: null,
  audit: null,
  syncStatus: null,
  syncMessage: null,
  lastSyncedOn: null,
  expiresOn: null,
  microsoftCrmId: null,
  referralStatus: null,
};

const ready: Scene["columns"] = { ...nothing, products: someSolutions, syncStatus: statusValue("not-shared") };

const synced: Scene["columns"] = {
  ...ready,
  sync: true,
  help: helpValue("CustomerTechnicalArchitecture"),
  visible: true,
  referralId: someReferralId,
  referralLink: someLink,
  audit: aTrail,
  syncStatus: statusValue("synced"),
  lastSyncedOn: "2026-11-23T09:05:00Z",
  expiresOn: "2026-12-05T00:00:00Z",
  microsoftCrmId: "7-2ABCDEFGH",
  referralStatus: "Active · Engaged · Microsoft: Accepted",
};

/** A partner's solutions; two of them are on the deals of these scenes. */
export const someSolutionRows: readonly SceneSolution[] = [
  { id: "SOL-10001-ABC", name: "Contoso Backup for Azure" },
  { id: "SOL-20002-DEF", name: "Contoso Café Point of Sale", active: false },
  { id: "SOL-30003-GHI", name: "Fabrikam Field Service" },
  { id: "SOL-40004-JKL", name: "Fabrikam Field Service, small teams" },
  { id: "SOL-50005-MNO", name: "Tailspin 100% Cloud" },
  { id: "SOL-60006-PQR", name: "Woodgrove Clôture mensuelle" },
  { id: "contoso_erp-2", name: "Contoso ERP" },
  { id: "SOL-70007-STU", name: "Withdrawn product", active: false },
];

/** More solutions than are read at once. */
export const manySolutionRows: readonly SceneSolution[] = [
  ...Array.from({ length: 150 }, (_, n) => ({
    id: `SOL-${10_000 + n}-M`,
    name: `Product ${String(n).padStart(3, "0")}`,
  })),
  { id: "SOL-99999-Z", name: "Zebra O'Neil" },
];

const hostileNames: readonly SceneSolution[] = [
  { id: "SOL-10001-ABC", name: '<img src=x onerror="document.title=1">' },
  { id: "SOL-20002-DEF", name: "<script>document.title=1</script>" },
  { id: "SOL-30003-GHI", name: "</span><a href=javascript:alert(1)>Click</a>" },
  { id: "SOL-40004-JKL", name: "\u202Egnp.exe" },
];

/** A scene with some parts replaced. */
export function aScene(columns: Scene["columns"], rest: Partial<Scene> = {}): Scene {
  return {
    columns,
    security: {},
    errors: {},
    inputs: {},
    solutions: "refused",
    disabled: false,
    metadata: true,
    theme: "light",
    languageCode: languageCodes.en,
    rightToLeft: false,
    minutesAheadOfUtc: MINUTES_AHEAD_OF_UTC,
    width: COLUMN_PIXELS,
    instances: 1,
    ...rest,
  };
}

const french = { languageCode: languageCodes.fr } as const;
const secured = (security: "read-only" | "masked"): Scene["security"] => ({
  sync: security,
  help: security,
  products: security,
  visible: security,
  referralId: security,
  audit: security,
});
const frenchTrail = [
  "2026-11-23 09:05 UTC · espace partenaires → CRM · mis à jour: statut · fait · 5b1c",
  "2026-11-21 08:15 UTC · CRM → espace partenaires · référence créée · fait · 77d0",
].join("\n");

/** The scenes by name. */
export const scenes = {
  "new record": aScene(nothing),
  "not shared, ready": aScene(ready),
  "not shared, products missing": aScene({ ...ready, products: null }),
  "switched on, not saved": aScene({ ...ready, sync: true }),
  "switched on, nothing filled in": aScene({ ...nothing, sync: true }),
  "private deal": aScene({ ...ready, sync: true, syncStatus: statusValue("waiting") }),
  "partner-led deal": aScene({ ...ready, sync: true, visible: true, syncStatus: statusValue("waiting") }),
  "co-sell deal": aScene({
    ...ready,
    sync: true,
    help: helpValue("QuotesOrLicensing"),
    syncStatus: statusValue("waiting"),
  }),
  synced: aScene(synced),
  "synced without help": aScene({ ...synced, help: null, visible: false }),
  retrying: aScene({
    ...synced,
    syncStatus: statusValue("retrying"),
    syncMessage: "Partner Center cannot be reached at the moment; the relay tries again by itself.",
  }),
  "needs the seller": aScene({
    ...synced,
    syncStatus: statusValue("needs-attention"),
    syncMessage: "Add the country. Complete the customer contact: first name, last name, phone and e-mail.",
  }),
  "closed as won": aScene({ ...synced, syncStatus: statusValue("closed"), referralStatus: "Closed · Won" }),
  "switched off after sharing": aScene({ ...synced, sync: false }),
  "runs out soon": aScene({ ...synced, expiresOn: "2026-11-25T10:00:00Z", referralStatus: "New · Pending" }),
  "status that nobody knows": aScene({ ...synced, syncStatus: 842_130_199 }),
  "wrong products": aScene({ ...ready, products: "SOL-10001-ABC; Azure; our product" }),
  "many products": aScene({
    ...ready,
    products: Array.from({ length: 50 }, (_, n) => `SOL-${10_000 + n}-AB${n}`).join("; "),
  }),
  "products by name": aScene(ready, { solutions: someSolutionRows }),
  "no product yet, by name": aScene(nothing, { solutions: someSolutionRows }),
  "many solutions": aScene(nothing, { solutions: manySolutionRows }),
  "hostile names": aScene(ready, { solutions: hostileNames }),
  "no web api": aScene(ready, { solutions: "no-web-api" }),
  "read-only form, products by name": aScene(synced, { solutions: someSolutionRows, disabled: true }),
  "complaints of the host": aScene(ready, { errors: { products: "Products: too long.", help: "Help: not allowed." } }),
  "read-only form": aScene(synced, { disabled: true }),
  "read-only columns": aScene(synced, { security: secured("read-only") }),
  "masked columns": aScene(synced, { security: secured("masked") }),
  "no metadata": aScene(synced, { metadata: false }),
  "sync alone": aScene({ sync: true }),
  "hidden and disabled fields": aScene(synced, {
    inputs: { hiddenFields: "help, audit", disabledFields: "products; visible" },
  }),
  "long trail": aScene({ ...synced, audit: longTrail(200) }),
  "hostile texts": aScene({
    ...synced,
    referralLink: "javascript:alert(document.domain)//https://partner.microsoft.com/",
    audit:
      '<img src=x onerror="document.title=1">\n2026-11-23 09:00 UTC · <script>document.title=1</script> · done · <b>x',
    syncMessage: "<a href=https://evil.example>Click here</a>",
    syncStatus: statusValue("needs-attention"),
    referralStatus: "<iframe src=https://evil.example></iframe>",
    products: "<b>SOL-1-A</b>",
  }),
  "two controls": aScene(synced, { instances: 2 }),
  "two controls before sharing": aScene(ready, { instances: 2 }),
  wide: aScene(synced, { width: WIDE_PIXELS, solutions: someSolutionRows }),
  "wide, before sharing": aScene(ready, { width: WIDE_PIXELS }),
  narrow: aScene(synced, { width: NARROW_PIXELS }),
  "narrow, products by name": aScene(ready, { width: NARROW_PIXELS, solutions: someSolutionRows }),
  "narrow, before sharing": aScene({ ...nothing, sync: true }, { width: NARROW_PIXELS }),
  dark: aScene(synced, { theme: "dark" }),
  "dark, before sharing": aScene({ ...ready, help: helpValue("GeneralOrOther") }, { theme: "dark" }),
  "dark, products by name": aScene(ready, { theme: "dark", solutions: someSolutionRows }),
  "dark, needs the seller": aScene(
    { ...synced, syncStatus: statusValue("needs-attention"), syncMessage: "Add the country." },
    { theme: "dark" },
  ),
  "dark, read-only form": aScene(synced, { theme: "dark", disabled: true }),
  classic: aScene(synced, { theme: "classic" }),
  "classic, before sharing": aScene(ready, { theme: "classic" }),
  "classic, products by name": aScene(ready, { theme: "classic", solutions: someSolutionRows }),
  "classic, read-only form": aScene(synced, { theme: "classic", disabled: true }),
  french: aScene({ ...synced, audit: frenchTrail }, french),
  "french, before sharing": aScene({ ...nothing, sync: true }, french),
  "french, narrow": aScene({ ...synced, audit: frenchTrail }, { ...french, width: NARROW_PIXELS }),
  "french, products by name": aScene(ready, { ...french, solutions: someSolutionRows }),
  "right to left, products by name": aScene(ready, { rightToLeft: true, solutions: someSolutionRows }),
  "right to left": aScene(synced, { rightToLeft: true }),
  "right to left, before sharing": aScene(ready, { rightToLeft: true }),
  "a language that is not shipped": aScene(synced, { languageCode: 1031 }),
} as const satisfies { readonly [name: string]: Scene };

/** Name of a scene. */
export type SceneName = keyof typeof scenes;

/** Scenes that are also shown in forced colours, as people with low vision set them in Windows. */
export const forcedColoursScenes: readonly SceneName[] = [
  "synced",
  "not shared, products missing",
  "needs the seller",
  "read-only form",
  "wrong products",
  "products by name",
];
