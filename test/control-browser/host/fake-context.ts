// The ComponentFramework context that the host hands to a control: everything that controls of this kind may use, made
// from a scene. What a host may lack is not offered; using it is recorded and fails.

import { helpOptions } from "../../../solution/schema/help-options";
import type { Labels } from "../../../solution/schema/labels";
import { opportunityColumns, type OpportunityColumn } from "../../../solution/schema/opportunity-columns";
import { solutionTable } from "../../../solution/schema/solution-table";
import { syncStatuses } from "../../../solution/schema/sync-status";
import type { BuiltControl, ManifestProperty, Parameters } from "./built-control";
import { answerTo, rowsOf, WebApiError } from "./fake-web-api";
import { designOf } from "./look";
import type { HostEvent, Scene, SceneRole, SceneSecurity, SceneSolution, SceneValue } from "./scene";

export type Context = ComponentFramework.Context<Parameters>;

export interface ContextParts {
  readonly scene: Scene;
  readonly control: BuiltControl;
  readonly container: HTMLElement;
  readonly record: (event: HostEvent) => void;
  readonly requestRender: () => void;
}

const securities: { readonly [S in SceneSecurity]: object } = {
  "read-only": { readable: true, editable: false, secured: true },
  masked: { readable: false, editable: false, secured: true },
  editable: { readable: true, editable: true, secured: true },
};

export function fakeContext(parts: ContextParts): Context {
  const { scene, control, container, record, requestRender } = parts;
  const notOffered = (what: string) => refusing(what, record);
  const context = {
    parameters: Object.fromEntries(control.properties.map((property) => [property.name, parameter(property, scene)])),
    updatedProperties: ["parameters"],
    events: {},
    mode: {
      allocatedHeight: -1,
      allocatedWidth: container.clientWidth,
      isControlDisabled: scene.disabled,
      isVisible: true,
      label: "Co-sell",
      setControlState: () => true,
      setFullScreen: () => undefined,
      trackContainerResize: () => undefined,
    },
    resources: { getString: (id: string) => control.text(scene.languageCode, id), getResource: () => undefined },
    userSettings: userSettings(scene),
    navigation: { openUrl: (url: string) => record({ kind: "open-url", url }) },
    client: {
      disableScroll: false,
      getClient: () => "Web",
      getFormFactor: () => 1,
      isNetworkAvailable: () => true,
      isOffline: () => false,
    },
    factory: { getPopupService: () => notOffered("factory.getPopupService"), requestRender },
    fluentDesignLanguage: designOf(scene),
    ...(scene.solutions !== "no-web-api" && { webAPI: webApi(scene.solutions, parts) }),
    ...Object.fromEntries(["copilot", "device", "formatting", "utils"].map((part) => [part, notOffered(part)])),
  };
  return context as unknown as Context;
}

function webApi(solutions: readonly SceneSolution[] | "refused", { record }: ContextParts): object {
  const retrieveMultipleRecords = async (table: string, options: string): Promise<object> => {
    record({ kind: "query", options });
    // The platform answers later, and so does this.
    await Promise.resolve();
    if (solutions === "refused" || table !== solutionTable.logicalName) {
      throw new WebApiError(`Could not find an entity with name ${table}, or no privilege to read it.`, 404);
    }
    return { entities: answerTo(rowsOf(solutions), options), nextLink: "" };
  };
  return refusing("webAPI", record, { retrieveMultipleRecords });
}

/** A part of the context that this host does not have, or not whole: whoever uses it is told so. */
function refusing(
  what: string,
  record: (event: HostEvent) => void,
  offered: Readonly<Record<string, unknown>> = {},
): object {
  return new Proxy(
    {},
    {
      get(_, name) {
        if (typeof name === "symbol") return undefined;
        if (name in offered) return offered[name];
        record({ kind: "not-offered", what: `${what}.${name}` });
        throw new Error(`The host does not offer ${what}.${name}.`);
      },
    },
  );
}

function userSettings({ languageCode, rightToLeft, minutesAheadOfUtc }: Scene): object {
  const french = languageCode === 1036;
  return {
    dateFormattingInfo: {
      amDesignator: "AM",
      pmDesignator: "PM",
      dateSeparator: "/",
      timeSeparator: ":",
      shortDatePattern: french ? "dd/MM/yyyy" : "M/d/yyyy",
      shortTimePattern: french ? "HH:mm" : "h:mm tt",
      abbreviatedMonthNames: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", ""],
    },
    getTimeZoneOffsetMinutes: () => minutesAheadOfUtc,
    isRTL: rightToLeft,
    languageId: languageCode,
    numberFormattingInfo: {},
    securityRoles: [],
    userId: "{00000000-0000-0000-0000-000000000001}",
    userName: "Seller",
  };
}

function parameter(property: ManifestProperty, scene: Scene): object {
  if (property.usage === "input") {
    const raw = new Map(Object.entries(scene.inputs)).get(property.name);
    return { raw: raw ?? null, type: raw === undefined ? null : property.type, error: false, errorMessage: "" };
  }
  const role = property.name as SceneRole;
  const value = scene.columns[role];
  // The platform hands out an unbound property too, without a type.
  if (value === undefined) return { raw: null, type: null, error: false, errorMessage: "", formatted: undefined };
  return boundParameter({ role, value, property, scene });
}

interface BoundColumn {
  readonly role: SceneRole;
  readonly value: SceneValue;
  readonly property: ManifestProperty;
  readonly scene: Scene;
}

function boundParameter({ role, value, property, scene }: BoundColumn): object {
  const security = scene.security[role];
  const error = scene.errors[role];
  const column = opportunityColumns[role];
  const options = optionsOf(column, scene);
  // A host may still hold what the user must not read; the control shows it in no case.
  const raw = rawValue(value, property);
  return {
    raw,
    type: property.type,
    formatted: formattedValue(raw, options),
    error: error !== undefined,
    errorMessage: error ?? "",
    security: security === undefined ? undefined : securities[security],
    attributes: scene.metadata
      ? {
          DisplayName: label(column.labels, scene),
          LogicalName: column.logicalName,
          Description: "",
          RequiredLevel: 0,
          IsSecured: security !== undefined,
          ...(options.length > 0 && { Options: options }),
          ...("maxLength" in column.type && { MaxLength: column.type.maxLength }),
        }
      : undefined,
  };
}

function rawValue(value: SceneValue, { type }: ManifestProperty): unknown {
  return type.startsWith("DateAndTime") && typeof value === "string" ? new Date(value) : value;
}

interface HostOption {
  readonly Value: number;
  readonly Label: string;
  readonly Color: string;
}

function optionsOf(column: OpportunityColumn, scene: Scene): readonly HostOption[] {
  const option = (Value: number, labels: Labels) => ({ Value, Label: label(labels, scene), Color: "" });
  if (column.type.kind === "yes-no") return [option(0, column.type.labels.no), option(1, column.type.labels.yes)];
  if (column.type.kind !== "choice") return [];
  const choice = column.type.choice === "cosell_help" ? helpOptions : syncStatuses;
  return choice.map(({ value, labels }) => option(value, labels));
}

/** As the platform does, except for times: what hosts put there differs, so this one leaves them to the control. */
function formattedValue(raw: unknown, options: readonly HostOption[]): string {
  if (options.length > 0) return options.find(({ Value }) => Value === Number(raw))?.Label ?? "";
  return typeof raw === "string" ? raw : "";
}

function label(labels: Labels, { languageCode }: Scene): string {
  return languageCode === 1036 ? labels.fr : labels.en;
}
