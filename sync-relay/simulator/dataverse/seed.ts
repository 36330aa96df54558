import { solutionUniqueName } from "../../../solution/schema/publisher";
import type { Environment } from "./environment";
import { environmentIds } from "./environment";
import type { RowValues } from "./rows/row";
import { newRowId } from "./rows/row-store";
import { isoSeconds } from "./rows/column-values";

/** Ids of the messages, which are the same in every environment. */
export const sdkMessageIds = {
  Create: "9ebdbb1b-ea3e-db11-86a7-000a3a5473e8",
  Update: "20bebb1b-ea3e-db11-86a7-000a3a5473e8",
  Delete: "a1bdbb1b-ea3e-db11-86a7-000a3a5473e8",
} as const;

const CURRENCIES = [
  ["USD", "US Dollar", "$", 1],
  ["EUR", "Euro", "€", 0.92],
  ["GBP", "Pound Sterling", "£", 0.79],
  ["CHF", "Swiss Franc", "CHF ", 0.88],
  ["JPY", "Yen", "¥", 150],
] as const;

/** Puts in what every environment has: messages, currencies, users, the relay's role and the installed solution. */
export function seedEnvironment(environment: Environment): void {
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
  put("systemuser", environmentIds.humanUser, {
    fullname: "Sample Seller",
    firstname: "Sample",
    lastname: "Seller",
    address1_telephone1: "+1 425 555 0199",
    domainname: "seller@contoso.example",
    internalemailaddress: "seller@contoso.example",
  });
  put("systemuser", environmentIds.applicationUser, {
    fullname: "# Co-sell relay",
    applicationid: environmentIds.applicationUser,
  });
  put("role", environmentIds.relayRole, { name: "Co-sell relay" });
  put("solution", environmentIds.solution, {
    uniquename: solutionUniqueName,
    friendlyname: "Co-sell",
    version: "1.0.0.0",
  });
}
