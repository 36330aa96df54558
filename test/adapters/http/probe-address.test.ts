import { createServer as createPlainServer, request, type Server } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { probeAddress } from "../../../sync-relay/src/adapters/http/probe-address";
import { runCertificate, type TestCertificate } from "../../support/run-certificate";
import { runServer, type RunningServer } from "./server-fixture";

// A relay behind a proxy, as operators set it up: the proxy ends TLS and passes on what it is told to.

const trusted = tls.getCACertificates("default");
const NOT_AFTER = new Date("2048-05-06T00:00:00Z");
let certificate: TestCertificate;
let relay: RunningServer;
const proxies: Server[] = [];

beforeAll(async () => {
  certificate = await runCertificate("localhost", NOT_AFTER, "127.0.0.1");
  tls.setDefaultCACertificates([certificate.certificate]);
  relay = await runServer({ metricsText: async () => "cosell_build_info 1\n" });
});
afterEach(() => {
  for (const proxy of proxies.splice(0)) {
    proxy.closeAllConnections();
    proxy.close();
  }
});
afterAll(async () => {
  tls.setDefaultCACertificates([...trusted]);
  await relay.server.close(0);
});

/** A proxy that passes on what starts with one of the prefixes; its port. */
async function aProxy(kind: "tls" | "clear", prefixes: readonly string[], shown = certificate): Promise<number> {
  const passOn: Parameters<typeof createPlainServer>[1] = (asked, answer) => {
    if (!prefixes.some((prefix) => asked.url?.startsWith(prefix))) return void answer.writeHead(404).end("not here");
    const onward = { port: relay.port, path: asked.url, method: asked.method };
    const passed = request(onward, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    asked.pipe(passed);
  };
  const keys = { cert: shown.certificate, key: shown.privateKey };
  const proxy = kind === "tls" ? createServer(keys, passOn) : createPlainServer(passOn);
  proxies.push(proxy);
  await new Promise<void>((up) => proxy.listen(0, "127.0.0.1", up));
  return (proxy.address() as AddressInfo).port;
}

const at = (port: number) => `https://127.0.0.1:${port}`;

test("[DC12] behind a proxy that publishes webhooks only, a relay is known and nothing else is seen", async () => {
  const port = await aProxy("tls", ["/webhooks/"]);
  const clearPort = await aProxy("clear", []);
  expect(await probeAddress(at(port), { clearPort })).toEqual({
    kind: "relay",
    version: null,
    openPages: [],
    inTheClear: false,
  });
});

test("[DC12] a proxy that passes everything on shows the pages for operators", async () => {
  const port = await aProxy("tls", ["/"]);
  const found = await probeAddress(at(port), { clearPort: await aProxy("clear", []) });
  expect(found).toMatchObject({ version: "1.2.3", openPages: ["/version", "/metrics", "/readyz"], inTheClear: false });
});

test("[DC12] webhooks that are taken without TLS as well are seen", async () => {
  const port = await aProxy("tls", ["/webhooks/"]);
  const found = await probeAddress(at(port), { clearPort: await aProxy("clear", ["/webhooks/"]) });
  expect(found).toMatchObject({ kind: "relay", openPages: [], inTheClear: true });
});

test("[DC12] a certificate that others do not trust is no way to the relay", async () => {
  const own = await runCertificate("localhost", undefined, "127.0.0.1");
  expect(await probeAddress(at(await aProxy("tls", ["/"], own)))).toEqual({ kind: "unreachable" });
});

test.each([[[]], [["/version", "/metrics"]]])(
  "[DC7] what takes no webhooks (only %p) is no relay",
  async (prefixes) => {
    expect(await probeAddress(at(await aProxy("tls", prefixes)))).toEqual({ kind: "other" });
  },
);
