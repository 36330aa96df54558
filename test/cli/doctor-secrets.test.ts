// Certificates, secrets and keys that end or are not fit for use, staged for the compiled command.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GoodChain } from "../../sync-relay/simulator/certificates/good-chain";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "../end-to-end/whole-relay";
import { aCertificateAuthority, asTheRelay, atTlsAddress, type TlsAddressOptions } from "../support/tls-address";
import { cosell } from "./cosell-process";
import { doctorEnvironment, lookWithDoctor, signInAdministrator } from "./doctor-look";

// Several commands in a row on a busy machine.
jest.setTimeout(180_000);

const DAY_MS = 24 * 60 * 60_000;

let relay: WholeRelay;
let folder: string;
let chain: GoodChain;
/** File with the root of the test's own authority. */
let trusted: string;

beforeAll(async () => {
  relay = await startWholeRelay({ environment: { COSELL_SWEEP_SECONDS: "86400" } });
  await signInAdministrator(relay);
  folder = await mkdtemp(join(tmpdir(), "cosell-doctor-"));
  chain = await aCertificateAuthority();
  trusted = join(folder, "root.pem");
  await writeFile(trusted, chain.root.pem);
}, START_WITHIN_MS);

afterAll(async () => {
  await relay.close();
  await rm(folder, { recursive: true, force: true });
}, START_WITHIN_MS);

const environment = (changes: Readonly<Record<string, string>> = {}) => doctorEnvironment(relay, changes);
const doctor = (changes: Readonly<Record<string, string>> = {}) => lookWithDoctor(folder, environment(changes));

test("[DC60, DC61, DC62] what is wrong with the certificate of the public address is told by its name", async () => {
  const answer = asTheRelay(relay);
  const staged = async (options: Omit<TlsAddressOptions, "chain" | "answer">) => {
    const found = await atTlsAddress({ chain, ...options, answer }, (url) =>
      doctor({ COSELL_PUBLIC_URL: url, NODE_EXTRA_CA_CERTS: trusted }),
    );
    const isAddressAsked = !found.skipped.includes("address");
    return { tls: found.ids["tls"] ?? [], address: found.ids["address"] ?? [], isAddressAsked, text: found.text };
  };
  expect(await staged({})).toMatchObject({ tls: [], address: [], isAddressAsked: true });
  const ending = await staged({ days: [-60, 20.5] });
  expect(ending).toMatchObject({ tls: ["tls-ending"], address: [], isAddressAsked: true });
  expect(ending.text).toMatch(/the TLS certificate of localhost:\d+ ends in 20 days → renew the certificate/);
  expect(await staged({ days: [-60, -1] })).toMatchObject({ tls: ["tls-expired"], isAddressAsked: false });
  expect(await staged({ days: [1, 60] })).toMatchObject({ tls: ["tls-not-yet"], isAddressAsked: false });
  const foreign = await staged({ domain: "other.contoso.example" });
  expect(foreign).toMatchObject({ tls: ["tls-name"], isAddressAsked: false });
  expect(foreign.text).toMatch(/the TLS certificate is for other\.contoso\.example, not for localhost:\d+/);
  const untrusted = await staged({ issuer: "itself" });
  expect(untrusted.tls).toEqual(["tls-untrusted"]);
  expect(untrusted.text).toMatch(/DEPTH_ZERO_SELF_SIGNED_CERT.*openssl s_client -showcerts -connect localhost:\d+/);
  expect((await staged({ sendsIntermediate: false })).tls).toEqual(["tls-untrusted"]);
  const inTheClear = await doctor({ COSELL_PUBLIC_URL: relay.url().replace("http:", "https:") });
  expect(inTheClear.ids["tls"]).toEqual(["tls-none"]);
});

test("[DC63, DC64] secrets that end, of which nobody knows when, or that are old, are found", async () => {
  const day = (fromNow: number) => new Date(Date.now() + fromNow * DAY_MS).toISOString().slice(0, 10);
  const secretEnds = async (text: string) => (await doctor({ COSELL_CLIENT_SECRET_ENDS: text })).ids;
  expect(await secretEnds("")).toEqual({ secrets: ["client-secret-end-unknown"] });
  expect(await secretEnds(day(29))).toEqual({ secrets: ["client-secret-ending"] });
  expect(await secretEnds(day(0))).toEqual({ secrets: ["client-secret-ended"] });
  expect(await secretEnds(day(32))).toEqual({});
  const age = (days: number, isExact: boolean) =>
    relay.sql(`update cosell.fact set value = '${JSON.stringify({ since: Date.now() - days * DAY_MS, isExact })}'
      where name like 'master-key %'`);
  await age(400, true);
  const old = await doctor();
  expect(old.ids).toEqual({ secrets: ["master-key-old"] });
  expect(old.text).toMatch(/the master key [0-9a-f]{8} has been in use for 400 days, since .* → cosell keys rotate/);
  await age(400, false);
  expect((await doctor()).ids).toEqual({ secrets: ["master-key-older"] });
  // A store of an earlier version has noted nothing, and the doctor only looks; the sealed secrets show the relay that
  // the key is older.
  await relay.sql("delete from cosell.fact where name like 'master-key %'");
  const noted = () => relay.sql("select name from cosell.fact where name like 'master-key %'");
  const looked = await cosell(["doctor"], { cwd: folder, environment: environment() });
  expect(looked.stdout).toMatch(/, master key of unknown age$/m);
  expect(await noted()).toEqual([]);
  const dayBefore = day(0);
  await relay.stop();
  await relay.start();
  const { stdout } = await cosell(["doctor"], { cwd: folder, environment: environment() });
  // A day may have ended during the start.
  expect([dayBefore, day(0)]).toContain(/unknown age, in use since before (\d{4}-\d\d-\d\d)$/m.exec(stdout)?.[1]);
});
