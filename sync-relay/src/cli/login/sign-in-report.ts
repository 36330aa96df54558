import type { SignedInUser } from "../../adapters/entra/signed-in-user";
import type { CommandContext } from "../context";
import type { Mark } from "../output";
import { loginTexts } from "../texts/login-texts";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface SignInFacts {
  readonly user: SignedInUser;
  /** Tenant of the settings. */
  readonly wantedTenant: string;
  readonly expiresAtMs: number;
  /** Whether a sign-in without a second factor is of no use. */
  readonly needsMultiFactor: boolean;
  /** Whether the relay renews it by itself. */
  readonly renewed: boolean;
  /** Roles where they are not in the token. */
  readonly roles?: readonly string[];
}

/** Tells who signed in, where, with which roles and factors, and until when. Returns the same for scripts. */
export function reportSignIn(context: CommandContext, facts: SignInFacts) {
  const { out, text } = context;
  const { user } = facts;
  const roles = facts.roles ?? user.roles;
  const until = new Date(facts.expiresAtMs).toISOString().slice(0, "yyyy-mm-dd".length);
  out.check("ok", {
    area: text(loginTexts.areaUser),
    text: text(loginTexts.signedIn, { name: user.displayName ?? user.userName, user: user.userName }),
  });
  out.check(...tenantLine(context, facts));
  out.check(roles.length > 0 ? "ok" : "note", {
    area: text(loginTexts.areaRoles),
    text: roles.length > 0 ? roles.join(", ") : text(loginTexts.noRoles),
  });
  out.check(...factorLine(context, facts));
  const words = facts.renewed ? loginTexts.until : loginTexts.untilUnused;
  out.check("ok", { area: text(loginTexts.areaUntil), text: text(words, { date: until }) });
  return {
    user: user.userName,
    name: user.displayName,
    tenant: user.tenantId,
    roles,
    multiFactor: user.multiFactor,
    goodUntil: new Date(facts.expiresAtMs).toISOString(),
  };
}

type CheckLine = readonly [Mark, { readonly area: string; readonly text: string }];

function tenantLine({ text }: CommandContext, { user, wantedTenant }: SignInFacts): CheckLine {
  const area = text(loginTexts.areaTenant);
  const tenant = user.tenantId ?? "?";
  const isOther = GUID.test(wantedTenant) && wantedTenant.toLowerCase() !== tenant.toLowerCase();
  if (!isOther) return ["ok", { area, text: tenant }];
  return ["note", { area, text: text(loginTexts.otherTenant, { tenant, wanted: wantedTenant }) }];
}

function factorLine({ text }: CommandContext, { user, needsMultiFactor }: SignInFacts): CheckLine {
  const area = text(loginTexts.areaMfa);
  if (user.multiFactor === null) return ["note", { area, text: text(loginTexts.mfaUnknown) }];
  if (user.multiFactor) return ["ok", { area, text: text(loginTexts.mfaYes) }];
  return needsMultiFactor ? ["bad", { area, text: text(loginTexts.mfaNo) }] : ["note", { area, text: "–" }];
}
