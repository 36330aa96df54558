// The edge to Power Apps: what the platform hands over becomes plain values. Parts that its types promise are missing on
// some hosts (metadata, patterns, the properties that nobody bound), so nothing is taken for granted here.

import type { Column, Columns, Design, HostState, Option } from "./model/host-state";
import type { Edits } from "./model/pending-edits";
import { SOLUTION_TABLE } from "./model/solution-search";
import { plainPatterns, type DateTimePatterns } from "./model/time-format";
import type { SectionInputs, SectionOutputs } from "./section-parameters";
import type { ReadSolutions } from "./solution-catalogue";

type Context = ComponentFramework.Context<SectionInputs>;
type Property = ComponentFramework.PropertyTypes.Property;

/** The host's state, as the model knows it. */
export function readContext(context: Context, nowMs: number): HostState {
  const { mode, parameters, userSettings } = context;
  return {
    columns: readColumns(parameters),
    disabled: mode.isControlDisabled,
    hiddenFields: textIn(parameters.hiddenFields) ?? "",
    disabledFields: textIn(parameters.disabledFields) ?? "",
    // Some hosts say -1, some a text, some nothing.
    width: Number(mode.allocatedWidth) > 0 ? Number(mode.allocatedWidth) : null,
    rightToLeft: userSettings.isRTL,
    languageCode: userSettings.languageId,
    patterns: readPatterns(userSettings),
    minutesAheadOfUtc: (at) => userSettings.getTimeZoneOffsetMinutes(at),
    nowMs,
    design: readDesign(context),
  };
}

/** Edits as the platform takes them. */
export function toOutputs({ help, products, ...rest }: Edits): SectionOutputs {
  return {
    ...rest,
    ...(help !== undefined && { help: help ?? undefined }),
    ...(products !== undefined && { products: products ?? undefined }),
  };
}

/** How the table of solutions is read here; null on a host without the Web API, such as a canvas app. */
export function solutionReader(context: Context): ReadSolutions | null {
  const { webAPI }: { readonly webAPI?: ComponentFramework.WebApi | null } = context;
  if (webAPI === undefined || webAPI === null) return null;
  return async ({ options, most }) => (await webAPI.retrieveMultipleRecords(SOLUTION_TABLE, options, most)).entities;
}

function readColumns(parameters: SectionInputs): Columns {
  return {
    sync: column(parameters.sync, yesNoIn),
    help: column(parameters.help, optionIn),
    visible: column(parameters.visible, yesNoIn),
    products: column(parameters.products, textIn),
    referralId: column(parameters.referralId, textIn),
    referralLink: column(parameters.referralLink, textIn),
    audit: column(parameters.audit, textIn),
    syncStatus: column(parameters.syncStatus, optionIn),
    syncMessage: column(parameters.syncMessage, textIn),
    lastSyncedOn: column(parameters.lastSyncedOn, timeIn),
    referralStatus: column(parameters.referralStatus, textIn),
    expiresOn: column(parameters.expiresOn, timeIn),
    microsoftCrmId: column(parameters.microsoftCrmId, textIn),
  };
}

function column<T>(
  property: Partial<Property> | undefined,
  read: (property: Partial<Property>) => T | null,
): Column<T> {
  const { readable, editable } = property?.security ?? { readable: true, editable: true };
  // The raw value of a column that the user may not read is a mask or nothing; it is never shown.
  const shown: Partial<Property> = readable ? (property ?? {}) : {};
  return {
    bound: isBound(property),
    value: read(shown),
    formatted: shown.formatted ?? "",
    readable,
    editable,
    label: filled(property?.attributes?.DisplayName),
    error: shown.error === true ? filled(shown.errorMessage) : null,
    options: optionsOf(property),
    maxLength: maxLengthOf(property),
  };
}

/** Hosts hand over an unbound property too, without a type. */
function isBound(property: Partial<Property> | undefined): boolean {
  return typeof property?.type === "string" && property.type !== "";
}

function filled(text: string | null | undefined): string | null {
  return text === undefined || text === null || text === "" ? null : text;
}

function optionsOf(property: Partial<Property> | undefined): readonly Option[] {
  const attributes = property?.attributes as
    Partial<ComponentFramework.PropertyHelper.FieldPropertyMetadata.OptionSetMetadata> | undefined;
  const options: readonly Partial<ComponentFramework.PropertyHelper.OptionMetadata>[] = attributes?.Options ?? [];
  return options.flatMap(({ Value, Label }) => (Value === undefined ? [] : [{ value: Value, label: Label ?? "" }]));
}

function maxLengthOf(property: Partial<Property> | undefined): number | null {
  const attributes = property?.attributes as
    Partial<ComponentFramework.PropertyHelper.FieldPropertyMetadata.StringMetadata> | undefined;
  const length = attributes?.MaxLength;
  return typeof length === "number" && length > 0 ? length : null;
}

const textIn = ({ raw }: Partial<Property> = {}): string | null => (typeof raw === "string" ? raw : null);
const yesNoIn = ({ raw }: Partial<Property>): boolean | null => (typeof raw === "boolean" ? raw : null);
const optionIn = ({ raw }: Partial<Property>): number | null => (typeof raw === "number" ? raw : null);

function timeIn({ raw }: Partial<Property>): Date | null {
  return raw instanceof Date && !Number.isNaN(raw.getTime()) ? raw : null;
}

function readPatterns({ dateFormattingInfo }: ComponentFramework.UserSettings): DateTimePatterns {
  const info: Partial<typeof dateFormattingInfo> | undefined = dateFormattingInfo;
  if (info === undefined) return plainPatterns;
  const known = {
    shortDate: info.shortDatePattern,
    shortTime: info.shortTimePattern,
    dateSeparator: info.dateSeparator,
    timeSeparator: info.timeSeparator,
    am: info.amDesignator,
    pm: info.pmDesignator,
    shortMonths: info.abbreviatedMonthNames,
  };
  return { ...plainPatterns, ...withoutGaps(known) };
}

type Known<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function withoutGaps<T extends object>(known: T): Known<T> {
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as Known<T>;
}

/** Null in the classic look, where the platform gives no tokens. */
function readDesign({ fluentDesignLanguage }: Context): Design | null {
  // The platform's type knows the tokens one by one; every one that is used is a text.
  const tokens = fluentDesignLanguage?.tokenTheme as Design["tokens"] | null | undefined;
  if (fluentDesignLanguage === undefined || tokens === undefined || tokens === null) return null;
  return {
    tokens,
    brand: fluentDesignLanguage.brand,
    dark: fluentDesignLanguage.isDarkTheme ?? false,
  };
}
