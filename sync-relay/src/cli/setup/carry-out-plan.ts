import type { AdminApi } from "../../adapters/dataverse/registration/admin-api";
import type { PlannedChange } from "../../adapters/dataverse/registration/planned-change";
import { carryOut } from "../../adapters/dataverse/registration/registration";
import { CommandProblem } from "../command-problem";
import type { CommandContext } from "../context";
import { setupTexts } from "../texts/setup-texts";
import { areaOf, callsOf, showPlan } from "./show-plan";

export interface PlanRun {
  readonly api: AdminApi;
  readonly url: string;
  readonly changes: readonly PlannedChange[];
}

/**
 * Shows a plan, asks, and carries it out. Every call stands for itself, so that a run which is interrupted between two
 * of them is continued by the next one. Returns false when there was nothing to do.
 */
export async function showAndCarryOut(context: CommandContext, { api, url, changes }: PlanRun): Promise<boolean> {
  const { out, text } = context;
  out.line(text(setupTexts.planTitle, { url }));
  showPlan(context, changes);
  if (callsOf(changes).length === 0) {
    out.line(text(setupTexts.nothing));
    return false;
  }
  const agreed = await context.ask.confirm({ message: text(setupTexts.agree, { url }), flag: "--yes" });
  if (!agreed) throw new CommandProblem(setupTexts.refused);
  await context.progress.during(text(setupTexts.planTitle, { url }), (say) =>
    carryOut(api, changes, (change) => {
      context.checkpoint();
      say(text(setupTexts.doing, areaOf(context, change)));
    }),
  );
  out.line(text(setupTexts.done));
  return true;
}
