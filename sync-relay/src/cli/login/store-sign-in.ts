import { createRefreshTokenStore } from "../../adapters/entra/refresh-token-store";
import { noteKeyInUse } from "../../compose/storage";
import { CommandProblem } from "../command-problem";
import type { CommandContext } from "../context";
import { silentLog, unreadMetrics } from "../open/silent-log";
import type { OpenStore } from "../open/with-store";
import { loginTexts } from "../texts/login-texts";

/** Stores a refresh token sealed, where the running relay finds it at its next renewal. Returns when it ends unused. */
export async function storeSignIn(
  { world }: CommandContext,
  { store, sealing, storage }: OpenStore,
  signIn: { readonly name: string; readonly refreshToken: string },
): Promise<number> {
  const tokens = createRefreshTokenStore({
    name: signIn.name,
    secrets: store.secrets,
    sealing,
    clock: world.clock,
    log: silentLog,
    metrics: unreadMetrics,
  });
  // A sign-in comes before the relay's first start, and would make the key look older than anybody knows.
  await noteKeyInUse(storage, world.clock);
  await tokens.save(signIn.refreshToken);
  const read = await tokens.load();
  if (read.kind !== "stored" || read.stored.token !== signIn.refreshToken)
    throw new CommandProblem(loginTexts.notStored);
  return read.stored.expiresAtMs;
}
