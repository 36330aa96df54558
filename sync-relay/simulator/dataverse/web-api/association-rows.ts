import type { Association } from "../catalogue/table";
import type { Environment } from "../environment";
import type { Row } from "../rows/row";

/** The rows at the other end of a many-to-many relationship. */
export function associatedRows({ store }: Environment, association: Association, ownId: string): readonly Row[] {
  return store
    .list(association.link)
    .filter((link) => link.values[association.ownColumn] === ownId)
    .flatMap((link) => {
      const otherId = link.values[association.otherColumn];
      const other = typeof otherId === "string" ? store.get(association.other, otherId) : undefined;
      return other === undefined ? [] : [other];
    });
}
