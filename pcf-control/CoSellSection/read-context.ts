// The edge to Power Apps: what the platform hands over becomes plain values. Parts that its types promise are missing on
// some hosts (metadata, patterns, the properties that nobody bound), so nothing is taken for granted here.

import type { Column, Columns, Design, HostState, Option } from "./model/host-state";
import type { Edits } from "./model/pending-edits";
import { plainPatterns, type DateTimePatterns } from "./model/time-format";
import type { SectionInputs, SectionOutputs } from "./section-parameters";

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
  const readable = property?.security?.readable ?? true;
  return {
    bound: typeof property?.type === "string" && property.type !== "",
    // The raw value of a column that the user may not read is a mask or nothing; it is never shown.
    value: readable && property !== undefined ? read(property) : null,
    formatted: readable ? (property?.formatted ?? "") : "",
    readable,
    editable: property?.security?.editable ?? true,
    label: filled(property?.attributes?.DisplayName),
    error: property?.error === true ? filled(property.errorMessage) : null,
    options: optionsOf(property),
  };
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

const textIn = ({ raw }: Partial<Property> = {}): string | null => (typeof raw === "string" ? raw : null);
const yesNoIn = ({ raw }: Partial<Property>): boolean | null => (typeof raw === "boolean" ? raw : null);
const optionIn = ({ raw }: Partial<Property>): number | null => (typeof raw === "number" ? raw : null);

function timeIn({ raw }: Partial<Property>): Date | null {
  return raw instanceof Date && !Number.isNaN(raw.getTime()) ? raw : null;
}

function readPatterns({ dateFormattingInfo }: ComponentFramework.UserSettings): DateTimePatterns {
  const info: Partial<typeof dateFormattingInfo> | undefined = dateFormattingInfo;
  return {
    shortDate: info?.shortDatePattern ?? plainPatterns.shortDate,
    shortTime: info?.shortTimePattern ?? plainPatterns.shortTime,
    dateSeparator: info?.dateSeparator ?? plainPatterns.dateSeparator,
    timeSeparator: info?.timeSeparator ?? plainPatterns.timeSeparator,
    am: info?.amDesignator ?? plainPatterns.am,
    pm: info?.pmDesignator ?? plainPatterns.pm,
    shortMonths: info?.abbreviatedMonthNames ?? plainPatterns.shortMonths,
  };
}

/** Null in the classic look, where the platform gives no tokens. */
function readDesign({ fluentDesignLanguage }: Context): Design | null {
  const tokens: Partial<ComponentFramework.Theme> | null | undefined = fluentDesignLanguage?.tokenTheme;
  if (fluentDesignLanguage === undefined || tokens === undefined || tokens === null) return null;
  // Every token that is used is a text; some others are numbers.
  return {
    tokens: tokens as Readonly<Record<string, string>>,
    brand: fluentDesignLanguage.brand,
    dark: fluentDesignLanguage.isDarkTheme ?? false,
  };
}
