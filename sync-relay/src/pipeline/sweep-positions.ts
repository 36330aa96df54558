/** Names of the facts that hold the sweep's positions. */
export const CRM_POSITION = "sweep-crm-position";
export const PARTNER_CENTER_POSITION = "sweep-partner-center-since";
