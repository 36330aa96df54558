import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createCertificateFetch } from "../../../sync-relay/src/adapters/partner-center/fetch-certificate";
import { refusedResolutions } from "./address-vectors";
import { connectionsDuring } from "./egress-recorder";
import { aSignedRequest, aWebhook, theAuthority } from "./signed-request";

const servers: Server[] = [];

/** A certificate store on this machine. */
async function aStore(answer: RequestListener): Promise<{ readonly host: string; readonly url: URL }> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((listening) => server.once("listening", listening));
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return { host, url: new URL(`http://${host}/cert/a.cer`) };
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe("fetching a certificate", () => {
  test("[PS7] the whole answer is taken", async () => {
    const { url } = await aStore((_request, response) => response.end("certificate"));
    const fetched = await createCertificateFetch()(url);
    expect(fetched).toEqual({ kind: "fetched", bytes: Buffer.from("certificate") });
  });

  test.each([301, 302, 303, 307, 308])("[PS7] a %p is not followed", async (status) => {
    let asked = 0;
    const other = await aStore((_request, response) => {
      asked += 1;
      response.end("certificate");
    });
    const { url } = await aStore((_request, response) => {
      response.writeHead(status, { location: other.url.href }).end();
    });
    expect((await createCertificateFetch()(url)).kind).toBe("refused");
    expect(asked).toBe(0);
  });

  test.each([204, 206, 304, 400, 401, 403, 404, 410])("[PS7] a %p is no certificate", async (status) => {
    const { url } = await aStore((_request, response) => response.writeHead(status).end());
    expect((await createCertificateFetch()(url)).kind).toBe("refused");
  });

  test.each([408, 429, 500, 502, 503, 504])("[PS7] a %p means that the store is down", async (status) => {
    const { url } = await aStore((_request, response) => response.writeHead(status).end());
    expect((await createCertificateFetch()(url)).kind).toBe("unavailable");
  });

  test("[PS7] an answer of 20 MB is broken off after 16 KiB", async () => {
    let sent = 0;
    const { url } = await aStore((_request, response) => {
      const block = Buffer.alloc(64 * 1024, 1);
      const more = (): void => {
        while (sent < 20 * 1024 * 1024 && !response.destroyed) {
          sent += block.length;
          if (!response.write(block)) {
            response.once("drain", more);
            return;
          }
        }
        response.end();
      };
      more();
    });
    expect(await createCertificateFetch()(url)).toEqual({ kind: "refused", because: "too-large" });
    expect(sent).toBeLessThan(20 * 1024 * 1024);
  });

  test("[PS7] an answer of exactly 16 KiB is taken", async () => {
    const { url } = await aStore((_request, response) => response.end(Buffer.alloc(16 * 1024)));
    expect((await createCertificateFetch()(url)).kind).toBe("fetched");
  });

  test("[PS7] a store that trickles its answer is given up", async () => {
    let trickling: NodeJS.Timeout | undefined;
    const { url } = await aStore((_request, response) => {
      trickling = setInterval(() => response.write("x"), 20);
    });
    const fetched = await createCertificateFetch({ withinMs: 150 })(url);
    clearInterval(trickling);
    expect(fetched.kind).toBe("unavailable");
  });

  test("[PS7] a store that never answers is given up", async () => {
    const { url } = await aStore(() => undefined);
    expect((await createCertificateFetch({ withinMs: 100 })(url)).kind).toBe("unavailable");
  });

  test("[PS7] a name server that never answers is given up", async () => {
    const fetchCertificate = createCertificateFetch({ withinMs: 100, resolve: () => new Promise(() => undefined) });
    expect((await fetchCertificate(new URL("https://certificates.example/cert/a.cer"))).kind).toBe("unavailable");
  });

  test("[PS7] a store that cannot be reached is down", async () => {
    const { url } = await aStore((_request, response) => response.end());
    servers.splice(0).forEach((server) => server.close());
    expect((await createCertificateFetch()(url)).kind).toBe("unavailable");
  });

  test("[PS7] a name that does not resolve is down, not refused", async () => {
    const resolve = () => Promise.reject(new Error("ENOTFOUND"));
    const fetched = await createCertificateFetch({ resolve })(new URL("https://certificates.example/cert/a.cer"));
    expect(fetched.kind).toBe("unavailable");
  });

  test.each(refusedResolutions)("[PS7] a name that resolves to %s is refused", async (_name, addresses) => {
    const resolve = () =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));
    const fetched = await createCertificateFetch({ resolve })(new URL("https://certificates.example/cert/a.cer"));
    expect(fetched).toEqual({ kind: "refused", because: "address-not-public" });
  });

  test("[PS7] a second look-up with another answer is never made", async () => {
    const answers = ["20.60.1.2", "127.0.0.1"];
    let asked = 0;
    const resolve = () => {
      const address = answers[asked] ?? "127.0.0.1";
      asked += 1;
      return Promise.resolve([{ address, family: 4 }]);
    };
    const url = new URL("https://certificates.example/cert/a.cer");
    await connectionsDuring(() => createCertificateFetch({ resolve })(url));
    expect(asked).toBe(1);
  });
});

describe("where a notification can send the relay", () => {
  test("[PS7] a real store on this machine serves the certificate that verifies a notification", async () => {
    const { leafDer } = await theAuthority();
    const { host, url } = await aStore((_request, response) => response.end(leafDer));
    const { webhook } = await aWebhook({
      certificates: { hosts: [host] },
      fetchCertificate: createCertificateFetch(),
    });
    const verified = await webhook.verify(await aSignedRequest({ headers: { "x-ms-certificate-url": url.href } }));
    expect(verified.kind).toBe("verified");
  });
});
