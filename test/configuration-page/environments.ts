// Environments that the configuration page is shown: from freshly imported to complete, and what can be wrong with one.

import { securedColumns } from "../../solution/schema/column-security";
import { securityIds } from "../../solution/schema/component-ids";
import { environmentVariables } from "../../solution/schema/environment-variables";
import { syncStatuses, type SyncStatus } from "../../solution/schema/sync-status";
import { webhookSteps } from "../../solution/schema/webhook-steps";
import type { FakeEnvironment, FakeRefusal, FakeRow } from "./fake-web-api";

export const REFERRAL_ID = "0f5f2e8e-7a1c-4d51-9a35-2b9a2f6b1c11";
export const ENDPOINT_ID = "7c1f2a10-52a3-4a6e-9d0b-3f4f8f0c1d2e";
const RELAY_USER = { systemuserid: "u1", fullname: "CoSell Sync relay", applicationid: "a1" };
const VALUES = "environmentvariabledefinition_environmentvariablevalue";

/** A solution as the list of solutions has it. */
export function aSolution(uniquename: string, columns: FakeRow = {}): FakeRow {
  return { uniquename, version: "0.1.0.0", ismanaged: true, installedon: "2027-01-04T09:30:00Z", ...columns };
}

/** The variables of the solution with the values that were set. */
export function variables(values: { readonly [schemaName: string]: string }): readonly FakeRow[] {
  return Object.values(environmentVariables).map(({ schemaName, defaultValue }) => {
    const value = values[schemaName];
    return { schemaname: schemaName, defaultvalue: defaultValue, [VALUES]: value === undefined ? [] : [{ value }] };
  });
}

/** The registered steps of the webhook, as a set-up makes them. */
export function webhook(url: string, columns: FakeRow = {}, endpoint: FakeRow = {}): readonly FakeRow[] {
  return webhookSteps.map(({ message, filteringColumns }) => ({
    name: `Co-sell relay: ${message} of opportunity`,
    statecode: 0,
    filteringattributes: filteringColumns.length === 0 ? null : `name,${filteringColumns.join(",")}`,
    _eventhandler_value: ENDPOINT_ID,
    sdkmessageid: { name: message },
    sdkmessagefilterid: { primaryobjecttypecode: "opportunity" },
    eventhandler_serviceendpoint: { name: "Co-sell relay", url, contract: 8, isauthvalueset: true, ...endpoint },
    ...columns,
  }));
}

/** A role with whom it is assigned to, in one business unit. */
export function aRole(rootId: string, users: readonly FakeRow[], teams: readonly FakeRow[] = []): FakeRow {
  return {
    roleid: rootId,
    _parentrootroleid_value: rootId,
    systemuserroles_association: users,
    teamroles_association: teams,
  };
}

export function aProfile(id: string, users: readonly FakeRow[], teams: readonly FakeRow[] = []): FakeRow {
  return { fieldsecurityprofileid: id, systemuserprofiles_association: users, teamprofiles_association: teams };
}

/** Metadata of the columns that column security can lock. */
export function attributes(locked: boolean): readonly FakeRow[] {
  return securedColumns.map((name) => ({ LogicalName: name, IsSecured: locked }));
}

/** So many opportunities of each status, the synced ones with a referral. */
export function opportunities(counts: { readonly [S in SyncStatus]?: number }, columns: FakeRow = {}): FakeRow[] {
  return syncStatuses.flatMap(({ name, value }) =>
    Array.from({ length: counts[name] ?? 0 }, (_one, n) => ({
      opportunityid: `5a0a2c5e-1f0a-4b1c-8e7d-0000000000${String(n).padStart(2, "0")}`,
      name: `Fleet renewal ${n + 1}`,
      cosell_syncwithpartnercenter: true,
      cosell_syncstatus: value,
      cosell_lastsyncedon: `2027-01-0${1 + (n % 9)}T10:00:00Z`,
      cosell_referralidentifier: REFERRAL_ID,
      cosell_referrallink: `https://partner.microsoft.com/referrals/v2/inbox?id=${REFERRAL_ID}`,
      ...columns,
    })),
  );
}

export type Change = (environment: FakeEnvironment) => FakeEnvironment;

/** An environment with other rows in some tables. */
export function withRows(rows: FakeEnvironment["rows"]): Change {
  return (environment) => ({ ...environment, rows: { ...environment.rows, ...rows } });
}

export function refusing(refusals: { readonly [table: string]: FakeRefusal }): Change {
  return (environment) => ({ ...environment, refusals: { ...environment.refusals, ...refusals } });
}

export function changed(environment: FakeEnvironment, ...changes: readonly Change[]): FakeEnvironment {
  return changes.reduce((before, change) => change(before), environment);
}

/** Just imported: nothing is set, registered or assigned. */
export function fresh(): FakeEnvironment {
  return {
    rows: {
      solutions: [aSolution("CoSellSync")],
      environmentvariabledefinitions: variables({}),
      roles: [aRole(securityIds.relayRole, []), aRole(securityIds.sellerRole, [])],
      "EntityDefinitions(LogicalName='opportunity')/Attributes": attributes(false),
    },
    refusals: {},
    userLanguage: 1033,
  };
}

/** Everything is set up and in use. */
export function complete(relayAddress: string): FakeEnvironment {
  return changed(
    fresh(),
    withRows({
      environmentvariabledefinitions: variables({
        cosell_RelayAddress: relayAddress,
        cosell_SupportAddress: "cosell-help@contoso.example",
      }),
      sdkmessageprocessingsteps: webhook(`${relayAddress}/webhooks/dataverse`),
      roles: [
        aRole(securityIds.relayRole, [RELAY_USER]),
        aRole(securityIds.sellerRole, [], [{ teamid: "t1", name: "Sales Europe" }]),
      ],
      opportunities: opportunities({ synced: 7, waiting: 2, closed: 4 }),
      cosell_cosellsolutions: [1, 2, 3].map((n) => ({ cosell_cosellsolutionid: String(n), statecode: 0 })),
    }),
  );
}

/** Column security is on, with members in its profiles. */
export function secured(): Change {
  return withRows({
    "EntityDefinitions(LogicalName='opportunity')/Attributes": attributes(true),
    fieldsecurityprofiles: [
      aProfile(securityIds.relayProfile, [RELAY_USER]),
      aProfile(securityIds.sellerProfile, [], [{ teamid: "t1", name: "Sales Europe" }]),
    ],
    solutions: [aSolution("CoSellSync"), aSolution("CoSellSyncColumnSecurity")],
  });
}

/** Every table that the page reads about the set-up. */
export const readTables = [
  "solutions",
  "environmentvariabledefinitions",
  "sdkmessageprocessingsteps",
  "roles",
  "fieldsecurityprofiles",
  "opportunities",
  "cosell_cosellsolutions",
  "EntityDefinitions(LogicalName='opportunity')/Attributes",
] as const;

/** The same refusal of every table. */
export function refusingAll(refusal: FakeRefusal): Change {
  return refusing(Object.fromEntries(readTables.map((name) => [name, refusal])));
}
