// Process entry of the relay alone (`npm run relay`): settings → compose → listen → drain on SIGTERM.

import { readFileSync } from "node:fs";
import { createShutdown } from "./adapters/http/shutdown";
import { loadMapping } from "./adapters/mapping-file/load-mapping";
import { formatProblems } from "./adapters/mapping-file/mapping-problem";
import { createJsonLog } from "./adapters/system/json-log";
import { productVersion } from "./adapters/system/product-version";
import { createSystemClock } from "./adapters/system/system-clock";
import { raiseTlsFloor } from "./adapters/system/tls-floor";
import { composeRelay, type Relay } from "./compose";
import { problemTexts } from "./config/problem-texts";
import { readSettings } from "./config/read-settings";
import type { RelaySettings } from "./config/relay-settings";
import { words, wordsIn } from "./config/words";
import type { FieldMap } from "./core/mapping/field-map";
import { toRelayError } from "./core/errors";

/** Exit code for settings or a mapping file that cannot be used. */
const UNUSABLE = 2;

void main();

async function main(): Promise<void> {
  raiseTlsFloor();
  const settings = usableSettings();
  const fieldMap = settings === null ? null : usableMapping(settings);
  if (settings === null || fieldMap === null) process.exit(UNUSABLE);
  const log = createJsonLog({ level: settings.server.logLevel });
  const shutdown = createShutdown({
    clock: createSystemClock(),
    log,
    drainMs: settings.server.drainSeconds * 1_000,
    exit: (code) => process.exit(code),
  });
  shutdown.onSignals(process);
  try {
    const relay = await composeRelay({
      settings,
      fieldMap,
      log,
      version: productVersion(),
      draining: shutdown.draining,
    });
    shutdown.use(relay);
    const { url } = await startedOrReleased(relay);
    log.info("the relay listens", { url });
  } catch (thrown) {
    const error = toRelayError(thrown);
    process.stderr.write(`The relay could not start: ${reasonOf(thrown)}\n`);
    log.error("the relay could not start", { code: error.code });
    process.exit(1);
  }
}

/** A relay that cannot start, because its port is taken for one, leaves no database behind. */
async function startedOrReleased(relay: Relay): ReturnType<Relay["start"]> {
  try {
    return await relay.start();
  } catch (failure) {
    await relay.release();
    throw failure;
  }
}

/** The failure with what is behind it: at the start there is no customer data that a message could quote. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause === undefined ? thrown.message : `${thrown.message}\n  because: ${reasonOf(thrown.cause)}`;
}

function usableSettings(): RelaySettings | null {
  const read = readSettings(process.env, (path) => readFileSync(path, "utf8"));
  if (read.kind === "ok") return read.settings;
  const problems = read.problems.map(({ name, message }) => `  ${name}: ${wordsIn(read.language, message)}\n`);
  const refusal = words(problemTexts.unusable, { problems: problems.join("") });
  process.stderr.write(`${wordsIn(read.language, refusal)}\n`);
  return null;
}

function usableMapping(settings: RelaySettings): FieldMap | null {
  const loaded = loadMapping(settings.mappingFile === null ? {} : { file: settings.mappingFile });
  if (loaded.kind === "ok") return loaded.map;
  process.stderr.write(`The mapping cannot be used:\n${formatProblems(loaded.problems)}\n`);
  return null;
}
