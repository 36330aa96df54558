import { languageCodes, type Labels, type Language } from "../../schema/labels";
import {
  COMPONENT_NAME_LENGTH,
  DESCRIPTION_LENGTH,
  LABEL_LENGTH,
  OPTION_LABEL_LENGTH,
  VIEW_NAME_LENGTH,
} from "./limits";
import type { SchemaProblem } from "./schema-problem";
import type { SolutionSchema } from "./solution-schema";

/** A text that customisers or sellers see, and where it is said. */
interface TextPlace {
  readonly file: string;
  readonly place: string;
  readonly labels: Labels;
  readonly most: number;
  /** Texts of one list are told apart by their words alone. */
  readonly list?: string;
}

interface Labelled {
  readonly labels: Labels;
}

const languages = Object.keys(languageCodes) as readonly Language[];
const languageNames: { readonly [L in Language]: string } = { en: "English", fr: "French" };
const CONTROL_CHARACTER = /\p{Cc}/u;

/** Texts that are missing in a language, empty, untidy, too long, or the same as another in their list. */
export function checkTexts(schema: SolutionSchema): readonly SchemaProblem[] {
  const places = textPlaces(schema);
  const single = places.flatMap((text) => languages.flatMap((language) => problemOf(text, language)));
  return [...single, ...languages.flatMap((language) => repeated(places, language))];
}

function problemOf({ file, place, labels, most }: TextPlace, language: Language): readonly SchemaProblem[] {
  const text: string | undefined = labels[language];
  const problem = (found: string, rule: string): readonly SchemaProblem[] => [
    { file, place: `${place}.${language}`, found, rule },
  ];
  if (text === undefined) return problem("is missing", `Every text is needed in ${languageNames[language]}.`);
  if (text.trim() === "") return problem("is empty", `Every text is needed in ${languageNames[language]}.`);
  if (text !== text.trim()) return problem(`is “${text}”`, "A text has no blanks at its ends.");
  if (CONTROL_CHARACTER.test(text)) return problem("holds a control character", "A text is one plain line.");
  return text.length <= most ? [] : problem(`has ${text.length} characters`, `At most ${most} are taken here.`);
}

