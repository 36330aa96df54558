import { existsSync } from "node:fs";
import { join } from "node:path";

/** The source folder of the mapping, seen from this module's source and from its compiled form. */
const candidates = [
  join(__dirname, "../../../mapping/mapping.yaml"),
  join(__dirname, "../../../../../sync-relay/mapping/mapping.yaml"),
];

/** Path of the mapping that comes with the relay. */
export function shippedMappingFile(): string {
  return candidates.find((file) => existsSync(file)) ?? candidates.join(" or ");
}
