import type { FieldMap } from "./field-map";

/**
 * A reading that is made once a map and record. Records never change, a run looks at the same one in every round, and
 * converting thirty fields is most of what a decision costs.
 */
export function remembered<Source extends object, Result>(
  read: (map: FieldMap, source: Source) => Result,
): (map: FieldMap, source: Source) => Result {
  const byMap = new WeakMap<FieldMap, WeakMap<Source, Result>>();
  return (map, source) => {
    const known = byMap.get(map) ?? new WeakMap<Source, Result>();
    byMap.set(map, known);
    const before = known.get(source);
    if (before !== undefined) return before;
    const result = read(map, source);
    known.set(source, result);
    return result;
  };
}
