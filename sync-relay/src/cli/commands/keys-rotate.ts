import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { sealAnew } from "../../adapters/sealing/seal-anew";
import { keyId, sealingKeyId } from "../../adapters/sealing/sealing";
import type { RelaySettings } from "../../config/relay-settings";
import { noteMasterKey } from "../../operate/master-key-age";
import { CommandProblem } from "../command-problem";
import type { CommandFile, Outcome } from "../command";
import type { CommandContext } from "../context";
import { exitCode } from "../exit-code";
import { findConfig } from "../open/config-place";
import { openSettings } from "../open/open-settings";
import { nameSecretFile, secretPlace, writeSecrets } from "../open/secret-file";
import { withStore, type OpenStore } from "../open/with-store";
import { keysTexts } from "../texts/keys-texts";

const NAME = "COSELL_MASTER_KEY";
const KEY_BYTES = 32;

/**
 * `cosell keys rotate`: two steps with a restart of the relay between them, since a relay that knows only the old key
 * could not open what is sealed with the new one.
 */
export const keysRotateCommand: CommandFile = {
  path: "keys rotate",
  summary: keysTexts.summary,
  options: [{ flags: "--finish", what: keysTexts.finish }],
  examples: [
    { line: "cosell keys rotate", what: keysTexts.exampleBegin },
    { line: "cosell keys rotate --finish", what: keysTexts.exampleFinish },
  ],
  async run(context, given) {
    const settings = openSettings(context);
    return withStore(context, settings, (open) =>
      given.has("--finish") ? finish(context, open) : begin(context, settings, open),
    );
  },
};

async function begin(
  context: CommandContext,
  settings: RelaySettings,
  { storage, store }: OpenStore,
): Promise<Outcome> {
  const place = secretPlace(context, NAME);
  if (storage.masterKeys.length > 1) throw new CommandProblem(keysTexts.underWay);
  if (place.kind === "environment") throw new CommandProblem(keysTexts.fromEnvironment);
  const agreed = await context.ask.confirm({ message: context.text(keysTexts.ask), flag: "--yes" });
  if (!agreed) throw new CommandProblem(keysTexts.refused);
  const key = randomBytes(KEY_BYTES);
  const old = storage.masterKeys.map((one) => Buffer.from(one).toString("base64"));
  // A key of the data folder moves out of it: key and sealed secrets do not belong into one place.
  const path = place.kind === "file" ? place.path : join(findConfig(context).folder, "cosell-secrets", "master-key");
  context.checkpoint();
  await writeSecrets(path, [key.toString("base64"), ...old]);
  if (settings.masterKeys === null) await nameSecretFile(context, NAME, path);
  const id = keyId(key);
  const { clock } = context.world;
  const sighting = { key: id, facts: store.pairs, secrets: store.secrets, keyOf: sealingKeyId, nowMs: clock.now() };
  await noteMasterKey(sighting);
  context.out.line(context.text(keysTexts.begun, { id, path }));
  return { exit: exitCode.ok, json: { step: "restart-relay", key: id, path } };
}

async function finish(context: CommandContext, open: OpenStore): Promise<Outcome> {
  const { store, storage, sealing } = open;
  const [first] = storage.masterKeys;
  if (first === undefined || storage.masterKeys.length === 1) throw new CommandProblem(keysTexts.notBegun);
  const id = keyId(first);
  await refuseWhileUnknown(open, id);
  let count = 0;
  for (const name of await store.secrets.names()) {
    context.checkpoint();
    const done = await sealAnew({ secrets: store.secrets, sealing }, name);
    if (done === "sealed") count += 1;
    // No key opens it: nothing is lost by leaving it, and the person hears of it.
    if (done === "unopenable") context.out.warn(context.text(keysTexts.unopenable, { name }));
  }
  context.out.line(context.text(keysTexts.resealed, { n: count, id }));
  // A relay that started meanwhile with the settings of before would be left without its key.
  await refuseWhileUnknown(open, id);
  context.checkpoint();
  const place = secretPlace(context, NAME);
  if (place.kind === "file") {
    await writeSecrets(place.path, [Buffer.from(first).toString("base64")]);
    context.out.line(context.text(keysTexts.finished, { path: place.path }));
  } else context.out.line(context.text(keysTexts.finishedEnvironment));
  return { exit: exitCode.ok, json: { step: "done", key: id, resealed: count } };
}

/** Whoever does not know the new key yet would go on sealing with the old one, and nobody could open that any more. */
async function refuseWhileUnknown({ store }: OpenStore, id: string): Promise<void> {
  const count = await store.operator.sealingOtherwise(id);
  if (count > 0) throw new CommandProblem(keysTexts.notKnownYet, { values: { count, id } });
}
