import { DATAVERSE_ADMINISTRATOR_NAME } from "../../sync-relay/src/adapters/entra/refresh-token-store";
import { createMasterKey } from "../../sync-relay/src/adapters/sealing/master-key";
import { createSealing } from "../../sync-relay/src/adapters/sealing/sealing";
import { loopbackPeople } from "../../sync-relay/simulator/demo/loopback-clouds";
import type { Environment, WholeRelay } from "../end-to-end/whole-relay";
import { cosell } from "./cosell-process";

/** What `cosell doctor` found. */
export interface Found {
  readonly code: number | null;
  /** Finding ids by area, for the areas that have any. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly skipped: readonly string[];
  /** The whole report, for its words. */
  readonly text: string;
}

interface Reported {
  readonly area: string;
  readonly mark: string;
  readonly findings: readonly { readonly id: string; readonly what: string; readonly mend: string }[];
}

const DAY_MS = 24 * 60 * 60_000;

/** The settings of a relay, for a command that works beside it. */
export function doctorEnvironment(relay: WholeRelay, changes: Environment = {}): Environment {
  const { environment: clouds } = relay.clouds;
  return { ...clouds, COSELL_DATA_DIR: relay.dataDir, COSELL_PUBLIC_URL: relay.url(), ...changes };
}

export async function lookWithDoctor(folder: string, environment: Environment): Promise<Found> {
  const { code, stdout } = await cosell(["doctor", "--json"], { cwd: folder, environment });
  const { areas } = JSON.parse(stdout) as { readonly areas: readonly Reported[] };
  const withFindings = areas.filter(({ findings }) => findings.length > 0);
  return {
    code,
    ids: Object.fromEntries(withFindings.map(({ area, findings }) => [area, findings.map(({ id }) => id)])),
    skipped: areas.filter(({ mark }) => mark === "skipped").map(({ area }) => area),
    text: areas.flatMap(({ findings }) => findings.map(({ what, mend }) => `${what} → ${mend}`)).join("\n"),
  };
}

/** An administrator's sign-in, as `cosell login dataverse` leaves it behind. */
export async function signInAdministrator(relay: WholeRelay): Promise<void> {
  const { authority, environment } = relay.clouds;
  const token = authority.issueRefreshToken(environment["COSELL_CLIENT_ID"] ?? "", loopbackPeople.administrator);
  const sealing = createSealing({ keys: [await createMasterKey(relay.dataDir)] });
  const stored = JSON.stringify({ token, expiresAtMs: Date.now() + 90 * DAY_MS });
  const sealed = sealing.seal(DATAVERSE_ADMINISTRATOR_NAME, stored);
  await relay.sql(`insert into cosell.secret (name, sealed) values ('${DATAVERSE_ADMINISTRATOR_NAME}', '${sealed}')`);
}
