// The field maps of the simulation. Reading thirty fields of every record for every decision would be most of the work,
// so most histories run with the fields that the checks follow and those that a deal cannot be without; some run with all.

import { loadMapping } from "../src/adapters/mapping-file/load-mapping";
import { fieldKeys } from "../src/core/deal-kind";
import type { ConflictRule, FieldMap } from "../src/core/mapping/field-map";
import { must } from "../src/core/must";
import type { FaultProfile } from "./fault-profile";

/** Fields whose values the checks follow. */
export const followedFields: readonly string[] = [
  fieldKeys.dealValue,
  fieldKeys.notes,
  fieldKeys.closeDate,
  fieldKeys.name,
  fieldKeys.status,
];

const indispensable: readonly string[] = [
  ...followedFields,
  fieldKeys.currency,
  fieldKeys.customerName,
  fieldKeys.country,
  fieldKeys.customerTeam,
  fieldKeys.solutions,
  fieldKeys.help,
  fieldKeys.visible,
];

/** The partner's people on a referral: the owner of the opportunity, and whom colleagues add. */
export const TEAM_FIELD = "team";

/** Maps are compiled once: what the core derives from one is kept by its identity. */
export interface Maps {
  readonly of: (choice: Pick<FaultProfile, "everyField" | "rule" | "ownersChange">) => FieldMap;
  /** Only the fields that the checks follow. */
  readonly followed: FieldMap;
}

export function createMaps(): Maps {
  const read = loadMapping({});
  const shipped = must(read.kind === "ok" ? read.map : null, "the shipped mapping is good");
  const lean = only(shipped, indispensable);
  const withTeam = only(shipped, [...indispensable, TEAM_FIELD]);
  const known = new Map<string, FieldMap>();
  return {
    followed: only(shipped, followedFields),
    of({ everyField, rule, ownersChange }) {
      const name = `${everyField} ${rule} ${ownersChange}`;
      const few = ownersChange ? withTeam : lean;
      const map = known.get(name) ?? withRule(everyField ? shipped : few, rule);
      known.set(name, map);
      return map;
    },
  };
}

function only(map: FieldMap, keys: readonly string[]): FieldMap {
  return { ...map, fields: map.fields.filter(({ key }) => keys.includes(key)) };
}

/** The conflict rule of a history counts for all fields that flow both ways, but for the status, which knows no other. */
function withRule(map: FieldMap, rule: ConflictRule): FieldMap {
  const fields = map.fields.map((field) => {
    const isTwoWay = field.sentOnUpdate && field.takenOnUpdate && field.key !== fieldKeys.status;
    return isTwoWay ? { ...field, conflict: rule } : field;
  });
  return { ...map, fields };
}
