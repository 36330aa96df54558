import { editConfigText } from "../../sync-relay/src/config/edit-config";
import { readSettings } from "../../sync-relay/src/config/read-settings";
import { readFrom, smallestEnvironment, toldIn, type Files } from "./settings-fixture";

const secrets = {
  "secrets/client": smallestEnvironment["COSELL_CLIENT_SECRET"] ?? "",
  "secrets/webhook": smallestEnvironment["COSELL_DATAVERSE_WEBHOOK_SECRET"] ?? "",
  "secrets/token": smallestEnvironment["COSELL_PARTNER_CENTER_WEBHOOK_TOKEN"] ?? "",
};

const config = `# ours
dataverse-url: https://contoso.crm4.dynamics.com
tenant-id: contoso.onmicrosoft.com
client-id: 11111111-2222-3333-4444-555555555555
client-secret-file: secrets/client
dataverse-webhook-secret-file: secrets/webhook
partner-center-webhook-token-file: secrets/token
port: 8081
sync-leads: yes
certificate-hosts: [one.example, two.example]
data-dir: data
`;

const files: Files = { "cosell.yaml": config, ...secrets };
const read = (env: Record<string, string>, more: Files = {}) => readSettings(env, readFrom({ ...files, ...more }));
const settingsOf = (env: Record<string, string>, more: Files = {}) => {
  const result = read(env, more);
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems));
  return result.settings;
};
const problemsOf = (env: Record<string, string>, more: Files = {}) => {
  return toldIn("en", read(env, more)).map(({ name, message }) => `${name}: ${message}`);
};

test("[CF11] cosell.yaml in the folder is enough to start with, its words taken as they are written", () => {
  const settings = settingsOf({});
  expect(settings.dataverse.url).toBe("https://contoso.crm4.dynamics.com");
  expect(settings.server.port).toBe(8081);
  expect(settings.syncLeads).toBe(true);
  expect(settings.partnerCenter.certificate.hosts).toEqual(["one.example", "two.example"]);
  expect(settings.storage).toMatchObject({ dataDir: "data" });
});

test("[CF11] without cosell.yaml nothing is missing, but a file that was named has to be there", () => {
  expect(readSettings(smallestEnvironment, readFrom({})).kind).toBe("ok");
  const named = readSettings({ ...smallestEnvironment, COSELL_CONFIG_FILE: "gone.yaml" }, readFrom({}));
  expect(toldIn("en", named)).toEqual([
    {
      name: "COSELL_CONFIG_FILE",
      message: 'names "gone.yaml", which could not be read. Check that the file exists and may be read.',
    },
  ]);
});

test("[CF12] the environment wins over the file, in either form of a setting", () => {
  expect(settingsOf({ COSELL_PORT: "9000" }).server.port).toBe(9000);
  const direct = settingsOf({ COSELL_CLIENT_SECRET: "from-environment" });
  expect(direct.signIn.credential).toEqual({ kind: "secret", secret: "from-environment" });
  const file = settingsOf({ COSELL_PORT_FILE: "port" }, { port: "9001\n" });
  expect(file.server.port).toBe(9001);
});

test("[CF13] paths count from the configuration file, wherever the relay is started", () => {
  const elsewhere = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/etc/cosell/${path}`, text]));
  const settings = settingsOf({ COSELL_CONFIG_FILE: "/etc/cosell/cosell.yaml" }, elsewhere);
  expect(settings.storage).toMatchObject({ dataDir: "/etc/cosell/data" });
});

test("[CF14] a secret in the file is refused without being repeated", () => {
  const problems = problemsOf({}, { "cosell.yaml": `${config}master-key: canary-key\n` });
  expect(problems).toEqual([
    "cosell.yaml:12: master-key is a secret and does not belong into this file. Put it into a file of its own and name that: master-key-file.",
  ]);
});

test("[CF15] everything that is wrong with the file is said at once, with its line", () => {
  const wrong = "prot: 1\nport: eighty\nDataverse-URL: x\nlanguage: {a: 1}\nconfig-file: x\nhost:\n";
  const problems = problemsOf(smallestEnvironment as Record<string, string>, { "cosell.yaml": wrong });
  expect(problems).toEqual([
    'COSELL_PORT: "eighty", from cosell.yaml:2, is not a whole number from 0 to 65535.',
    'cosell.yaml:1: "prot" is not a setting. Did you mean port?',
    expect.stringContaining('cosell.yaml:3: "Dataverse-URL" is not a setting. Did you mean '),
    "cosell.yaml:4: language has no plain value; write it on one line.",
    expect.stringContaining('cosell.yaml:5: "config-file" is not a setting. Did you mean '),
    "cosell.yaml:6: host has no plain value; write it on one line.",
  ]);
});

test("[CF15] a file that is not YAML, or no list of settings, is refused with its line", () => {
  const one = (text: string) => problemsOf(smallestEnvironment as Record<string, string>, { "cosell.yaml": text })[0];
  expect(one("port: 1\nhost: [1\n")).toMatch(/^cosell\.yaml:\d: .+\.$/);
  expect(one("- port\n")).toBe("cosell.yaml:1: Write one `name: value` a line.");
  expect(one("port: 1\nport: 2\n")).toBe("cosell.yaml:2: The same name stands here twice. Remove one of them.");
});

test("[CF16] changing the file keeps everything else in it as it was written", () => {
  const text = "# mine\nport: 8080 # the port\n\nhost: 0.0.0.0\n";
  const entries = new Map([
    ["COSELL_PORT", "9000"],
    ["COSELL_HOST", null],
    ["COSELL_LANGUAGE", "fr"],
  ]);
  expect(editConfigText(text, entries)).toBe('# mine\nport: "9000" # the port\nlanguage: fr\n');
  expect(editConfigText(null, new Map([["COSELL_PORT", "1"]]))).toMatch(/^# CoSell Sync\..+\n#.+\n\nport: "?1"?\n$/);
});
