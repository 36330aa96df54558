import { must } from "../../sync-relay/src/core/must";
import { findingWords, markOf } from "../../sync-relay/src/operate/doctor/area";
import type { AddressCertificate, CertificateLook } from "../../sync-relay/src/operate/doctor/certificate-look";
import type { AddressProbe } from "../../sync-relay/src/operate/doctor/doctor-parts";
import { examineAddress } from "../../sync-relay/src/operate/doctor/examine-address";
import { phraseIn } from "../../sync-relay/src/operate/phrase";
import { aCertificate, healthyParts } from "./doctor-parts";

const NOW = healthyParts().clock.now();
const DAY_MS = 24 * 60 * 60_000;
const { addresses } = healthyParts();

interface Staged {
  readonly look?: CertificateLook;
  readonly url?: string | null;
  readonly probed?: AddressProbe;
}

async function looked({ look, url = "https://relay.contoso.example", probed }: Staged) {
  const parts = {
    addresses: { ...addresses, public: url },
    ...(look === undefined ? {} : { certificate: async () => look }),
    ...(probed === undefined ? {} : { probe: async () => probed }),
  };
  const areas = await examineAddress(healthyParts({ parts }));
  return Object.fromEntries(areas.map((one) => [one.name, one]));
}

async function found(staged: Staged) {
  const areas = await looked(staged);
  return Object.entries(areas).flatMap(([name, { findings }]) => findings.map(({ id }) => `${name}: ${id}`));
}

const shown = (changes: Partial<AddressCertificate>): CertificateLook => ({
  kind: "shown",
  certificate: aCertificate(NOW, changes),
});

test.each<[string, Partial<AddressCertificate>]>([
  ["tls-expired", { endsAtMs: NOW }],
  ["tls-expired", { endsAtMs: NOW - DAY_MS, objection: "CERT_HAS_EXPIRED" }],
  ["tls-not-yet", { fromMs: NOW + 1, objection: "CERT_NOT_YET_VALID" }],
  ["tls-name", { isForHost: false, objection: "ERR_TLS_CERT_ALTNAME_INVALID" }],
  ["tls-untrusted", { objection: "DEPTH_ZERO_SELF_SIGNED_CERT" }],
  ["tls-untrusted", { objection: "CERT_HAS_EXPIRED" }],
  ["tls-untrusted", { objection: "CERT_NOT_YET_VALID" }],
  ["tls-ending", { endsAtMs: NOW + 21 * DAY_MS - 1 }],
])("[DC60, DC61] %s is found of %j", async (id, changes) => {
  expect(await found({ look: shown(changes) })).toEqual([`tls: ${id}`]);
});

test("[DC61] a certificate that ends in 21 days is well", async () => {
  expect(await found({ look: shown({ endsAtMs: NOW + 21 * DAY_MS }) })).toEqual([]);
});

test("[DC60] everything that is wrong with one certificate is told at once", async () => {
  const changes = { endsAtMs: NOW - DAY_MS, isForHost: false, objection: "SELF_SIGNED_CERT_IN_CHAIN" };
  expect(await found({ look: shown(changes) })).toEqual(["tls: tls-expired", "tls: tls-name", "tls: tls-untrusted"]);
});

test.each([
  ["https://relay.contoso.example", "relay.contoso.example", "relay.contoso.example:443"],
  ["https://relay.contoso.example:8443", "relay.contoso.example:8443", "relay.contoso.example:8443"],
  ["https://[2001:db8::1]", "[2001:db8::1]", "[2001:db8::1]:443"],
])("[DC60] how to see the chain that %s sends is said with its port", async (url, host, endpoint) => {
  const { tls } = await looked({ look: shown({ objection: "SELF_SIGNED_CERT_IN_CHAIN" }), url });
  const [untrusted] = tls?.findings ?? [];
  for (const language of ["en", "fr"] as const) {
    const { what, mend } = findingWords(must(untrusted, "a finding"), language);
    expect(what).toContain(` ${host} `);
    expect(mend).toMatch(/openssl s_client -showcerts -connect \S+$/);
    expect(mend.endsWith(` ${endpoint}`)).toBe(true);
  }
});

test("[DC60] of many names the first few are shown, and a certificate without a name says so", async () => {
  const words = async (names: readonly string[]) => {
    const { tls } = await looked({ look: shown({ isForHost: false, names }) });
    const [first] = tls?.findings ?? [];
    return first === undefined ? "" : findingWords(first, "en").what;
  };
  expect(await words(["a.example", "b.example", "c.example", "d.example"])).toBe(
    "the TLS certificate is for a.example, b.example, c.example, …, not for relay.contoso.example",
  );
  expect(await words([])).toBe("the TLS certificate is for –, not for relay.contoso.example");
});

test("[DC60] a certificate that is not to be trusted keeps the address from being asked", async () => {
  const asked = await looked({ look: shown({ isForHost: false }), probed: { kind: "unreachable" } });
  expect(Object.values(asked).map(markOf)).toEqual(["skipped", "bad"]);
  const ending = await looked({ look: shown({ endsAtMs: NOW + DAY_MS }), probed: { kind: "other" } });
  expect(Object.values(ending).map(markOf)).toEqual(["bad", "note"]);
});

test("[DC62] without an address, or one that takes no connection, there is no certificate to look at", async () => {
  const unset = await looked({ url: null });
  expect(Object.values(unset).map(markOf)).toEqual(["note", "skipped"]);
  const silent = await looked({ look: { kind: "unreachable" }, probed: { kind: "unreachable" } });
  expect(Object.values(silent).map(markOf)).toEqual(["bad", "skipped"]);
  expect(await found({ look: { kind: "no-tls" } })).toEqual(["tls: tls-none"]);
});

test("[DC62] an address of this machine needs no certificate, and a good one says until when it is", async () => {
  const { tls: local } = await looked({ url: "http://127.0.0.1:8080", look: { kind: "no-tls" } });
  expect(local === undefined ? "" : markOf(local)).toBe("ok");
  const { tls: good } = await looked({});
  expect(good === undefined ? "" : phraseIn("fr", good.summary)).toBe(
    "relay.contoso.example jusqu’au 2027-02-21 (90 jours), émis par Contoso CA",
  );
});
