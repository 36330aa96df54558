import { rootCertificates } from "node:tls";
import { fc } from "../support/properties";
import { readSettings, type Environment } from "../../sync-relay/src/config/read-settings";
import { settingTable } from "../../sync-relay/src/config/setting-table";
import { accepted, CANARY, problemsOf, readFrom, smallestEnvironment, toldIn } from "./settings-fixture";

const names = Object.keys(settingTable);

test("[CF1] six settings are enough, and everything else has its documented default", () => {
  expect(accepted()).toEqual({
    dataverse: { url: "https://contoso.crm4.dynamics.com", webhookSecrets: [`${CANARY}-webhook`] },
    partnerCenter: {
      url: "https://api.partner.microsoft.com",
      eventsUrl: "https://api.partnercenter.microsoft.com",
      webhookToken: "a".repeat(32),
      otherWebhookToken: null,
      certificate: {
        hosts: ["3psostorageacct.blob.core.windows.net"],
        issuerHosts: ["www.microsoft.com", "caissuers.microsoft.com", "cacerts.digicert.com"],
        anchors: rootCertificates,
        subject: "pcnotifications-dispatch.microsoft.com",
      },
      firstRefreshToken: null,
    },
    signIn: {
      authorityUrl: "https://login.microsoftonline.com",
      tenantId: "contoso.onmicrosoft.com",
      clientId: "11111111-2222-3333-4444-555555555555",
      credential: { kind: "secret", secret: `${CANARY}-client` },
    },
    storage: { kind: "embedded", dataDir: "./.cosell", pgBin: null },
    masterKeys: null,
    server: { host: "127.0.0.1", port: 8080, publicUrl: null, logLevel: "info", drainSeconds: 0 },
    mappingFile: null,
    language: "en",
    referralLink: "https://partner.microsoft.com/referrals/v2/inbox?id={referralId}",
    coSellPosts: "two",
    syncLeads: false,
    sweepSeconds: 300,
    inspectSeconds: 21_600,
    coalesceMs: 500,
    createQuarantineSeconds: 120,
    maxAttempts: 12,
    parallel: 16,
  });
});

test.each(names.filter((name) => name !== "COSELL_MAPPING_FILE"))(
  "[CF2] %s may come from a file, and not from two places",
  (name) => {
    const direct = readSettings({ ...smallestEnvironment, [name]: "x", [`${name}_FILE`]: "/run/x" }, readFrom({}));
    expect(toldIn("en", direct)).toContainEqual({
      name,
      message: expect.stringContaining(`is set twice: as ${name} and through ${name}_FILE`),
    });
    const environment: Environment = { ...smallestEnvironment, COSELL_PORT: "81" };
    const { [name]: text, ...others } = environment;
    const viaFile = readSettings({ ...others, [`${name}_FILE`]: "/run/x" }, readFrom({ "/run/x": `${text ?? ""}\n` }));
    const problem = toldIn("en", viaFile).find((p) => p.name === name);
    // A value moved into a file is read from there; for a setting without one, the file is found empty.
    expect(problem?.message).toEqual(text === undefined ? expect.stringContaining("is empty") : undefined);
  },
);

test("[CF2] a secret from a file is read without the line break at its end", () => {
  const settings = accepted(
    { COSELL_CLIENT_SECRET: undefined, COSELL_CLIENT_SECRET_FILE: "/run/secrets/client" },
    { "/run/secrets/client": "from-the-file\r\n" },
  );
  expect(settings.signIn.credential).toEqual({ kind: "secret", secret: "from-the-file" });
});

test("[CF2] a file that cannot be read, or is empty, is a problem that names the variable and the path", () => {
  expect(problemsOf({ COSELL_PORT_FILE: "/run/nowhere" })).toEqual([
    { name: "COSELL_PORT", message: expect.stringMatching(/COSELL_PORT_FILE names "\/run\/nowhere"/) },
  ]);
  expect(problemsOf({ COSELL_DATABASE_URL_FILE: "/run/x" }, { "/run/x": " \n" })).toEqual([
    { name: "COSELL_DATABASE_URL", message: expect.stringMatching(/is empty.*\/run\/x/) },
  ]);
});