function repeated(places: readonly TextPlace[], language: Language): readonly SchemaProblem[] {
  const seen = new Map<string, string>();
  return places.flatMap(({ file, place, labels, list }) => {
    const text: string | undefined = labels[language];
    if (list === undefined || text === undefined || text.trim() === "") return [];
    const key = `${list} ${text.trim().toLowerCase()}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, place);
    const rule = "Within a form or a list no two texts are the same.";
    return first === undefined
      ? []
      : [{ file, place: `${place}.${language}`, found: `is “${text}”, as ${first}.${language} is`, rule }];
  });
}

function textPlaces(schema: SolutionSchema): readonly TextPlace[] {
  return [
    { file: "publisher.ts", place: "publisher.labels", labels: schema.publisher.labels, most: COMPONENT_NAME_LENGTH },
    ...columnTexts(schema),
    ...tableTexts(schema),
    ...listTexts("help-options.ts", "helpOptions", schema.helpOptions),
    ...listTexts("sync-status.ts", "syncStatuses", schema.syncStatuses),
    ...listTexts("solution-table.ts", "solutionTypes", schema.solutionTypes),
    ...componentTexts("environment-variables.ts", "environmentVariables", schema.environmentVariables),
    ...componentTexts("security-roles.ts", "securityRoles", byKey(schema.securityRoles)),
    ...componentTexts("column-security.ts", "columnSecurityProfiles", byKey(schema.columnSecurityProfiles)),
    ...componentTexts("solution-packages.ts", "packageNames", schema.packageNames),
    ...formTexts(schema),
    ...viewTexts("opportunityViews", schema.opportunityViews),
    ...viewTexts("solutionViews", schema.solutionViews),
    ...Object.entries(schema.globalChoices).map(([name, { labels }]): TextPlace => {
      return { file: "choices.ts", place: `globalChoices.${name}.labels`, labels, most: LABEL_LENGTH };
    }),
    ...Object.entries(schema.standardOpportunityColumns).map(([role, { labels }]): TextPlace => {
      const place = `standardOpportunityColumns.${role}.labels`;
      return { file: "standard-columns.ts", place, labels, most: LABEL_LENGTH };
    }),
  ];
}

function columnTexts({ opportunityColumns, referralKey }: SolutionSchema): readonly TextPlace[] {
  const file = "opportunity-columns.ts";
  const columns = Object.entries(opportunityColumns).flatMap(([role, { labels, type }]): readonly TextPlace[] => {
    const place = `opportunityColumns.${role}`;
    const own = { file, place: `${place}.labels`, labels, most: LABEL_LENGTH, list: "opportunityColumns" };
    if (type.kind !== "yes-no") return [own];
    const answers = Object.entries(type.labels).map(([answer, texts]): TextPlace => {
      return { file, place: `${place}.type.labels.${answer}`, labels: texts, most: OPTION_LABEL_LENGTH, list: place };
    });
    return [own, ...answers];
  });
  return [...columns, { file, place: "referralKey.labels", labels: referralKey.labels, most: LABEL_LENGTH }];
}

function tableTexts({ solutionTable, solutionColumns, solutionIdKey }: SolutionSchema): readonly TextPlace[] {
  const file = "solution-table.ts";
  const { labels, pluralLabels, description } = solutionTable;
  return [
    { file, place: "solutionTable.labels", labels, most: LABEL_LENGTH },
    { file, place: "solutionTable.pluralLabels", labels: pluralLabels, most: LABEL_LENGTH },
    { file, place: "solutionTable.description", labels: description, most: DESCRIPTION_LENGTH },
    { file, place: "solutionIdKey.labels", labels: solutionIdKey.labels, most: LABEL_LENGTH },
    ...Object.entries(solutionColumns).map(([role, column]): TextPlace => {
      const place = `solutionColumns.${role}.labels`;
      return { file, place, labels: column.labels, most: LABEL_LENGTH, list: "solutionColumns" };
    }),
  ];
}

function listTexts(file: string, list: string, options: readonly Labelled[]): readonly TextPlace[] {
  return options.map(({ labels }, n) => {
    return { file, place: `${list}[${n}].labels`, labels, most: OPTION_LABEL_LENGTH, list };
  });
}

interface Described extends Labelled {
  readonly description: Labels;
}

function componentTexts(
  file: string,
  list: string,
  components: { readonly [key: string]: Described },
): readonly TextPlace[] {
  return Object.entries(components).flatMap(([key, { labels, description }]): readonly TextPlace[] => {
    const place = `${list}.${key}`;
    return [
      { file, place: `${place}.labels`, labels, most: COMPONENT_NAME_LENGTH, list },
      { file, place: `${place}.description`, labels: description, most: DESCRIPTION_LENGTH },
    ];
  });
}

function viewTexts(list: string, views: SolutionSchema["opportunityViews"]): readonly TextPlace[] {
  const file = "views.ts";
  return views.flatMap(({ labels, description }, n): readonly TextPlace[] => {
    const place = `${list}[${n}]`;
    const name = { file, place: `${place}.labels`, labels, most: VIEW_NAME_LENGTH, list };
    if (description === undefined) return [name];
    return [name, { file, place: `${place}.description`, labels: description, most: DESCRIPTION_LENGTH }];
  });
}

function formTexts({ ownForms, coSellTab, ownFormLabels, solutionFormLabels }: SolutionSchema): readonly TextPlace[] {
  const parts = {
    "coSellTab.labels": coSellTab.labels,
    "coSellTab.section.labels": coSellTab.section.labels,
    "coSellTab.columnsSection.labels": coSellTab.columnsSection.labels,
    ...Object.fromEntries(Object.entries(ownFormLabels).map(([part, labels]) => [`ownFormLabels.${part}`, labels])),
    ...Object.fromEntries(
      Object.entries(solutionFormLabels).map(([part, labels]) => [`solutionFormLabels.${part}`, labels]),
    ),
  };
  return [
    ...componentTexts("forms.ts", "ownForms", ownForms),
    ...Object.entries(parts).map(([place, labels]): TextPlace => {
      return { file: "forms.ts", place, labels, most: VIEW_NAME_LENGTH };
    }),
  ];
}

function byKey<T extends { readonly key: string }>(components: readonly T[]): { readonly [key: string]: T } {
  return Object.fromEntries(components.map((component) => [component.key, component]));
}
