/** A mistake in the schema: where it is, what is there, and the rule of Dataverse or of the product that it breaks. */
export interface SchemaProblem {
  /** File below `solution/schema/`. */
  readonly file: string;
  /** Constant and key, e.g. `opportunityColumns.help.labels.fr`. */
  readonly place: string;
  readonly found: string;
  readonly rule: string;
}
