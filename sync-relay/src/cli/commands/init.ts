import { editConfigText } from "../../config/edit-config";
import { CommandProblem } from "../command-problem";
import type { CommandFile, Given, Outcome } from "../command";
import type { CommandContext } from "../context";
import { exitCode } from "../exit-code";
import { plainAnswers, type Asking } from "../init/init-answers";
import { planSecrets, type SecretPlan } from "../init/init-secrets";
import { registrationChecklist } from "../init/registration-checklist";
import { findConfig } from "../open/config-place";
import { fileMode, writeWhole } from "../private-file";
import { initTexts } from "../texts/init-texts";
import { inputTexts } from "../texts/input-texts";

/** `cosell init`: the first step. Asks only for what is not known yet, so that it can be run again at any time. */
export const initCommand: CommandFile = {
  path: "init",
  summary: initTexts.summary,
  options: [
    { flags: "--dataverse-url <address>", what: initTexts.dataverseUrl },
    { flags: "--tenant-id <id>", what: initTexts.tenantId },
    { flags: "--client-id <id>", what: initTexts.clientId },
    { flags: "--public-url <address>", what: initTexts.publicUrl },
    { flags: "--client-secret-stdin", what: initTexts.secretStdin },
    { flags: "--client-secret-file <file>", what: initTexts.secretFile },
    { flags: "--client-secret-ends <yyyy-mm-dd>", what: initTexts.secretEnds },
    { flags: "--client-certificate-file <file>", what: initTexts.certificateFile },
    { flags: "--secrets-dir <folder>", what: initTexts.secretsDir },
  ],
  examples: [
    { line: "cosell init", what: initTexts.exampleAsk },
    {
      line:
        "cosell init --yes --dataverse-url https://contoso.crm4.dynamics.com --tenant-id contoso.com " +
        "--client-id 11111111-2222-3333-4444-555555555555 --public-url https://relay.contoso.com " +
        "--client-secret-stdin --client-secret-ends 2028-05-31 < secret",
      what: initTexts.exampleScript,
    },
  ],
  run: init,
};

interface Plan {
  readonly configText: string | null;
  readonly configPath: string;
  readonly secrets: SecretPlan;
}

async function init(context: CommandContext, given: Given): Promise<Outcome> {
  const config = findConfig(context);
  const asking: Asking = { context, given, config };
  const plain = await plainAnswers(asking);
  const secrets = await planSecrets(asking);
  const text = editConfigText(config.text, new Map([...plain, ...secrets.entries]));
  const plan: Plan = { configText: text === config.text ? null : text, configPath: config.path, secrets };
  await carryOut(context, plan);
  const clientId = plain.get("COSELL_CLIENT_ID") ?? config.variables.get("COSELL_CLIENT_ID")?.text;
  const checklist = registrationChecklist(
    context,
    clientId ?? context.world.environment["COSELL_CLIENT_ID"] ?? "COSELL_CLIENT_ID",
  );
  printChecklist(context, checklist);
  const written = [...secrets.files.keys(), ...(plan.configText === null ? [] : [plan.configPath])];
  return { exit: exitCode.ok, json: { config: plan.configPath, written, checklist } };
}

async function carryOut(context: CommandContext, plan: Plan): Promise<void> {
  const { out, text } = context;
  out.line(text(initTexts.planTitle, { path: plan.configPath }));
  if (plan.configText === null && plan.secrets.files.size === 0) {
    out.line(`  ${text(initTexts.unchanged)}`);
    return;
  }
  for (const line of (plan.configText ?? "").trimEnd().split("\n")) out.line(`  ${line}`.trimEnd());
  for (const path of plan.secrets.files.keys()) out.line(`  ${text(initTexts.planSecret, { path })}`);
  for (const path of plan.secrets.kept) out.line(`  ${text(initTexts.planKept, { path })}`);
  const agreed = await context.ask.confirm({ message: text(initTexts.askWrite), flag: "--yes" });
  if (!agreed) throw new CommandProblem(initTexts.refused);
  // Secrets first: a configuration that names files which are not there would stop the relay.
  for (const [path, secret] of plan.secrets.files) await write(context, path, { text: secret, mode: fileMode.secret });
  if (plan.configText !== null) {
    await write(context, plan.configPath, { text: plan.configText, mode: fileMode.plain });
  }
}

async function write(
  context: CommandContext,
  path: string,
  file: { readonly text: string; readonly mode: (typeof fileMode)[keyof typeof fileMode] },
): Promise<void> {
  context.checkpoint();
  try {
    await writeWhole(path, file.text, file.mode);
  } catch (thrown) {
    const reason = (thrown as NodeJS.ErrnoException).code ?? String(thrown);
    throw new CommandProblem(inputTexts.unwritable, { values: { path, reason }, cause: thrown });
  }
  context.out.line(context.text(initTexts.written, { path }));
}

function printChecklist({ out, text }: CommandContext, checklist: readonly string[]): void {
  out.line();
  out.line(text(initTexts.checklistTitle));
  checklist.forEach((item, n) => out.line(`  [ ] ${n + 1}. ${item}`));
  out.line();
  out.line(text(initTexts.nextTitle));
  for (const next of [initTexts.nextDataverse, initTexts.nextPartnerCenter, initTexts.nextWebhook]) {
    out.line(`  ${text(next)}`);
  }
}
