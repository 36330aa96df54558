// The relay as it ships, a process of its own with its embedded database in a temporary folder, between simulated clouds
// in this process.

import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLoopbackClouds, type LoopbackCloudOptions, type LoopbackClouds } from "../simulator/demo/loopback-clouds";
import { startRelayProcess, type RelayProcess } from "../simulator/demo/relay-process";
import { untilQuiet } from "./upstream-calls";

export interface RelayUnderTest {
  readonly clouds: LoopbackClouds;
  readonly relay: RelayProcess;
}

/** The longest that the setting takes: a sweep in the middle of a measurement would be counted with it. */
const SWEEP_SECONDS = "86400";

/** Runs `work` with a fresh relay that has done its first sweep and has nothing to do. */
export async function withRelay<T>(
  options: LoopbackCloudOptions,
  work: (parts: RelayUnderTest) => Promise<T>,
): Promise<T> {
  return withDataFolder((dataFolder) =>
    withClouds(options, async (clouds) => {
      const relay = await startRelay(clouds, dataFolder);
      try {
        clouds.callRelayAt(relay.url);
        await untilQuiet(clouds);
        return await work({ clouds, relay });
      } finally {
        await relay.stop();
      }
    }),
  );
}

/** Runs `work` with a folder that is removed afterwards. */
export async function withDataFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "cosell-bench-"));
  // A database that was started by root runs as another user, who must be able to pass.
  await chmod(folder, 0o755);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function withClouds<T>(
  options: LoopbackCloudOptions,
  work: (clouds: LoopbackClouds) => Promise<T>,
): Promise<T> {
  const clouds = await startLoopbackClouds(options);
  try {
    return await work(clouds);
  } finally {
    await clouds.close();
  }
}

export function startRelay(clouds: LoopbackClouds, dataFolder: string): Promise<RelayProcess> {
  const environment = { ...clouds.environment, COSELL_DATA_DIR: dataFolder, COSELL_SWEEP_SECONDS: SWEEP_SECONDS };
  return startRelayProcess({ environment, port: 0 });
}
