import type { RequestListener } from "node:http";
import type { WholeRelay } from "../end-to-end/whole-relay";
import { cosell } from "./cosell-process";

/** What one run of `cosell doctor` found. */
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

type Environment = Readonly<Record<string, string>>;

/** The settings of a command beside the relay, with changes. */
export function besideRelay(relay: WholeRelay, changes: Environment = {}): Environment {
  return {
    ...relay.clouds.environment,
    COSELL_DATA_DIR: relay.dataDir,
    COSELL_PUBLIC_URL: relay.url(),
    ...changes,
  };
}

/** Runs the compiled doctor in a folder, with these settings. */
export async function doctorLook(cwd: string, environment: Environment): Promise<Found> {
  const { code, stdout } = await cosell(["doctor", "--json"], { cwd, environment });
  const { areas } = JSON.parse(stdout) as { readonly areas: readonly Reported[] };
  const withFindings = areas.filter(({ findings }) => findings.length > 0);
  return {
    code,
    ids: Object.fromEntries(withFindings.map(({ area, findings }) => [area, findings.map(({ id }) => id)])),
    skipped: areas.filter(({ mark }) => mark === "skipped").map(({ area }) => area),
    text: areas.flatMap(({ findings }) => findings.map(({ what, mend }) => `${what} → ${mend}`)).join("\n"),
  };
}

/** Answers as the relay does to whoever asks who it is, for an address before it. */
export async function asTheRelay(relay: WholeRelay): Promise<RequestListener> {
  const { text: version } = await relay.get("/version");
  return (_, response) => response.end(version);
}
