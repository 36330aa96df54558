import { once } from "node:events";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TlsOptions } from "node:tls";
import { startTlsServer, type TlsServer } from "../adapters/system/tls-server";
import { smallestEnvironment } from "../config/settings-fixture";
import { runCertificate, type TestCertificate } from "../support/run-certificate";
import { compiledEntry } from "./compiled-entry";

// What Node itself was told on the machine of an operator: options that lower what it asks of TLS.
const LOWERED = "--tls-min-v1.0 --tls-cipher-list=ALL:@SECLEVEL=0";
const LIMIT_MS = 60_000;

let folder: string;
let certificate: TestCertificate;
const servers: TlsServer[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cosell-tls-"));
  certificate = await runCertificate("localhost", undefined, "127.0.0.1");
  await writeFile(join(folder, "ca.pem"), certificate.certificate);
});
afterEach(() => servers.splice(0).forEach((server) => server.close()));
afterAll(() => rm(folder, { recursive: true }));

/** How a program ends that would speak to the server, and what the server hears. */
async function outcome(program: "relay" | "command", options: TlsOptions, environment = {}) {
  const server = await startTlsServer({ cert: certificate.certificate, key: certificate.privateKey, ...options });
  servers.push(server);
  const words =
    program === "relay" ? ["src/main.js"] : ["src/cli/main.js", "login", "dataverse", "--refresh-token-stdin"];
  const [entry, ...rest] = words as ["src/main.js" | "src/cli/main.js", ...string[]];
  const child = spawn(process.execPath, [compiledEntry(entry), ...rest], {
    cwd: folder,
    env: {
      ...smallestEnvironment,
      PATH: process.env["PATH"],
      NODE_OPTIONS: LOWERED,
      NODE_EXTRA_CA_CERTS: join(folder, "ca.pem"),
      COSELL_DATA_DIR: join(folder, "data"),
      COSELL_AUTHORITY_URL: server.url,
      COSELL_DATABASE_URL: `postgresql://relay:hunter2@127.0.0.1:${server.databasePort}/cosell?sslmode=verify-full`,
      ...environment,
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.end("a-refresh-token-that-nobody-may-hear");
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said, heard: server.arrived.length, asked: server.inTheClear.length };
}

const old: TlsOptions = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" };

test.each(["relay", "command"] as const)(
  "[TL1] the %s speaks to a good server and not to an old one, whatever Node was told to allow",
  async (program) => {
    const good = await outcome(program, {});
    expect(good.heard).toBeGreaterThan(0);
    const lowered = await outcome(program, old);
    expect([lowered.code, lowered.heard]).toEqual([1, 0]);
    expect(lowered.said).toContain(program === "relay" ? "could not start" : "CS-1203");
    expect(lowered.said).not.toMatch(/hunter2|refresh-token-that/);
  },
  LIMIT_MS,
);

test.each(["relay", "command"] as const)(
  "[CF18] the %s does not start while Node is told to trust any server, and says why",
  async (program) => {
    const ended = await outcome(program, {}, { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    expect([ended.code, ended.heard, ended.asked]).toEqual([2, 0, 0]);
    expect(ended.said).toContain("NODE_TLS_REJECT_UNAUTHORIZED: makes Node trust any server");
  },
  LIMIT_MS,
);
