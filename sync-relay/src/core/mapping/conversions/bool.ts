import type { Json } from "../../json";
import { type Canonical, EMPTY, isBlank, NOT_CONVERTIBLE, symmetric, value } from "./conversion-rules";

/** Yes or no. Canonical: true or false; a place that was never filled in counts as no. */
export const bool = symmetric(false, read);

function read(raw: Json): Canonical {
  if (isBlank(raw)) return EMPTY;
  if (typeof raw === "boolean") return value(raw);
  const spelled = typeof raw === "object" ? "" : String(raw).trim().toLowerCase();
  if (spelled === "true" || spelled === "1") return value(true);
  return spelled === "false" || spelled === "0" ? value(false) : NOT_CONVERTIBLE;
}
