import { webhookSteps } from "../../../solution/schema/webhook-steps";

/** Whether every step of the relay is registered and enabled. */
export function everyStepCalls(steps: readonly { readonly enabled: boolean }[]): boolean {
  return steps.length >= webhookSteps.length && steps.every(({ enabled }) => enabled);
}
