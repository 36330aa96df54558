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
