import { securityIds } from "./component-ids";
import type { Labels } from "./labels";
import { solutionTable } from "./solution-table";
import { relayRoleName } from "./webhook-steps";

/** How far a privilege reaches: own rows, rows of the business unit, of the units below it too, or all rows. */
export type AccessDepth = "user" | "business-unit" | "deep" | "organisation";

/** A privilege by the name that Dataverse gives it, e.g. `prvReadOpportunity`. */
export interface RolePrivilege {
  readonly name: string;
  readonly depth: AccessDepth;
}

/** A security role of the solution. Dataverse keeps one name for all languages: the English label. */
export interface SecurityRole {
  readonly key: "relay" | "seller";
  readonly id: string;
  readonly labels: Labels;
  readonly description: Labels;
  /** Sorted by name. */
  readonly privileges: readonly RolePrivilege[];
}

/**
 * What the relay's application user may do: exactly what its calls need. It reads opportunities of every owner (change
 * tracking asks for the whole organisation), writes the opportunities themselves, and makes customers that a referral
 * names. It deletes, assigns and shares nothing, and changes no existing account or contact: rows that it makes belong
 * to itself, so making them is granted for own rows only.
 */
const relayPrivileges: readonly RolePrivilege[] = [
  // Winning and losing leave a closing activity that belongs to whoever closes.
  ...forTable("Activity", { user: ["Append", "Create", "Read", "Write"] }),
  // AppendTo on a table lets a lookup point at its rows; Append lets a row have such a lookup.
  ...forTable("Account", { organisation: ["AppendTo", "Read"], user: ["Create"] }),
  ...forTable("Contact", { organisation: ["AppendTo", "Read"], user: ["Append", "Create"] }),
  ...forTable("Opportunity", { organisation: ["Append", "AppendTo", "Read", "Write"], user: ["Create"] }),
  ...forTable("TransactionCurrency", { organisation: ["AppendTo", "Read"] }),
  // The owner of an opportunity is the deal's team member in Partner Center.
  ...forTable("User", { organisation: ["Read"] }),
];

/** What a seller needs beside the usual sales role: the products by name. The columns come with the opportunity. */
const sellerPrivileges: readonly RolePrivilege[] = forTable(solutionTable.schemaName, { organisation: ["Read"] });

/** The security roles of the solution. */
export const securityRoles: readonly SecurityRole[] = [
  {
    key: "relay",
    id: securityIds.relayRole,
    labels: { en: relayRoleName, fr: "Relais CoSell Sync" },
    description: {
      en: "For the application user of the CoSell Sync relay, and nobody else.",
      fr: "Pour l’utilisateur d’application du relais CoSell Sync, et personne d’autre.",
    },
    privileges: sorted(relayPrivileges),
  },
  {
    key: "seller",
    id: securityIds.sellerRole,
    labels: { en: "CoSell Sync seller", fr: "Vendeur CoSell Sync" },
    description: {
      en: "Beside the usual sales role: lets sellers pick co-sell products by name.",
      fr: "En plus du rôle de vente habituel : permet aux vendeurs de choisir les produits de co-vente par nom.",
    },
    privileges: sorted(sellerPrivileges),
  },
];

type Action = "Append" | "AppendTo" | "Create" | "Read" | "Write";

function forTable(
  schemaName: string,
  actions: { readonly [D in AccessDepth]?: readonly Action[] },
): readonly RolePrivilege[] {
  const depths: readonly AccessDepth[] = ["user", "business-unit", "deep", "organisation"];
  return depths.flatMap((depth) => {
    const { [depth]: granted = [] } = actions;
    return granted.map((action) => ({ name: `prv${action}${schemaName}`, depth }));
  });
}

function sorted(privileges: readonly RolePrivilege[]): readonly RolePrivilege[] {
  // By character code, so that every machine has the same order.
  return [...privileges].sort((a, b) => (a.name < b.name ? -1 : 1));
}
