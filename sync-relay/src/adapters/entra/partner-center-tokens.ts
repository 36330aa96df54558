import type { SignIn } from "./sign-in-health";
import { createUserTokens, type UserTokensOptions } from "./user-tokens";

export type PartnerCenterTokensOptions = Omit<UserTokensOptions, "name">;

/** Tokens for Partner Center: the relay acts as the user who signed in there. */
export function createPartnerCenterTokens(options: PartnerCenterTokensOptions): SignIn {
  return createUserTokens(options);
}
