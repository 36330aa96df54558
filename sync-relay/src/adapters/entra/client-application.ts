import { ConfidentialClientApplication, PublicClientApplication, type Configuration } from "@azure/msal-node";
import { credentialOptions, type ClientCredential } from "./client-credential";
import { authorityName, REAL_AUTHORITY, type NetworkClient } from "./network-client";

/** Which app registration signs in, and where. */
export interface ClientOptions {
  /** Any https authority, or a loopback http address that plays one. */
  readonly authorityUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: ClientCredential;
}

/** The sign-in library for one exchange, with the credential of the app registration. */
export function confidentialClient(
  options: ClientOptions,
  networkClient: NetworkClient,
): ConfidentialClientApplication {
  const { auth, system } = configuration(options, networkClient);
  return new ConfidentialClientApplication({ auth: { ...auth, ...credentialOptions(options.credential) }, system });
}

/** The same without the credential, for device codes: the library has them for public clients only. */
export function publicClient(options: ClientOptions, networkClient: NetworkClient): PublicClientApplication {
  return new PublicClientApplication(configuration(options, networkClient));
}

function configuration({ authorityUrl, tenantId, clientId }: ClientOptions, networkClient: NetworkClient) {
  const authority = authorityName(authorityUrl);
  return {
    auth: {
      clientId,
      authority: `${authority}/${tenantId}`,
      // A configured authority is trusted as it is; the library would ask the real one whether it knows it.
      ...(authority === REAL_AUTHORITY ? {} : { knownAuthorities: [new URL(authority).host] }),
    },
    system: { networkClient },
  } satisfies Configuration;
}