test("[CF3] with nothing set, every required setting is reported at once", () => {
  const result = readSettings({}, readFrom({}));
  expect(result.kind === "refused" && result.problems.map((problem) => problem.name)).toEqual([
    "COSELL_DATAVERSE_URL",
    "COSELL_TENANT_ID",
    "COSELL_CLIENT_ID",
    "COSELL_CLIENT_SECRET",
    "COSELL_DATAVERSE_WEBHOOK_SECRET",
    "COSELL_PARTNER_CENTER_WEBHOOK_TOKEN",
  ]);
});

test("[CF3] problems of every sort are reported together, in the order of the table", () => {
  const problems = problemsOf(
    {
      COSELL_PORT: "80a",
      COSELL_TENANT_ID: "not a tenant",
      COSELL_SWEEP: "300",
      COSELL_PG_BIN: "/usr/bin",
      COSELL_DATABASE_URL_FILE: "/run/nowhere",
    },
    {},
  );
  expect(problems.map((problem) => problem.name)).toEqual([
    "COSELL_TENANT_ID",
    "COSELL_DATABASE_URL",
    "COSELL_PG_BIN",
    "COSELL_PORT",
    "COSELL_SWEEP",
  ]);
});

test("[CF3] a refused value from a file says which file", () => {
  expect(problemsOf({ COSELL_PORT_FILE: "/run/port" }, { "/run/port": "many" })).toEqual([
    {
      name: "COSELL_PORT",
      message: '"many", from COSELL_PORT_FILE ("/run/port"), is not a whole number from 0 to 65535.',
    },
  ]);
});

test("[CF4] no secret is printed, whatever is wrong with it", () => {
  const secrets = names.filter((name) => settingTable[name as keyof typeof settingTable].secret);
  expect(secrets.length).toBeGreaterThan(5);
  fc.assert(
    fc.property(fc.constantFrom(...secrets), fc.string({ maxLength: 40 }), (name, noise) => {
      const problems = problemsOf({ [name]: `${CANARY} ${noise}` });
      expect(JSON.stringify(problems)).not.toContain(CANARY);
    }),
  );
});

test("[CF4] what stands where the file of a secret is wanted is not printed", () => {
  const inEnvironment = problemsOf({ COSELL_CLIENT_SECRET: undefined, COSELL_CLIENT_SECRET_FILE: CANARY });
  expect(inEnvironment).toEqual([
    { name: "COSELL_CLIENT_SECRET", message: expect.stringMatching(/: COSELL_CLIENT_SECRET_FILE has to name a file/) },
  ]);
  const inFile = problemsOf({ COSELL_CLIENT_SECRET: undefined }, { "cosell.yaml": `client-secret-file: ${CANARY}\n` });
  expect(inFile[0]?.message).toContain("COSELL_CLIENT_SECRET_FILE (cosell.yaml:1) has to name a file");
  expect(JSON.stringify([inEnvironment, inFile])).not.toContain(CANARY);
});

test.each([
  [`https://svc:${CANARY}@contoso.crm4.dynamics.com`, '"https://…@contoso.crm4.dynamics.com" holds a user name or'],
  [`ftp://${CANARY}@contoso.crm4.dynamics.com`, '"ftp://…@contoso.crm4.dynamics.com" is not an address'],
  [`svc:${CANARY}/@x@contoso`, '"…@contoso" is not an address'],
])("[CF4] of the address %s neither user name nor password is printed", (text, words) => {
  const problems = problemsOf({ COSELL_DATAVERSE_URL: text });
  expect(problems).toEqual([{ name: "COSELL_DATAVERSE_URL", message: expect.stringContaining(words) }]);
  expect(JSON.stringify(problems)).not.toContain(CANARY);
});

test("[CF21] a public address with another port than 443 is refused, but for this machine", () => {
  expect(problemsOf({ COSELL_PUBLIC_URL: "https://relay.contoso.com:8443" })).toEqual([
    { name: "COSELL_PUBLIC_URL", message: expect.stringContaining("Dataverse calls port 443 only") },
  ]);
  const publicUrl = (text: string) => accepted({ COSELL_PUBLIC_URL: text }).server.publicUrl;
  expect(publicUrl("https://relay.contoso.com:443/cosell")).toBe("https://relay.contoso.com/cosell");
  expect(publicUrl("https://127.0.0.1:8443")).toBe("https://127.0.0.1:8443");
  expect(publicUrl("http://localhost:8080")).toBe("http://localhost:8080");
  expect(accepted({ COSELL_DATAVERSE_URL: "https://contoso.example:8443" }).dataverse.url).toContain(":8443");
});

