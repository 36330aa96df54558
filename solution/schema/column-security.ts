import { securityIds } from "./component-ids";
import type { Labels } from "./labels";
import { opportunityColumns, referralKey, type OpportunityColumn } from "./opportunity-columns";

/**
 * Column security: forms lock the relay's columns in any case; with column security they are locked for imports, flows
 * and the Web API too. It is shipped as a solution of its own, because Dataverse refuses a permission for a column
 * that is not secured, and hides a secured column without a permission from everybody: columns and permissions have to
 * come in one import. Importing that solution switches column security on, deleting it switches it off.
 */
export const columnSecuritySolution = {
  uniqueName: "CoSellSyncColumnSecurity",
  labels: { en: "CoSell Sync column security", fr: "Sécurité des colonnes CoSell Sync" },
  description: {
    en: "Locks the columns that only the CoSell Sync relay writes for everybody else, whatever way they come in.",
    fr: "Verrouille les colonnes que seul le relais CoSell Sync écrit, pour tous les autres et quelle que soit la voie d’accès.",
  },
} as const;

/** A column security profile. Its members, users and teams, are not part of a solution: each customer adds them. */
export interface ColumnSecurityProfile {
  readonly key: "relay" | "seller";
  readonly id: string;
  readonly labels: Labels;
  readonly description: Labels;
  /** Logical names on opportunity. */
  readonly columns: readonly string[];
  readonly permissions: { readonly read: boolean; readonly create: boolean; readonly update: boolean };
}

const keyColumns: readonly string[] = referralKey.columns;

/** The relay's own columns, without those of the alternate key: Dataverse keeps no key over a secured column. */
const lockable: readonly OpportunityColumn[] = Object.values(opportunityColumns).filter(
  ({ writer, logicalName }) => writer === "relay" && !keyColumns.includes(logicalName),
);

/** Logical names of the columns that column security locks. */
export const securedColumns: readonly string[] = lockable.map(({ logicalName }) => logicalName);

/** The profiles: the relay writes, everybody who works with opportunities reads what is shown on the form. */
export const columnSecurityProfiles: readonly ColumnSecurityProfile[] = [
  {
    key: "relay",
    id: securityIds.relayProfile,
    labels: { en: "CoSell Sync relay", fr: "Relais CoSell Sync" },
    description: {
      en: "For the application user of the relay: reads and writes the columns of the co-sell section.",
      fr: "Pour l’utilisateur d’application du relais : lit et écrit les colonnes de la section co-vente.",
    },
    columns: securedColumns,
    permissions: { read: true, create: true, update: true },
  },
  {
    key: "seller",
    id: securityIds.sellerProfile,
    labels: { en: "CoSell Sync reader", fr: "Lecteur CoSell Sync" },
    description: {
      en: "For everybody who works with opportunities: reads the columns of the co-sell section and cannot write them.",
      fr: "Pour toutes les personnes qui travaillent sur des opportunités : lit les colonnes de la section co-vente sans pouvoir les écrire.",
    },
    columns: lockable.filter(({ shown }) => shown).map(({ logicalName }) => logicalName),
    permissions: { read: true, create: false, update: false },
  },
];
