import type { View, ViewColumn, ViewCondition, ViewKind } from "../../schema/views";
import type { ScriptFunction } from "../forms/form-script";
import { guid } from "../forms/form-parts";
import { INTRODUCED_VERSION } from "./introduced-version";
import { descriptions, localizedNames } from "./labels";
import type { ViewPart } from "../table";
import { element, properties, type XmlElement } from "./xml";

/** A table as its views see it. */
export interface ViewedTable {
  readonly logicalName: string;
  readonly primaryKey: string;
  readonly primaryName: string;
  /** Gives the icon of a column that is shown as one. */
  readonly icon: ScriptFunction | null;
}

/** Dataverse's numbers for what a view is used for. */
const queryTypes: { readonly [K in ViewKind]: number } = {
  public: 0,
  "advanced-find": 1,
  associated: 2,
  "quick-find": 4,
  lookup: 64,
};

export function renderView(view: View, table: ViewedTable): ViewPart {
  const quickFind = view.kind === "quick-find";
  const definition = element("savedquery", {}, [
    ...properties({
      IsCustomizable: 1,
      // A table needs one view of each of the other kinds.
      CanBeDeleted: view.kind === "public" && !view.isDefault ? 1 : 0,
      isquickfindquery: quickFind ? 1 : 0,
      isprivate: 0,
      isdefault: view.isDefault ? 1 : 0,
      savedqueryid: guid(view.id),
    }),
    element("layoutxml", {}, [layout(view, table)]),
    ...properties({ querytype: queryTypes[view.kind] }),
    element("fetchxml", {}, [fetch(view, table)]),
    ...properties({ IntroducedVersion: INTRODUCED_VERSION }),
    localizedNames(view.labels),
    ...descriptions(view.description),
  ]);
  return { id: view.id, definition };
}

function layout(view: View, table: ViewedTable): XmlElement {
  const cells = view.columns.map((column) => element("cell", cellAttributes(column, table.icon)));
  const grid = { name: "resultset", jump: table.primaryName, select: 1, icon: 1, preview: 1 };
  return element("grid", grid, [element("row", { name: "result", id: table.primaryKey }, cells)]);
}

function cellAttributes({ column, width, icon }: ViewColumn, script: ScriptFunction | null) {
  const plain = { name: column, width };
  return icon === undefined || script === null
    ? plain
    : {
        ...plain,
        imageproviderfunctionname: script.functionName,
        imageproviderwebresource: `$webresource:${script.script}`,
      };
}

function fetch(view: View, table: ViewedTable): XmlElement {
  const columns = [table.primaryKey, ...view.columns.map(({ column }) => column)];
  const finds = (view.finds ?? []).map((column) =>
    element("condition", { attribute: column, operator: "like", value: "{0}" }),
  );
  const entity = element("entity", { name: table.logicalName }, [
    ...columns.map((name) => element("attribute", { name })),
    element("order", { attribute: view.order.column, descending: view.order.descending }),
    element("filter", { type: "and" }, view.conditions.map(condition)),
    ...(finds.length === 0 ? [] : [element("filter", { type: "or", isquickfindfields: 1 }, finds)]),
  ]);
  return element("fetch", { version: "1.0", "output-format": "xml-platform", mapping: "logical" }, [entity]);
}

function condition({ column, operator, value }: ViewCondition): XmlElement {
  return element("condition", { attribute: column, operator, value });
}