test("[CF5] a client secret and a client certificate exclude each other, and one is needed", () => {
  const both = problemsOf({ COSELL_CLIENT_CERTIFICATE: "x" }).map((problem) => problem.message);
  expect(both).toContainEqual(expect.stringContaining("is set together with COSELL_CLIENT_CERTIFICATE"));
  const none = problemsOf({ COSELL_CLIENT_SECRET: " " });
  expect(none).toEqual([{ name: "COSELL_CLIENT_SECRET", message: expect.stringContaining("is missing, and so is") }]);
});

test("[CF5] programs for an own database make no sense beside a database address", () => {
  const url = { COSELL_DATABASE_URL: "postgresql://relay@db/cosell?sslmode=verify-full" };
  expect(problemsOf({ ...url, COSELL_PG_BIN: "/usr/bin" }).map((problem) => problem.name)).toEqual(["COSELL_PG_BIN"]);
  expect(accepted(url).storage).toEqual({ kind: "database", url: url.COSELL_DATABASE_URL, dataDir: "./.cosell" });
});

test.each([
  ["COSELL_DATAVERSE_URL", "http://contoso.crm4.dynamics.com", "is not encrypted"],
  ["COSELL_DATAVERSE_URL", "contoso.crm4.dynamics.com", "is not an address"],
  ["COSELL_DATAVERSE_URL", "ftp://127.0.0.1", "is not an address"],
  ["COSELL_PARTNER_CENTER_URL", "http://127.0.0.1.example.com", "is not encrypted"],
  ["COSELL_PARTNER_CENTER_URL", "http://localhost.example.com", "is not encrypted"],
  ["COSELL_AUTHORITY_URL", "http://169.254.169.254", "is not encrypted"],
  ["COSELL_PARTNER_CENTER_EVENTS_URL", "https://user@api.example.com", "user name or password"],
  ["COSELL_PUBLIC_URL", "https://relay.example.com/?a=b", "? or # part"],
])("[CF6] %s = %s is refused: %s", (name, text, message) => {
  expect(problemsOf({ [name]: text })).toEqual([{ name, message: expect.stringContaining(message) }]);
});

test.each(["http://127.0.0.1:4001", "http://localhost:4001", "http://[::1]:4001", "https://sim.example.com/dataverse"])(
  "[CF6] every upstream may point to %s",
  (address) => {
    const settings = accepted({
      COSELL_DATAVERSE_URL: address,
      COSELL_PARTNER_CENTER_URL: `${address}/`,
      COSELL_PARTNER_CENTER_EVENTS_URL: address,
      COSELL_AUTHORITY_URL: address,
    });
    const { dataverse, partnerCenter, signIn } = settings;
    expect([dataverse.url, partnerCenter.url, partnerCenter.eventsUrl, signIn.authorityUrl]).toEqual(
      Array.from({ length: 4 }, () => address),
    );
  },
);

test("[CF9] a day is one of the calendar, and means the moment at which it begins", () => {
  const credential = (text: string) => accepted({ COSELL_CLIENT_SECRET_ENDS: text }).signIn.credential;
  expect(credential("2028-02-29")).toMatchObject({ kind: "secret", endsAtMs: Date.UTC(2028, 1, 29) });
  for (const text of ["2027-02-29", "2027-13-01", "2027-1-1", "31/05/2027", "2027-05-31T00:00:00Z", "soon"]) {
    expect(problemsOf({ COSELL_CLIENT_SECRET_ENDS: text }).map((problem) => problem.name)).toEqual([
      "COSELL_CLIENT_SECRET_ENDS",
    ]);
  }
});

