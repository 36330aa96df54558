// `npm start` and `npm run demo`: database, both simulated clouds and the relay on loopback. Without options it runs until
// Ctrl-C and says where to look. `--play` plays the two stories first; `--once` plays them and ends: 0 only if every step held.

import { parseArgs } from "node:util";
import { startLoopbackClouds, type LoopbackClouds } from "./demo/loopback-clouds";
import { opportunityColumns } from "../../solution/schema/opportunity-columns";
import { freePort, startRelayProcess, type RelayProcess } from "./demo/relay-process";
import { play, type StepResult } from "./demo/play-steps";
import { newOpportunity } from "./demo/sample-records";
import { crmToPartnerCenter } from "./demo/story-crm-to-partner-center";
import { partnerCenterToCrm } from "./demo/story-partner-center-to-crm";

/** Ports that are tried first, so that the addresses are the same each time. */
const PREFERRED = { relay: 8080, dataverse: 8081, partnerCenter: 8082 };

interface Demo {
  readonly clouds: LoopbackClouds;
  readonly relay: RelayProcess;
}

void main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      once: { type: "boolean", default: false },
      play: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
    },
  });
  // From the first moment on: a signal during the start must not leave a relay without its demo.
  const signalled = stopSignal();
  const startedMs = Date.now();
  const demo = await startDemo({ anyPort: values.once, verbose: values.verbose });
  say(`Started in ${Date.now() - startedMs} ms.`);
  if (!values.once) {
    // Something to play with: complete but for the seller's Yes.
    demo.clouds.dataverse.records.create("opportunities", {
      ...newOpportunity(demo.clouds.dataverse.records),
      [opportunityColumns.products.logicalName]: "SOL-15974-MQF",
    });
    say(whereToLook(demo));
  }
  const stories = values.once || values.play ? playStories(demo.clouds) : Promise.resolve(true);
  const held = await Promise.race([stories, signalled.then(() => false)]);
  if (values.once) {
    await stopDemo(demo);
    process.exit(held ? 0 : 1);
  }
  await untilStopped(demo, signalled);
}

function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve("stopping"));
    process.once("SIGTERM", () => resolve("stopping"));
  });
}

async function startDemo(options: { readonly anyPort: boolean; readonly verbose: boolean }): Promise<Demo> {
  const clouds = await startLoopbackClouds(
    options.anyPort
      ? {}
      : {
          dataversePort: await freePort(PREFERRED.dataverse),
          partnerCenterPort: await freePort(PREFERRED.partnerCenter),
        },
  );
  try {
    const relay = await startRelayProcess({
      environment: clouds.environment,
      port: options.anyPort ? 0 : PREFERRED.relay,
      ...(options.verbose ? { onLine: say } : {}),
    });
    clouds.callRelayAt(relay.url);
    return { clouds, relay };
  } catch (failure) {
    await clouds.close();
    say(failure instanceof Error ? failure.message : String(failure));
    process.exit(1);
  }
}

async function playStories(clouds: LoopbackClouds): Promise<boolean> {
  say("\nCRM to Partner Center");
  if (!(await play(crmToPartnerCenter(clouds), tell))) return false;
  say("\nPartner Center to CRM");
  return play(partnerCenterToCrm(clouds), tell);
}

function tell({ title, ms, missing }: StepResult): void {
  const time = `${String(ms).padStart(6)} ms`;
  say(missing === null ? `  ok ${time}  ${title}` : `FAIL ${time}  ${title}\n               ${missing}`);
}

function whereToLook({ clouds, relay }: Demo): string {
  return [
    "",
    `  Dynamics 365 (simulated)    ${clouds.dataverse.url}/`,
    `  Partner Center (simulated)  ${clouds.partnerCenter.referralsUrl}/`,
    `  Relay                       ${relay.url}/readyz   ${relay.url}/metrics`,
    "",
    "  Open the opportunity in the first page and set Sync to Yes: within seconds it is a referral in the second.",
    "  Create a deal in the second page: within seconds it is an opportunity in the first.",
    "  Change either one and reload the other. Ctrl-C ends everything.",
    "",
  ].join("\n");
}

async function untilStopped(demo: Demo, signalled: Promise<string>): Promise<void> {
  const ended = demo.relay.ended.then((code) => `the relay ended with code ${String(code)}`);
  say(await Promise.race([signalled, ended]));
  await stopDemo(demo);
  process.exit(0);
}

async function stopDemo({ clouds, relay }: Demo): Promise<void> {
  await relay.stop();
  await clouds.close();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
