import { planRegistration } from "../../adapters/dataverse/registration/registration";
import type { PlannedChange } from "../../adapters/dataverse/registration/planned-change";
import type { Administration } from "../../compose/administration";
import type { RelaySettings } from "../../config/relay-settings";
import { columnsRead } from "../../core/mapping/columns-read";
import type { FieldMap } from "../../core/mapping/field-map";
import { must } from "../../core/must";
import { CommandProblem } from "../command-problem";
import type { CommandFile, Outcome } from "../command";
import type { CommandContext } from "../context";
import { exitCode } from "../exit-code";
import { administrationOf, asAdministrator } from "../open/open-administration";
import { mappingInUse } from "../open/mapping-in-use";
import { openSettings } from "../open/open-settings";
import { withStore } from "../open/with-store";
import { showAndCarryOut } from "../setup/carry-out-plan";
import { webhookAddresses } from "../setup/relay-address";
import { callsOf, showCalls, withoutSecret } from "../setup/show-plan";
import { setupTexts } from "../texts/setup-texts";

/** `cosell setup`: shows what it will do in Dataverse, asks, does it, and looks again whether it is so. */
export const setupCommand: CommandFile = {
  path: "setup",
  summary: setupTexts.summary,
  options: [{ flags: "--dry-run", what: setupTexts.dryRun }],
  examples: [
    { line: "cosell setup", what: setupTexts.exampleSetup },
    { line: "cosell setup --dry-run", what: setupTexts.exampleDryRun },
  ],
  async run(context, given) {
    const settings = openSettings(context);
    return withStore(context, settings, (open) =>
      asAdministrator(async () => {
        const { map: fieldMap } = await mappingInUse(context, { settings, facts: open.store.pairs });
        const { dataverse } = administrationOf(context, settings, open);
        const setup: Setup = { context, settings, fieldMap, dataverse };
        const changes = await plan(setup);
        return given.has("--dry-run") ? dryRun(setup, changes) : carryOut(setup, changes);
      }),
    );
  },
};

interface Setup {
  readonly context: CommandContext;
  readonly settings: RelaySettings;
  readonly fieldMap: FieldMap;
  readonly dataverse: Administration["dataverse"];
}

async function plan({ context, settings, fieldMap, dataverse }: Setup): Promise<readonly PlannedChange[]> {
  const { url, webhookSecrets } = settings.dataverse;
  const wish = {
    clientId: settings.signIn.clientId,
    endpoint: {
      url: webhookAddresses(settings).dataverse,
      secret: must(webhookSecrets[0], "a webhook secret is required"),
    },
    mappedColumns: columnsRead(fieldMap),
  };
  const found = await context.progress.during(context.text(setupTexts.reading, { url }), () =>
    planRegistration(dataverse, wish),
  );
  if (found.kind === "planned") return found.changes;
  throw new CommandProblem(setupTexts.noRole, { values: { role: found.role, url }, mend: "cosell setup" });
}

function dryRun({ context, settings }: Setup, changes: readonly PlannedChange[]): Outcome {
  const calls = callsOf(changes);
  context.out.line(context.text(setupTexts.callsTitle, { url: settings.dataverse.url }));
  showCalls(context, calls);
  return { exit: exitCode.ok, json: { calls: calls.map(withoutSecret) } };
}

async function carryOut(setup: Setup, changes: readonly PlannedChange[]): Promise<Outcome> {
  const { context, settings, dataverse } = setup;
  const changed = await showAndCarryOut(context, { api: dataverse, url: settings.dataverse.url, changes });
  if (changed) {
    const open = callsOf(await plan(setup)).length;
    if (open > 0) throw new CommandProblem(setupTexts.notDone, { values: { n: open }, mend: "cosell setup" });
  }
  context.out.line(context.text(setupTexts.next));
  const parts = changes.map(({ part, action, differences }) => ({ ...part, action, differences }));
  return { exit: exitCode.ok, json: { url: settings.dataverse.url, parts } };
}