test("[CF6] a certificate host is a bare name; only a loopback host may carry a port", () => {
  const issuerHosts = (text: string) =>
    accepted({ COSELL_CERTIFICATE_ISSUER_HOSTS: text }).partnerCenter.certificate.issuerHosts;
  expect(issuerHosts("pki.example.com, 127.0.0.1:4711")).toEqual(["pki.example.com", "127.0.0.1:4711"]);
  expect(issuerHosts("none")).toEqual([]);
  const hosts = (text: string) => accepted({ COSELL_CERTIFICATE_HOSTS: text }).partnerCenter.certificate.hosts;
  expect(hosts("Certs.Example.com, 127.0.0.1:4002")).toEqual(["certs.example.com", "127.0.0.1:4002"]);
  for (const text of [
    "certs.example.com:8443",
    "https://certs.example.com",
    "127.0.0.1:99999",
    "a.b/c",
    "x@y.com",
    "",
  ]) {
    const problems = problemsOf({ COSELL_CERTIFICATE_HOSTS: `good.example.com,${text}` });
    expect(problems.map((problem) => problem.name)).toEqual(["COSELL_CERTIFICATE_HOSTS"]);
  }
});

test("[CF7] a misspelt name is reported with the nearest known one", () => {
  expect(problemsOf({ COSELL_DATAVERS_URL: "x", COSELL_CLIENT_SECRETS_FILE: "y", OTHER: "z" })).toEqual([
    { name: "COSELL_CLIENT_SECRETS_FILE", message: expect.stringContaining("COSELL_CLIENT_SECRET_FILE?") },
    { name: "COSELL_DATAVERS_URL", message: expect.stringContaining("COSELL_DATAVERSE_URL?") },
  ]);
});

test("[CF8] webhook secrets are long enough, and two may be active", () => {
  const [one, two] = ["1".repeat(32), "2".repeat(40)];
  expect(accepted({ COSELL_DATAVERSE_WEBHOOK_SECRET: `${one}, ${two}` }).dataverse.webhookSecrets).toEqual([one, two]);
  for (const text of ["1".repeat(31), `${one},short`, `${one},${two},${one}`, `${one},`, `${"a b ".repeat(12)}`]) {
    const problems = problemsOf({ COSELL_DATAVERSE_WEBHOOK_SECRET: text });
    expect(problems.map((problem) => problem.name)).toEqual(["COSELL_DATAVERSE_WEBHOOK_SECRET"]);
  }
  for (const text of ["a".repeat(31), "a".repeat(201), `${"a".repeat(32)}/`, `${"é".repeat(32)}`]) {
    const problems = problemsOf({ COSELL_PARTNER_CENTER_WEBHOOK_TOKEN: text });
    expect(problems.map((problem) => problem.name)).toEqual(["COSELL_PARTNER_CENTER_WEBHOOK_TOKEN"]);
  }
});

test("[CF8] master keys are 32 bytes each", () => {
  const key = (fill: number) => Buffer.alloc(32, fill);
  const both = accepted({ COSELL_MASTER_KEY: `${key(1).toString("base64")},${key(2).toString("base64")}` });
  expect(both.masterKeys).toEqual([new Uint8Array(key(1)), new Uint8Array(key(2))]);
  for (const text of [
    Buffer.alloc(31).toString("base64"),
    "correct horse battery staple but not base64 at all",
    "*".repeat(44),
  ]) {
    expect(problemsOf({ COSELL_MASTER_KEY: text }).map((problem) => problem.name)).toEqual(["COSELL_MASTER_KEY"]);
  }
});

test.each([
  ["COSELL_LANGUAGE", "de"],
  ["COSELL_SYNC_LEADS", "maybe"],
  ["COSELL_CO_SELL_POSTS", "3"],
  ["COSELL_LOG_LEVEL", "loud"],
  ["COSELL_PARALLEL", "0"],
  ["COSELL_PARALLEL", "1e1"],
  ["COSELL_MAX_ATTEMPTS", "-1"],
  ["COSELL_SWEEP_SECONDS", "0x10"],
  ["COSELL_COALESCE_MS", "60001"],
  ["COSELL_PORT", "65536"],
  ["COSELL_DRAIN_SECONDS", "301"],
  ["COSELL_HOST", "http://0.0.0.0"],
  ["COSELL_CLIENT_ID", "my app"],
  ["COSELL_REFERRAL_LINK", "https://partner.microsoft.com/referrals"],
  ["COSELL_REFERRAL_LINK", "javascript:alert({referralId})"],
  ["COSELL_DATABASE_URL", "mysql://db"],
  ["COSELL_PARTNER_CENTER_REFRESH_TOKEN", "two words"],
  ["COSELL_CERTIFICATE_ANCHORS", "no pem"],
  ["COSELL_MAPPING_FILE", "/nowhere.yaml"],
])("[CF9] %s = %s is refused", (name, text) => {
  expect(problemsOf({ [name]: text })).toEqual([{ name, message: expect.stringMatching(/\.$/) }]);
});

