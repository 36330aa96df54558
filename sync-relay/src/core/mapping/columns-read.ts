import { pathsOf } from "./entry-source";
import type { FieldMap } from "./field-map";

/**
 * Columns of the opportunity whose change the mapping has to hear of: what it sends to Partner Center is read from
 * them. Of `parentaccountid.name` that is the lookup; a change of the account itself is found by the sweep.
 */
export function columnsRead({ toPartnerCenter, when }: FieldMap): readonly string[] {
  const paths = [...toPartnerCenter.create, ...toPartnerCenter.update].flatMap(({ source }) => pathsOf(source));
  const columns = [...paths, ...(when?.reads ?? [])].map((path) => path.split(".")[0] ?? path);
  return [...new Set(columns)].sort();
}
