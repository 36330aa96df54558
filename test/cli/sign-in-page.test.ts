import { connect } from "node:net";
import { startLoopbackListener, type LoopbackListener } from "../../sync-relay/src/cli/login/loopback-listener";

const STATE = "8f6c3f0e-1111-4222-8333-444455556666";
const pages = { done: "Signed in.", refused: "Refused.", stranger: "Not the answer." };
let listener: LoopbackListener;

beforeEach(async () => {
  listener = await startLoopbackListener(0, pages);
});
afterEach(() => listener.close());

const waiting = () => listener.answerTo(STATE, new AbortController().signal);
const portOf = ({ url }: LoopbackListener) => Number(new URL(url).port);

test.each([
  [`?code=the-code&state=${STATE}`, 200],
  [`?error=access_denied&state=${STATE}`, 200],
  ["?code=stolen&state=guessed", 400],
])(
  "[LG8] the page after a sign-in (%s) is kept nowhere, loads nothing, and passes its address on to nobody",
  async (query, status) => {
    void waiting();
    const { headers, status: answered } = await fetch(`${listener.url}/${query}`);
    expect(answered).toBe(status);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(["set-cookie", "location", "access-control-allow-origin"].filter((name) => headers.has(name))).toEqual([]);
  },
);

test("[LG8] nothing of what somebody sends is on the page", async () => {
  void waiting();
  const markup = encodeURIComponent("<script>alert(1)</script>");
  for (const query of [
    `?error=${markup}&error_description=${markup}&state=${STATE}`,
    `?code=${markup}&state=${markup}`,
  ]) {
    const text = await (await fetch(`${listener.url}/${query}`)).text();
    expect(text).not.toMatch(/script|alert/);
  }
});

test("[LG8] the listener is reached from this machine only, and is gone after the sign-in", async () => {
  const answer = waiting();
  const port = portOf(listener);
  await fetch(`${listener.url}/?code=the-code&state=${STATE}`);
  expect(await answer).toEqual({ kind: "code", code: "the-code" });
  // 127.0.0.2 is this machine too, but not an address that the listener took: it does not listen on all of them.
  await expect(connected("127.0.0.2", port)).resolves.not.toBe("connected");
  await expect(connected("127.0.0.1", port)).resolves.toBe("connected");
  listener.close();
  await expect(connected("127.0.0.1", port)).resolves.toBe("ECONNREFUSED");
});

function connected(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve("connected");
    });
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "failed"));
  });
}
