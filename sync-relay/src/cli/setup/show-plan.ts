import type { AdminCall } from "../../adapters/dataverse/registration/admin-api";
import type { PlannedChange, SetupPart } from "../../adapters/dataverse/registration/planned-change";
import type { CommandContext } from "../context";
import type { Mark } from "../output";
import { setupTexts } from "../texts/setup-texts";
import type { Text } from "../texts/text";

const AREAS: { readonly [K in SetupPart["kind"]]: Text } = {
  "application-user": setupTexts.applicationUser,
  role: setupTexts.role,
  endpoint: setupTexts.endpoint,
  step: setupTexts.step,
  image: setupTexts.image,
};

const MARKS: { readonly [A in PlannedChange["action"]]: Mark } = {
  create: "note",
  update: "note",
  delete: "note",
  keep: "ok",
};

export function areaOf({ text }: CommandContext, { part }: PlannedChange): { area: string; name: string } {
  return { area: text(AREAS[part.kind]), name: "name" in part ? part.name : "" };
}

/** One line per part: what it is, and what will be done to it. */
export function showPlan(context: CommandContext, changes: readonly PlannedChange[]): void {
  for (const change of changes) {
    const { area, name } = areaOf(context, change);
    const text = [name, context.text(setupTexts[change.action])].filter((word) => word !== "").join(": ");
    context.out.check(MARKS[change.action], { area, text, below: change.differences });
  }
}

/** The calls as they would be sent, but for the secret, which is named by its fingerprint alone. */
export function showCalls({ out }: CommandContext, calls: readonly AdminCall[]): void {
  for (const call of calls) {
    out.line();
    out.line(`${call.method} ${call.path}`);
    for (const [name, value] of Object.entries(call.headers ?? {})) out.line(`${name}: ${value}`);
    if (call.body !== undefined) out.line(JSON.stringify(withoutSecret(call).body, null, 2));
  }
}

/** A call without the secret that it carries. */
export function withoutSecret(call: AdminCall): AdminCall {
  if (call.body?.["authvalue"] === undefined) return call;
  return { ...call, body: { ...call.body, authvalue: "<settings>… (not shown) …</settings>" } };
}

export function callsOf(changes: readonly PlannedChange[]): readonly AdminCall[] {
  return changes.flatMap(({ call }) => (call === null ? [] : [call]));
}
