import { environmentVariables } from "../../../solution/schema/environment-variables";
import { solutionUniqueName } from "../../../solution/schema/publisher";
import { relayRoleName } from "../../../solution/schema/webhook-steps";
import type { Environment } from "./environment";
import { environmentIds } from "./environment";
import { installedVersion } from "./installed-version";
import type { RowValues } from "./rows/row";
import { newRowId } from "./rows/row-store";
import { seedPrivileges } from "./seed-privileges";
import { isoSeconds } from "./rows/column-values";

/** Ids of the messages, which are the same in every environment. */
export const sdkMessageIds = {
  Create: "9ebdbb1b-ea3e-db11-86a7-000a3a5473e8",
  Update: "20bebb1b-ea3e-db11-86a7-000a3a5473e8",
  Delete: "a1bdbb1b-ea3e-db11-86a7-000a3a5473e8",
} as const;

/** The role that may do everything. */
export const ADMINISTRATOR_ROLE = "System Administrator";

const CURRENCIES = [
  ["USD", "US Dollar", "$", 1],
  ["EUR", "Euro", "€", 0.92],
  ["GBP", "Pound Sterling", "£", 0.79],
  ["CHF", "Swiss Franc", "CHF ", 0.88],
  ["JPY", "Yen", "¥", 150],
] as const;

/** How the environment is found. */
export interface Seed {
  /** Id of the app registration that the application user belongs to; null: nobody has made that user yet. */
  readonly applicationId: string | null;
}

/** Puts in what every environment has: messages, currencies, users, roles and the installed solution. */
export function seedEnvironment(environment: Environment, seed: Seed): void {
  const put = (table: string, id: string, values: RowValues): void => {
    const { columns, idColumn } = environment.catalogue.byName(table);
    const defaults = Object.fromEntries([...columns.values()].map((column) => [column.name, column.defaultValue]));
    const time = isoSeconds(environment.now());
    environment.store.put(table, id, { ...defaults, createdon: time, modifiedon: time, ...values, [idColumn]: id });
  };
  for (const [name, id] of Object.entries(sdkMessageIds)) {
    put("sdkmessage", id, { name });
    for (const primaryobjecttypecode of ["opportunity", "account", "contact"]) {
      put("sdkmessagefilter", newRowId(), { primaryobjecttypecode, sdkmessageid: { table: "sdkmessage", id } });
    }
  }
  for (const [isocurrencycode, currencyname, currencysymbol, exchangerate] of CURRENCIES) {
    put("transactioncurrency", newRowId(), { isocurrencycode, currencyname, currencysymbol, exchangerate });
  }
  seedPeople(put, seed);
  seedPrivileges(environment, put);
  for (const { schemaName, labels, defaultValue } of Object.values(environmentVariables)) {
    const values = { schemaname: schemaName, displayname: labels.en, defaultvalue: defaultValue, type: 100_000_000 };
    put("environmentvariabledefinition", newRowId(), values);
  }
  put("solution", environmentIds.solution, {
    uniquename: solutionUniqueName,
    friendlyname: "Co-sell",
    version: installedVersion(),
  });
}

/** One business unit, the roles in it, and who has them. */
function seedPeople(put: (table: string, id: string, values: RowValues) => void, { applicationId }: Seed): void {
  const businessunitid = { table: "businessunit", id: environmentIds.businessUnit };
  const give = (systemuserid: string, roleid: string): void =>
    put("systemuserroles", newRowId(), { systemuserid, roleid });
  put("businessunit", environmentIds.businessUnit, { name: "contoso" });
  put("role", environmentIds.relayRole, { name: relayRoleName, businessunitid });
  put("role", environmentIds.administratorRole, { name: ADMINISTRATOR_ROLE, businessunitid });
  put("role", environmentIds.salespersonRole, { name: "Salesperson", businessunitid });
  put("systemuser", environmentIds.administratorUser, {
    fullname: "CRM Administrator",
    domainname: "admin@contoso.example",
    internalemailaddress: "admin@contoso.example",
    businessunitid,
  });
  give(environmentIds.administratorUser, environmentIds.administratorRole);
  put("systemuser", environmentIds.humanUser, {
    businessunitid,
    fullname: "Sample Seller",
    firstname: "Sample",
    lastname: "Seller",
    address1_telephone1: "+1 425 555 0199",
    domainname: "seller@contoso.example",
    internalemailaddress: "seller@contoso.example",
  });
  give(environmentIds.humanUser, environmentIds.salespersonRole);
  if (applicationId === null) return;
  put("systemuser", environmentIds.applicationUser, {
    fullname: "# Co-sell relay",
    applicationid: applicationId,
    businessunitid,
  });
  give(environmentIds.applicationUser, environmentIds.relayRole);
}
