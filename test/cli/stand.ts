// An admin's machine before anything is set up: both clouds on loopback in which nobody has made anything for the relay
// yet, a folder of its own, and people who sign in at the fake authority by following the address that `cosell` prints.

import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  loopbackPeople,
  startLoopbackClouds,
  type LoopbackClouds,
} from "../../sync-relay/simulator/demo/loopback-clouds";
import { freePort, startRelayProcess, type RelayProcess } from "../../sync-relay/simulator/demo/relay-process";
import { must } from "../../sync-relay/src/core/must";
import { compiledEntry } from "../end-to-end/compiled-entry";
import { untilHolds } from "../end-to-end/until-holds";
import { cosell, startCosell, type CosellEnded, type CosellOptions, type RunningCosell } from "./cosell-process";

export const CLIENT_SECRET = "loopback-client-secret";
const CLIENT_SECRET_ENDS = "2099-12-31";

export type Environment = Readonly<Record<string, string>>;

export interface Stand {
  readonly clouds: LoopbackClouds;
  /** The folder that commands are run in. */
  readonly folder: string;
  /** Addresses of the clouds; everything else comes from `cosell init`. */
  readonly environment: Environment;
  /** Where the relay is reached once it runs. */
  readonly publicUrl: string;
  /** Everything that any command of this stand said. */
  readonly said: string[];
  run(words: readonly string[], more?: Partial<CosellOptions>): Promise<CosellEnded>;
  /** Runs a command that prints an address to sign in at, and signs a person in there. */
  signIn(words: readonly string[], person: keyof typeof loopbackPeople): Promise<CosellEnded>;
  /** `cosell init` with everything it needs. */
  init(): Promise<CosellEnded>;
  startRelay(more?: Environment): Promise<RelayProcess>;
  stopRelay(): Promise<void>;
  /** Every line that the relay wrote. */
  readonly relayLog: string[];
  /** Where secrets and tokens stand in the clear: in files, in what was said, in the log. */
  search(secrets: readonly string[]): Promise<Found>;
  close(): Promise<void>;
}

export interface Found {
  /** Secrets in the files that are meant to hold them. */
  readonly inSecretFiles: readonly string[];
  /** Secrets anywhere else, by place. */
  readonly elsewhere: readonly string[];
  /** Places with access or refresh tokens. */
  readonly tokens: readonly string[];
}

/** As the fake authority makes them; codes come back in the browser's address only. */
const TOKENS = /eyJ[\w-]+\.[\w-]+\.[\w-]{80,}|\b0\.[A-Za-z0-9_-]{43}\b/;

async function searchFor(stand: Stand, secrets: readonly string[]): Promise<Found> {
  const places: [string, string][] = [
    ["what was said", stand.said.join("\n")],
    ["the relay's log", stand.relayLog.join("\n")],
  ];
  for (const entry of await readdir(stand.folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    places.push([path, await readFile(path, "latin1")]);
  }
  const isSecretFile = (place: string): boolean => place.startsWith(join(stand.folder, "cosell-secrets"));
  const hits = places.flatMap(([place, text]) => secrets.filter((one) => text.includes(one)).map(() => place));
  return {
    inSecretFiles: hits.filter(isSecretFile),
    elsewhere: hits.filter((place) => !isSecretFile(place)),
    tokens: places.filter(([, text]) => TOKENS.test(text)).map(([place]) => place),
  };
}

export async function startStand(): Promise<Stand> {
  const folder = await mkdtemp(join(tmpdir(), "cosell-cli-"));
  // The database of a root user runs as another user, who has to pass through.
  await chmod(folder, 0o755);
  const clouds = await startLoopbackClouds({ applicationUser: "to-be-made" });
  const port = await freePort(0);
  const environment = addressesOf(clouds);
  const said: string[] = [];
  const relayLog: string[] = [];
  let relay: RelayProcess | null = null;
  const stand: Stand = {
    clouds,
    folder,
    environment,
    publicUrl: `http://127.0.0.1:${port}`,
    said,
    relayLog,
    async run(words, more = {}) {
      const ended = await cosell(words, { cwd: folder, ...more, environment: { ...environment, ...more.environment } });
      said.push(ended.stdout, ended.stderr);
      return ended;
    },
    signIn: (words, person) => signInThere(stand, words, loopbackPeople[person].userName),
    init: () => stand.run(initWords(stand), { input: CLIENT_SECRET }),
    async startRelay(more = {}) {
      relay = await startRelayProcess({
        environment: {
          ...environment,
          ...more,
          COSELL_CONFIG_FILE: join(folder, "cosell.yaml"),
          COSELL_DATA_DIR: dataDir(folder),
        },
        port,
        entry: compiledEntry("src/main.js"),
        onLine: (line) => relayLog.push(line),
      });
      return relay;
    },
    async stopRelay() {
      await relay?.stop();
      relay = null;
    },
    search: (secrets) => searchFor(stand, secrets),
    async close() {
      await stand.stopRelay();
      await clouds.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return stand;
}

export function dataDir(folder: string): string {
  return join(folder, ".cosell");
}

function initWords({ clouds, publicUrl }: Stand): readonly string[] {
  const { COSELL_DATAVERSE_URL, COSELL_TENANT_ID, COSELL_CLIENT_ID } = clouds.environment;
  return [
    ...["init", "--yes", "--client-secret-stdin", "--client-secret-ends", CLIENT_SECRET_ENDS],
    ...["--dataverse-url", COSELL_DATAVERSE_URL ?? "", "--tenant-id", COSELL_TENANT_ID ?? ""],
    ...["--client-id", COSELL_CLIENT_ID ?? "", "--public-url", publicUrl],
  ];
}

/** Loopback addresses instead of Microsoft's; an admin sets none of these. */
function addressesOf({ environment }: LoopbackClouds): Environment {
  const names = ["PARTNER_CENTER_URL", "PARTNER_CENTER_EVENTS_URL", "AUTHORITY_URL", "CERTIFICATE_HOSTS"];
  const kept = [...names, "CERTIFICATE_ANCHORS", "REFERRAL_LINK"].map((name) => `COSELL_${name}`);
  return Object.fromEntries(kept.map((name) => [name, environment[name] ?? ""]));
}

/** The address that a command says to sign in at. */
export function signInAddress(running: RunningCosell): string | null {
  return /^ {2}(http\S+)$/m.exec(running.said())?.[1] ?? null;
}

/** The browser's part: opens the address, signs in, and is sent back to the listener of the command. */
async function signInThere(stand: Stand, words: readonly string[], userName: string): Promise<CosellEnded> {
  const running = startCosell([...words, "--user", userName], { cwd: stand.folder, environment: stand.environment });
  const url = await untilHolds(() => must(signInAddress(running), `an address to sign in at: ${running.said()}`));
  const page = await fetch(url);
  expect(await page.text()).toContain("Signed in");
  const ended = await running.ended;
  stand.said.push(ended.stdout, ended.stderr);
  return ended;
}
