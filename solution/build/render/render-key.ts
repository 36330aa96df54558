import type { AlternateKey } from "../check/solution-schema";
import { INTRODUCED_VERSION } from "./introduced-version";
import { displayNames } from "./labels";
import { element, properties, type XmlElement } from "./xml";

/** Alternate keys: columns whose values stand in a table once. */
export function renderKeys(keys: readonly AlternateKey[]): XmlElement {
  return element("EntityKeys", {}, keys.map(renderKey));
}

function renderKey({ schemaName, logicalName, columns, labels }: AlternateKey): XmlElement {
  return element("EntityKey", {}, [
    ...properties({
      Name: schemaName,
      LogicalName: logicalName,
      IntroducedVersion: INTRODUCED_VERSION,
      IsCustomizable: 1,
    }),
    element(
      "EntityKeyAttributes",
      {},
      columns.map((column) => element("AttributeName", {}, column)),
    ),
    displayNames(labels),
  ]);
}
