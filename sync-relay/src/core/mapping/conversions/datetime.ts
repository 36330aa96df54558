import type { Json } from "../../json";
import { type Canonical, EMPTY, isBlank, NOT_CONVERTIBLE, symmetric, value } from "./conversion-rules";
import { parseUtc } from "./utc-time";

/** A point in time. Canonical: `YYYY-MM-DDTHH:mm:ssZ` in UTC, since Dataverse keeps whole seconds. */
export const datetime = symmetric(null, read);

function read(raw: Json): Canonical {
  if (isBlank(raw)) return EMPTY;
  const ms = typeof raw === "string" ? parseUtc(raw) : null;
  return ms === null ? NOT_CONVERTIBLE : value(`${new Date(ms).toISOString().slice(0, 19)}Z`);
}
