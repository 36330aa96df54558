// The shape of public captures of asynchronous webhooks, as data of our own: which keys there are and what kind of value
// each has. `check` lists every difference.

type Shape =
  | "text"
  | "number"
  | "boolean"
  | "guid"
  | "any"
  | { readonly nullable: Shape }
  | { readonly listOf: Shape }
  | { readonly keys: Readonly<Record<string, Shape>> };

const pair: Shape = { keys: { key: "text", value: "any" } };

/** Keys of an execution context, in the order of the captures. */
export const contextShape: Shape = {
  keys: {
    BusinessUnitId: "guid",
    CorrelationId: "guid",
    Depth: "number",
    InitiatingUserAzureActiveDirectoryObjectId: "guid",
    InitiatingUserId: "guid",
    InputParameters: { listOf: pair },
    IsExecutingOffline: "boolean",
    IsInTransaction: "boolean",
    IsOfflinePlayback: "boolean",
    IsolationMode: "number",
    MessageName: "text",
    Mode: "number",
    OperationCreatedOn: "text",
    OperationId: "guid",
    OrganizationId: "guid",
    OrganizationName: "text",
    OutputParameters: { listOf: pair },
    OwningExtension: {
      keys: {
        Id: "guid",
        KeyAttributes: { listOf: "any" },
        LogicalName: "text",
        Name: { nullable: "text" },
        RowVersion: { nullable: "text" },
      },
    },
    ParentContext: { nullable: "any" },
    PostEntityImages: { listOf: pair },
    PreEntityImages: { listOf: pair },
    PrimaryEntityId: "guid",
    PrimaryEntityName: "text",
    RequestId: { nullable: "guid" },
    SecondaryEntityName: "text",
    SharedVariables: { listOf: pair },
    Stage: "number",
    UserAzureActiveDirectoryObjectId: "guid",
    UserId: "guid",
  },
};

const entityKeys = {
  Attributes: { listOf: pair },
  EntityState: { nullable: "text" },
  FormattedValues: { listOf: { keys: { key: "text", value: "text" } } },
  Id: "guid",
  KeyAttributes: { listOf: "any" },
  LogicalName: "text",
  RelatedEntities: { listOf: "any" },
  RowVersion: { nullable: "text" },
} as const;

export const targetShape: Shape = { keys: { __type: "text", ...entityKeys } };
export const imageShape: Shape = { keys: entityKeys };

/** Where a value differs from a shape; empty when it fits. */
export function differences(value: unknown, shape: Shape, path = ""): readonly string[] {
  if (shape === "any") return [];
  if (typeof shape === "string") return fits(value, shape) ? [] : [`${path} is no ${shape}`];
  if ("nullable" in shape) return value === null ? [] : differences(value, shape.nullable, path);
  if ("listOf" in shape) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((one, n) => differences(one, shape.listOf, `${path}[${n}]`));
  }
  if (typeof value !== "object" || value === null) return [`${path} is no object`];
  const found = value as Readonly<Record<string, unknown>>;
  const wanted = Object.keys(shape.keys);
  const order =
    Object.keys(found).join() === wanted.join() ? [] : [`${path} has the keys ${Object.keys(found).join()}`];
  return [...order, ...wanted.flatMap((key) => differences(found[key], shape.keys[key] ?? "any", `${path}.${key}`))];
}

function fits(value: unknown, shape: "text" | "number" | "boolean" | "guid"): boolean {
  if (shape === "guid") return typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
  return typeof value === (shape === "text" ? "string" : shape);
}

/** The values of a list of pairs by key. */
export function byKey(pairs: readonly { key: string; value: unknown }[]): Record<string, unknown> {
  return Object.fromEntries(pairs.map((one) => [one.key, one.value]));
}
