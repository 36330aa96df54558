/** What a privilege lets somebody do with the rows of a table. */
export const privilegeActions = ["Append", "AppendTo", "Create", "Delete", "Read", "Write"] as const;

export type PrivilegeAction = (typeof privilegeActions)[number];

/** Tables as privileges spell them, which is mostly the schema name; several tables can share a privilege. */
const SPELLINGS: Readonly<Record<string, string>> = {
  account: "Account",
  asyncoperation: "AsyncOperation",
  businessunit: "BusinessUnit",
  contact: "Contact",
  entity: "Entity",
  environmentvariabledefinition: "EnvironmentVariableDefinition",
  environmentvariablevalue: "EnvironmentVariableValue",
  fieldpermission: "FieldPermission",
  fieldsecurityprofile: "FieldSecurityProfile",
  opportunity: "Opportunity",
  opportunityclose: "Activity",
  privilege: "Privilege",
  role: "Role",
  roleprivileges: "Role",
  sdkmessage: "SdkMessage",
  sdkmessagefilter: "SdkMessage",
  sdkmessageprocessingstep: "SdkMessageProcessingStep",
  sdkmessageprocessingstepimage: "SdkMessageProcessingStepImage",
  serviceendpoint: "ServiceEndpoint",
  solution: "Solution",
  systemuserprofiles: "FieldSecurityProfile",
  team: "Team",
  teammembership: "Team",
  teamprofiles: "FieldSecurityProfile",
  systemuser: "User",
  systemuserroles: "Role",
  transactioncurrency: "TransactionCurrency",
  workflow: "Workflow",
};

/** Name of a privilege, e.g. `prvReadOpportunity`. */
export function privilegeName(action: PrivilegeAction, tableName: string): string {
  return `prv${action}${SPELLINGS[tableName] ?? tableName}`;
}
