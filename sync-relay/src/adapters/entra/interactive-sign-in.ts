// A person signs in: in a browser with a code that only this process can redeem (PKCE), with a code typed on another
// device, or with a refresh token that the person already has. The outcome is a refresh token, which the caller stores
// sealed, and who it belongs to.

import { CryptoProvider, type AuthenticationResult } from "@azure/msal-node";
import { confidentialClient, publicClient, type ClientOptions } from "./client-application";
import { createNetworkClient, reachableAddress, type Fetch, type NetworkClient } from "./network-client";
import { signInError, type Grant } from "./sign-in-error";
import { signedInUser, type SignedInUser } from "./signed-in-user";

export interface SignedIn {
  readonly refreshToken: string;
  readonly accessToken: string;
  readonly user: SignedInUser;
}

/** A sign-in that a person finishes in a browser. */
export interface BrowserSignIn {
  /** Address to open. */
  readonly url: string;
  /** Comes back with the code; anything else is somebody else's answer. */
  readonly state: string;
  /** Redeems the code that came back. Throws RelayError. */
  redeem(code: string): Promise<SignedIn>;
}

/** What a person types on another device. */
export interface TypedCode {
  readonly url: string;
  readonly code: string;
}

export interface InteractiveSignIn {
  inBrowser(request: {
    readonly scope: string;
    readonly redirectUri: string;
    /** Account to suggest. */
    readonly loginHint?: string;
  }): Promise<BrowserSignIn>;
  /** Resolves when the person has typed the code. Throws RelayError, or at once when the signal is aborted. */
  byTypedCode(request: {
    readonly scope: string;
    readonly show: (code: TypedCode) => void;
    readonly signal: AbortSignal;
  }): Promise<SignedIn>;
  byRefreshToken(request: { readonly scope: string; readonly refreshToken: string }): Promise<SignedIn>;
}

export interface InteractiveSignInOptions extends ClientOptions {
  readonly fetch?: Fetch;
}

export function createInteractiveSignIn(options: InteractiveSignInOptions): InteractiveSignIn {
  const crypto = new CryptoProvider();
  const send: Fetch = options.fetch ?? ((url, init) => fetch(url, init));
  const newNetwork = (): NetworkClient => createNetworkClient(options.authorityUrl, send);

  async function exchange(grant: Grant, ask: (network: NetworkClient) => Promise<AuthenticationResult | null>) {
    const network = newNetwork();
    try {
      return signedIn(await ask(network), network);
    } catch (thrown) {
      throw signInError(grant, network, thrown);
    }
  }

  return {
    async inBrowser({ scope, redirectUri, loginHint }) {
      const [{ verifier, challenge }, state] = [await crypto.generatePkceCodes(), crypto.createNewGuid()];
      const url = await confidentialClient(options, newNetwork()).getAuthCodeUrl({
        scopes: [scope],
        redirectUri,
        state,
        codeChallenge: challenge,
        codeChallengeMethod: "S256",
        // The browser may be signed in as somebody else: it must be a choice, unless it was made already.
        ...(loginHint === undefined ? { prompt: "select_account" } : { loginHint }),
      });
      return {
        url: reachableAddress(url, options.authorityUrl),
        state,
        redeem: (code) =>
          exchange("authorization-code", (network) =>
            confidentialClient(options, network).acquireTokenByCode({
              code,
              scopes: [scope],
              redirectUri,
              codeVerifier: verifier,
            }),
          ),
      };
    },
    byTypedCode: ({ scope, show, signal }) =>
      exchange("device-code", (network) => {
        const request = {
          scopes: [scope],
          cancel: false,
          deviceCodeCallback: (answer: { readonly verificationUri: string; readonly userCode: string }) =>
            show({ url: answer.verificationUri, code: answer.userCode }),
        };
        // The library looks at this between two questions to the authority.
        signal.addEventListener("abort", () => (request.cancel = true), { once: true });
        return publicClient(options, network).acquireTokenByDeviceCode(request);
      }),
    byRefreshToken: ({ scope, refreshToken }) =>
      exchange("refresh-token", (network) =>
        confidentialClient(options, network).acquireTokenByRefreshToken({ scopes: [scope], refreshToken }),
      ),
  };
}

function signedIn(result: AuthenticationResult | null, network: NetworkClient): SignedIn {
  const refreshToken = network.lastAnswer()?.body["refresh_token"];
  if (!result?.accessToken || typeof refreshToken !== "string") throw new Error("the authority gave no tokens");
  return { refreshToken, accessToken: result.accessToken, user: signedInUser(result.idToken, result.accessToken) };
}
