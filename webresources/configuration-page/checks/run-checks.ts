import { securityIds } from "../../../solution/schema/component-ids";
import type { Findings, VariableValues } from "../findings";
import type { Seen, WebApi } from "../web-api";
import { askRelay, relayAddressOf } from "./ask-relay";
import { readLockedColumns, readProfile, readRole } from "./read-security";
import { readProducts, readSolutions, readVariables } from "./read-setup";
import { readCounts, readLastSynced } from "./read-sync";
import { readWebhook } from "./read-webhook";

/** Told of everything found so far, each time something is found. */
export type OnFound = (findings: Findings) => void;

/** Looks at everything at once; one answer that is late or refused keeps no other back. */
export async function runChecks(api: WebApi, onFound: OnFound): Promise<Findings> {
  let findings: Findings = {};
  const found = async <K extends keyof Findings>(key: K, answer: Promise<NonNullable<Findings[K]>>): Promise<void> => {
    const value = await answer;
    findings = { ...findings, [key]: value };
    onFound(findings);
  };
  const variables = readVariables(api);
  const address = variables.then(relayValue);
  await Promise.all([
    found("variables", variables),
    found(
      "relay",
      address.then((value) => askRelay(value)),
    ),
    found(
      "webhook",
      address.then((value) => readWebhook(api, relayAddressOf(value))),
    ),
    found("solutions", readSolutions(api)),
    found("relayRole", readRole(api, securityIds.relayRole)),
    found("sellerRole", readRole(api, securityIds.sellerRole)),
    found("lockedColumns", readLockedColumns(api)),
    found("relayProfile", readProfile(api, securityIds.relayProfile)),
    found("readerProfile", readProfile(api, securityIds.sellerProfile)),
    found("counts", readCounts(api)),
    found("lastSynced", readLastSynced(api)),
    found("products", readProducts(api)),
  ]);
  return findings;
}

function relayValue(seen: Seen<VariableValues>): string | null {
  const variable = seen.kind === "seen" ? seen.value.relayAddress : undefined;
  return variable === undefined ? null : variable.value;
}
