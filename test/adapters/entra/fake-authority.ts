import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A request for a token, as the authority got it. */
export interface TokenRequest {
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
}

export interface TokenReply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The smallest sign-in authority: numbers its tokens, and answers otherwise when told. */
export interface FakeAuthority {
  readonly url: string;
  readonly requests: TokenRequest[];
  /** Null gives the normal answer. */
  answerWith(reply: ((request: TokenRequest) => TokenReply | null) | null): void;
  /** Requests wait until released. */
  hold(): () => void;
  close(): Promise<void>;
}

const LIFETIME_SECONDS = 3600;

export async function createFakeAuthority(): Promise<FakeAuthority> {
  const requests: TokenRequest[] = [];
  let special: ((request: TokenRequest) => TokenReply | null) | null = null;
  let gate = Promise.resolve();

  async function reply(request: IncomingMessage): Promise<TokenReply> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString("utf8")));
    const tokenRequest = { path: request.url ?? "", form };
    const number = requests.push(tokenRequest);
    await gate;
    return special?.(tokenRequest) ?? normal(number, form["grant_type"] === "refresh_token");
  }

  const server = createServer((request, response) => {
    void reply(request).then(({ status, body, headers }) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answerWith: (reply) => {
      special = reply;
    },
    hold() {
      let release: () => void = () => undefined;
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function normal(number: number, forUser: boolean): TokenReply {
  const body = { token_type: "Bearer", expires_in: LIFETIME_SECONDS, access_token: `access-${number}` };
  return { status: 200, body: forUser ? { ...body, refresh_token: `refresh-${number}`, scope: "x" } : body };
}

/** A refusal as the real authority words it. */
export function refusal(error: string, aadCode: number, status = 400): TokenReply {
  return {
    status,
    body: { error, error_description: `AADSTS${aadCode}: refused`, error_codes: [aadCode], correlation_id: "c" },
  };
}
