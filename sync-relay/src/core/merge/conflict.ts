import type { Json } from "../json";

/** One of the two sides of a pair. */
export type Side = "crm" | "partnerCenter";

/** A field that both sides changed to different values since they last agreed. */
export interface FieldConflict {
  readonly field: string;
  /** Null when the field's rule is `ask`: neither side wins, both keep their value. */
  readonly winner: Side | null;
  readonly kept: Json;
  readonly lost: Json;
}
