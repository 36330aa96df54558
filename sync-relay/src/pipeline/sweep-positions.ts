/** Name of the fact that holds when the last complete sweep ended, milliseconds since the epoch. */
export const SWEEP_ENDED_AT = "sweep-ended-at";

/** Names of the facts that hold the sweep's positions. */
export const CRM_POSITION = "sweep-crm-position";
export const PARTNER_CENTER_POSITION = "sweep-partner-center-since";
