// A host for the control: the part of the platform's context that the control uses, with a form behind it whose columns
// take what the control gives out. Made by hand so that a test can say what a host leaves out.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Role } from "../../pcf-control/CoSellSection/model/host-state";
import type { SectionInputs } from "../../pcf-control/CoSellSection/section-parameters";

type Context = ComponentFramework.Context<SectionInputs>;
export type Property = ComponentFramework.PropertyTypes.Property;

/** What a test may say of its host; what it leaves out is an ordinary desktop form in English. */
export interface HostOptions {
  readonly values?: Partial<Record<Role, unknown>>;
  readonly properties?: Partial<Record<keyof SectionInputs, Partial<Property>>>;
  readonly unbound?: readonly Role[];
  readonly hiddenFields?: string;
  readonly disabledFields?: string;
  readonly disabled?: boolean;
  readonly width?: number;
  readonly languageCode?: 1033 | 1036;
  readonly rightToLeft?: boolean;
  readonly minutesAheadOfUtc?: number;
  readonly design?: Partial<ComponentFramework.FluentDesignState>;
  /** How the host answers when the table of solutions is read; without it the host has no Web API. */
  readonly solutions?: SolutionsAnswer;
}

/** Rows for query options, or a refusal. */
export type SolutionsAnswer = (options: string) => Promise<readonly object[]>;

export interface FakeHost {
  readonly context: () => Context;
  readonly opened: readonly string[];
  /** Tables and options of everything that was asked of the Web API. */
  readonly asked: readonly (readonly [table: string, options: string, most: number])[];
  /** Changes the form's own values, as a script or a refresh does. */
  readonly set: (values: Partial<Record<Role, unknown>>) => void;
}

const types: { readonly [R in Role]: string } = {
  sync: "TwoOptions",
  help: "OptionSet",
  visible: "TwoOptions",
  products: "Multiple",
  referralId: "SingleLine.Text",
  referralLink: "SingleLine.URL",
  audit: "Multiple",
  syncStatus: "OptionSet",
  syncMessage: "SingleLine.Text",
  lastSyncedOn: "DateAndTime.DateAndTime",
  referralStatus: "SingleLine.Text",
  expiresOn: "DateAndTime.DateAndTime",
  microsoftCrmId: "SingleLine.Text",
};

/** Texts of a language, read from the control's own file. */
export function textsOf(languageCode: number): ReadonlyMap<string, string> {
  const folder = join(__dirname, "../../pcf-control/CoSellSection/strings");
  const xml = readFileSync(join(folder, `CoSellSection.${languageCode}.resx`), "utf8");
  const entries = [...xml.matchAll(/<data name="([^"]+)" xml:space="preserve">\s*<value>([^<]*)<\/value>/g)];
  return new Map(
    entries.map(([, id, text]) => [id ?? "", (text ?? "").replaceAll("&lt;", "<").replaceAll("&amp;", "&")]),
  );
}

export function createFakeHost(options: HostOptions = {}): FakeHost {
  const texts = textsOf(options.languageCode ?? 1033);
  const opened: string[] = [];
  const asked: [string, string, number][] = [];
  const values: Partial<Record<Role, unknown>> = { ...options.values };
  const parameterOf = (name: Role): Partial<Property> => ({
    raw: values[name] ?? null,
    type: types[name],
    formatted: "",
    error: false,
    ...(options.unbound?.includes(name) === true && { raw: null, type: "" }),
    ...options.properties?.[name],
  });
  const retrieveMultipleRecords = async (table: string, query: string, most: number): Promise<object> => {
    asked.push([table, query, most]);
    return { entities: await options.solutions?.(query) };
  };
  const context = (): unknown => ({
    parameters: {
      ...Object.fromEntries((Object.keys(types) as Role[]).map((name) => [name, parameterOf(name)])),
      hiddenFields: { raw: options.hiddenFields ?? null, type: "SingleLine.Text" },
      disabledFields: { raw: options.disabledFields ?? null, type: "SingleLine.Text" },
    },
    mode: {
      isControlDisabled: options.disabled ?? false,
      allocatedWidth: options.width ?? -1,
      trackContainerResize: () => undefined,
    },
    resources: { getString: (id: string) => texts.get(id) ?? id },
    userSettings: {
      isRTL: options.rightToLeft ?? false,
      languageId: options.languageCode ?? 1033,
      getTimeZoneOffsetMinutes: () => options.minutesAheadOfUtc ?? 0,
    },
    navigation: { openUrl: (url: string) => opened.push(url) },
    fluentDesignLanguage: options.design,
    ...(options.solutions !== undefined && { webAPI: { retrieveMultipleRecords } }),
  });
  return {
    // The parts that the control never touches are left out.
    context: () => context() as Context,
    opened,
    asked,
    set: (next) => Object.assign(values, next),
  };
}
