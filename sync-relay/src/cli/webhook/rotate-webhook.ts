// A new secret for a cloud's calls, in three steps that each leave everything working: the relay gets to know the new
// one beside the old one; once it does, the cloud is told to use it; then the old one is taken away. Run again at any
// point, it goes on with the step that is due.

import type { RelaySettings } from "../../config/relay-settings";
import type { SettingName } from "../../config/setting-table";
import { CommandProblem } from "../command-problem";
import type { Outcome } from "../command";
import { exitCode } from "../exit-code";
import { hexSecret } from "../init/init-secrets";
import { secretPlace, writeSecrets, type SecretPlace } from "../open/secret-file";
import { webhookAddresses } from "../setup/relay-address";
import { webhookTexts } from "../texts/webhook-texts";
import { registerDataverse } from "./dataverse-webhook";
import { registerPartnerCenter } from "./partner-center-webhook";
import { probeRelay, showProbe, type ProbedAddress } from "./probe-relay";
import type { CloudName, WebhookSession } from "./webhook-session";

interface Rotation {
  readonly name: SettingName;
  /** The secret in use first, an older one after it. */
  readonly secrets: (settings: RelaySettings) => readonly string[];
  /** Where the relay can be asked whether it knows a secret. */
  readonly address: (settings: RelaySettings) => ProbedAddress;
  /** Has the cloud use the first secret. */
  readonly tellCloud: (session: WebhookSession) => Promise<unknown>;
}

const rotations: { readonly [C in CloudName]: Rotation } = {
  dataverse: {
    name: "COSELL_DATAVERSE_WEBHOOK_SECRET",
    secrets: ({ dataverse }) => dataverse.webhookSecrets,
    address: (settings) => ({
      url: webhookAddresses(settings).dataverse,
      secret: settings.dataverse.webhookSecrets[0] ?? "",
    }),
    tellCloud: registerDataverse,
  },
  "partner-center": {
    name: "COSELL_PARTNER_CENTER_WEBHOOK_TOKEN",
    secrets: ({ partnerCenter: { webhookToken, otherWebhookToken } }) =>
      otherWebhookToken === null ? [webhookToken] : [webhookToken, otherWebhookToken],
    address: (settings) => ({ url: webhookAddresses(settings).partnerCenter, secret: null }),
    tellCloud: (session) => registerPartnerCenter(session, { events: [], replace: false }),
  },
};

export async function rotateWebhook(session: WebhookSession, cloud: CloudName): Promise<Outcome> {
  const { context, settings } = session;
  const rotation = rotations[cloud];
  const secrets = rotation.secrets(settings);
  const place = secretPlace(context, rotation.name);
  if (secrets.length === 1) return begin(session, rotation, { place, secrets });
  const address = rotation.address(settings);
  const probe = await probeRelay(context, address);
  showProbe(context, address, probe);
  if (probe.kind !== "accepts") return waitForRestart(session, rotation, place);
  await rotation.tellCloud(session);
  return finish(session, rotation, { place, secrets });
}

interface Held {
  readonly place: SecretPlace;
  readonly secrets: readonly string[];
}

async function begin({ context }: WebhookSession, { name }: Rotation, { place, secrets }: Held): Promise<Outcome> {
  if (place.kind !== "file") throw new CommandProblem(webhookTexts.fromEnvironment, { values: { name } });
  const agreed = await context.ask.confirm({ message: context.text(webhookTexts.askRotate), flag: "--yes" });
  if (!agreed) throw new CommandProblem(webhookTexts.rotateRefused);
  context.checkpoint();
  await writeSecrets(place.path, [hexSecret(), ...secrets]);
  context.out.line(context.text(webhookTexts.rotateRestart, { path: place.path }));
  return { exit: exitCode.ok, json: { step: "restart-relay", path: place.path } };
}

function waitForRestart({ context }: WebhookSession, { name }: Rotation, place: SecretPlace): Outcome {
  const path = place.kind === "file" ? place.path : name;
  context.out.line(context.text(webhookTexts.rotateRestart, { path }));
  return { exit: exitCode.problems, json: { step: "restart-relay", path } };
}

async function finish({ context }: WebhookSession, { name }: Rotation, { place, secrets }: Held): Promise<Outcome> {
  context.checkpoint();
  if (place.kind !== "file") {
    context.out.line(context.text(webhookTexts.rotatedEnvironment, { name }));
    return { exit: exitCode.ok, json: { step: "done", path: null } };
  }
  await writeSecrets(place.path, secrets.slice(0, 1));
  context.out.line(context.text(webhookTexts.rotated, { path: place.path }));
  return { exit: exitCode.ok, json: { step: "done", path: place.path } };
}
