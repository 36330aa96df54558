import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { readBelow } from "../support/run-rules";

// npm itself, and a registry on loopback that knows the weaknesses that a test gives it.

const root = join(__dirname, "../..");
const LIMIT_MS = 60_000;

interface Advisory {
  readonly severity: "low" | "moderate" | "high" | "critical";
  readonly title: string;
}

let registry: Server;
/** Names of the packages that were asked about, and the advisories to answer with; null: an error. */
let asked: string[] = [];
let known: Readonly<Record<string, Advisory>> | null = {};
const cache = mkdtempSync(join(tmpdir(), "cosell-audit-"));

beforeAll(async () => {
  registry = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (request.url !== "/-/npm/v1/security/advisories/bulk" || known === null)
        return void response.writeHead(503).end();
      const bytes = Buffer.concat(chunks);
      const text = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes).toString() : bytes.toString();
      asked = Object.keys(JSON.parse(text) as object);
      const answers = Object.entries(known).map(([name, { severity, title }], n) => {
        const about = {
          id: n + 1,
          url: `https://advisories.example/${n}`,
          title,
          severity,
          vulnerable_versions: ">=0",
        };
        return [name, [about]];
      });
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(Object.fromEntries(answers)));
    });
  });
  await new Promise<void>((up) => registry.listen(0, "127.0.0.1", up));
});

afterAll(() => {
  registry.close();
  rmSync(cache, { recursive: true, force: true });
});

async function audit(advisories: typeof known): Promise<{ readonly code: number; readonly said: string }> {
  known = advisories;
  asked = [];
  const address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
  const child = spawn(process.execPath, [join(root, "scripts/audit-dependencies.mjs")], {
    env: { ...process.env, npm_config_registry: address, npm_config_cache: cache, npm_config_fetch_retries: "0" },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  return { code, said };
}

test(
  "[SC7] the audit asks about everything that runs in production and about nothing else, and ends well when nothing is known",
  async () => {
    const { code, said } = await audit({});
    expect([code, said]).toEqual([0, "0 packages in production with known weaknesses, 0 of them severe.\n"]);
    expect(asked).toEqual(expect.arrayContaining(["pg", "fastify", "pkijs", "zod", "pg-connection-string"]));
    expect(asked.filter((name) => ["jest", "typescript", "eslint", "esbuild", "react"].includes(name))).toEqual([]);
  },
  LIMIT_MS,
);

test(
  "[SC7] a severe weakness of a package, however deep, ends the audit with 1; a lesser one is told with its time",
  async () => {
    const severe = await audit({ "pg-connection-string": { severity: "high", title: "Reads too much" } });
    expect(severe.code).toBe(1);
    expect(severe.said).toContain("high (within 7 days): pg-connection-string: Reads too much https://advisories");
    const lesser = await audit({ zod: { severity: "moderate", title: "Slow" } });
    expect([lesser.code, lesser.said.split("\n")[0]]).toEqual([
      0,
      "moderate (within 30 days): zod: Slow https://advisories.example/0",
    ]);
  },
  LIMIT_MS,
);

test(
  "[SC7] a registry that does not answer ends the audit with 1",
  async () => {
    const { code, said } = await audit(null);
    expect(code).toBe(1);
    expect(said).toContain("The registry did not say which weaknesses are known");
  },
  LIMIT_MS,
);

test("[SC7] SECURITY.md promises the same times", () => {
  const promised = readBelow(root, "SECURITY.md").split("## Dependencies")[1] ?? "";
  expect(promised).toMatch(/`npm run audit`/);
  expect(promised).toMatch(/severe[^.]*within seven days/);
  expect(promised).toMatch(/other[^.]*within thirty/);
});
