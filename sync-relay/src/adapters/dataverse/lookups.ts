/**
 * How the lookups of an opportunity are spelled in the Web API. A mapping says `ownerid.internalemailaddress`; the API
 * wants the navigation property in `$expand`, the raw id in `$select`, and the collection in a bind.
 */
export interface Lookup {
  /** Navigation property to expand. */
  readonly navigation: string;
  /** Column that holds the raw id. */
  readonly idColumn: string;
}

/** Tables that a customer is made of. */
export type CustomerTable = "account" | "contact";

/** A lookup by which the relay ties a new opportunity to its customer. */
export interface CustomerLookup {
  readonly table: CustomerTable;
  /** Property of the bind, without `@odata.bind`. */
  readonly bind: string;
}

/** Lookups that point to more than one table, by the table the relay reads. */
const POLYMORPHIC: Readonly<Record<string, Lookup>> = {
  ownerid: { navigation: "owninguser", idColumn: "_owninguser_value" },
  customerid: { navigation: "customerid_account", idColumn: "_customerid_value" },
};

/** Lookups that `create` fills, in order of preference within a table. */
export const customerLookups: Readonly<Record<string, CustomerLookup>> = {
  parentaccountid: { table: "account", bind: "parentaccountid" },
  customerid: { table: "account", bind: "customerid_account" },
  parentcontactid: { table: "contact", bind: "parentcontactid" },
};

export const CURRENCY_LOOKUP = "transactioncurrencyid";

/** The one lookup path that `update` writes: the ISO code of the opportunity's currency. */
export const CURRENCY_CODE_PATH = `${CURRENCY_LOOKUP}.isocurrencycode`;

/** The lookup of this name on the opportunity. A custom lookup's navigation property is its schema name. */
export function lookupNamed(name: string): Lookup {
  const known = Object.hasOwn(POLYMORPHIC, name) ? POLYMORPHIC[name] : undefined;
  return known ?? { navigation: name, idColumn: `_${name.toLowerCase()}_value` };
}
