import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from "@azure/msal-node";

/** Origin that the sign-in library insists on. */
const PUBLIC_ORIGIN = "https://login.microsoftonline.com";

/**
 * Leads the sign-in library's requests to a simulated authority, so that the library and its real authority address
 * stay as they are in production. Any other address is refused: nothing may leave the machine.
 */
export function createRedirectingNetwork(authorityUrl: string): INetworkModule {
  const send = async <T>(method: "GET" | "POST", url: string, options?: NetworkRequestOptions) => {
    if (!url.startsWith(`${PUBLIC_ORIGIN}/`)) throw new Error(`not the authority: ${new URL(url).origin}`);
    const answer = await fetch(authorityUrl + url.slice(PUBLIC_ORIGIN.length), {
      method,
      ...(options?.headers === undefined ? {} : { headers: options.headers }),
      ...(options?.body === undefined ? {} : { body: options.body }),
    });
    const headers = Object.fromEntries(answer.headers.entries());
    return { status: answer.status, headers, body: (await answer.json()) as T } satisfies NetworkResponse<T>;
  };
  return {
    sendGetRequestAsync: (url, options) => send("GET", url, options),
    sendPostRequestAsync: (url, options) => send("POST", url, options),
  };
}