test("[CF9] words and numbers are read into what they mean", () => {
  const settings = accepted(
    { COSELL_SYNC_LEADS: "Yes", COSELL_LANGUAGE: "fr", COSELL_PORT: "0", COSELL_MAPPING_FILE: "/m.yaml" },
    { "/m.yaml": "fields: []" },
  );
  expect(settings).toMatchObject({ syncLeads: true, language: "fr", server: { port: 0 }, mappingFile: "/m.yaml" });
});

test("[CF19] a relay that may not be alone takes webhooks for some time after a signal to stop, unless told otherwise", () => {
  const url = { COSELL_DATABASE_URL: "postgresql://relay@db/cosell?sslmode=verify-full" };
  const secondsWith = (environment: Environment) => accepted(environment).server.drainSeconds;
  expect([secondsWith({}), secondsWith(url)]).toEqual([0, 5]);
  expect([{}, url].map((one) => secondsWith({ ...one, COSELL_DRAIN_SECONDS: "30" }))).toEqual([30, 30]);
  expect(secondsWith({ ...url, COSELL_DRAIN_SECONDS: "0" })).toBe(0);
});

test.each([
  "postgresql://relay:x@localhost/cosell",
  "postgres://relay:x@127.0.0.1:5433/cosell",
  "postgresql://relay:x@[::1]/cosell",
  "postgresql:///cosell?host=/run/postgresql&user=relay",
  "postgresql://%2Frun%2Fpostgresql/cosell",
  "postgresql://relay:x@db.example.com/cosell?sslmode=verify-full",
  "postgresql://relay:x@db.example.com/cosell?sslmode=verify-full&sslrootcert=/etc/ca.pem",
])("[CF17] the database address %s is taken", (address) => {
  expect(accepted({ COSELL_DATABASE_URL: address }).storage).toMatchObject({ kind: "database", url: address });
});

test.each([
  "postgresql://relay:CANARY@db.example.com/cosell",
  "postgresql://relay:CANARY@db/cosell?sslmode=disable",
  "postgresql://relay:CANARY@db/cosell?sslmode=prefer",
  "postgresql://relay:CANARY@db/cosell?sslmode=require",
  "postgresql://relay:CANARY@db/cosell?sslmode=no-verify",
  "postgresql://relay:CANARY@db/cosell?sslmode=verify-ca",
  "postgresql://relay:CANARY@db/cosell?ssl=true",
  "postgresql://relay:CANARY@db/cosell?sslmode=verify-full&sslmode=disable",
  "postgresql://relay:CANARY@localhost/cosell?host=db.example.com",
  "postgresql://relay:CANARY@localhost/cosell?host=/run/x&host=db.example.com",
  "postgresql://relay:CANARY@localhost.example.com/cosell",
  "postgresql:///cosell?user=CANARY",
])("[CF17] the database address %s is refused, and not repeated", (address) => {
  const problems = problemsOf({ COSELL_DATABASE_URL: address });
  expect(problems).toEqual([{ name: "COSELL_DATABASE_URL", message: expect.stringContaining("sslmode=verify-full") }]);
  expect(JSON.stringify(problems)).not.toContain("CANARY");
});

test("[CF18] a relay is not started while Node is told to trust any server", () => {
  expect(problemsOf({ NODE_TLS_REJECT_UNAUTHORIZED: "0" })).toEqual([
    { name: "NODE_TLS_REJECT_UNAUTHORIZED", message: expect.stringContaining("NODE_EXTRA_CA_CERTS") },
  ]);
  expect(problemsOf({ NODE_TLS_REJECT_UNAUTHORIZED: "1" })).toEqual([]);
});
