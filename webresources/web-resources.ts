// Every web resource of the solution, said once: the build makes them from here and the solution carries them.

import { languageCodes, type Labels, type Language } from "../solution/schema/labels";
import { publisher } from "../solution/schema/publisher";
import { syncStatuses } from "../solution/schema/sync-status";
import { iconName } from "./icon-names";
import { PAGE_TEXTS_NAME } from "./configuration-page/page-texts";
import { FORM_TEXTS_NAME } from "./scripts/form-texts";

/** Dataverse's numbers for the kinds of web resource we ship (`webresource.webresourcetype`). */
export const webResourceTypes = { html: 1, css: 2, script: 3, svg: 11, resx: 12 } as const;

/** Kind of a web resource. */
export type WebResourceType = keyof typeof webResourceTypes;

/** One web resource of the solution. */
export interface WebResource {
  /** Unique name in Dataverse; it never changes, since forms and views of customers refer to it. */
  readonly name: string;
  readonly type: WebResourceType;
  /** Its source below `webresources/`: the entry of a script, or the file itself. */
  readonly file: string;
  readonly labels: Labels;
  /** For texts of one language: Dataverse's code of that language. */
  readonly languageCode?: number;
  /** Names of web resources that must be loaded with this one. */
  readonly dependsOn?: readonly string[];
}

const scriptName = (script: string): string => `${publisher.prefix}_/scripts/${script}.js`;
const textsName = (language: Language): string => `${FORM_TEXTS_NAME}.${languageCodes[language]}.resx`;
const languages: readonly Language[] = ["en", "fr"];
const languageNames: { readonly [L in Language]: Labels } = {
  en: { en: "English", fr: "anglais" },
  fr: { en: "French", fr: "français" },
};

/** Function that a view calls for the icon of its sync status column. */
export const viewIcon = { script: scriptName("opportunity-view"), functionName: "CoSell.syncIcon" } as const;

/** Function that the opportunity form calls when it loads; it wants the execution context as its first parameter. */
export const formLoadHandler = {
  script: scriptName("opportunity-form"),
  functionName: "CoSell.onOpportunityLoad",
} as const;

const pageFile = (ending: string): string => `${publisher.prefix}_/pages/configuration.${ending}`;
const pageTextsName = (language: Language): string => `${PAGE_TEXTS_NAME}.${languageCodes[language]}.resx`;

/** The page that the solution names as its configuration page. */
export const configurationPage = pageFile("html");

/** The configuration page with everything that it loads. */
const pageResources: readonly WebResource[] = [
  ...languages.map((language): WebResource => {
    return {
      name: pageTextsName(language),
      type: "resx",
      file: `strings/CoSellConfiguration.${languageCodes[language]}.resx`,
      labels: {
        en: `Texts of the co-sell configuration page: ${languageNames[language].en}`,
        fr: `Textes de la page de configuration de la co-vente : ${languageNames[language].fr}`,
      },
      languageCode: languageCodes[language],
    };
  }),
  {
    name: pageFile("css"),
    type: "css",
    file: "configuration-page/configuration.css",
    labels: { en: "Look of the co-sell configuration page", fr: "Aspect de la page de configuration de la co-vente" },
  },
  {
    name: pageFile("js"),
    type: "script",
    file: "configuration-page/page.ts",
    labels: { en: "Script of the co-sell configuration page", fr: "Script de la page de configuration de la co-vente" },
    dependsOn: languages.map(pageTextsName),
  },
  {
    name: configurationPage,
    type: "html",
    file: "configuration-page/configuration.html",
    labels: { en: "Co-sell configuration page", fr: "Page de configuration de la co-vente" },
    dependsOn: [pageFile("css"), pageFile("js")],
  },
];

/** All web resources; what depends on another comes after it. */
export const webResources: readonly WebResource[] = [
  ...syncStatuses.map(({ name, labels }): WebResource => {
    return {
      name: iconName(name),
      type: "svg",
      file: `icons/${name}.svg`,
      labels: { en: `Co-sell icon: ${labels.en}`, fr: `Icône co-vente : ${labels.fr}` },
    };
  }),
  ...languages.map((language): WebResource => {
    return {
      name: textsName(language),
      type: "resx",
      file: `strings/CoSell.${languageCodes[language]}.resx`,
      labels: {
        en: `Co-sell texts: ${languageNames[language].en}`,
        fr: `Textes de la co-vente : ${languageNames[language].fr}`,
      },
      languageCode: languageCodes[language],
    };
  }),
  {
    name: viewIcon.script,
    type: "script",
    file: "scripts/opportunity-view.ts",
    labels: { en: "Co-sell script of the view", fr: "Script co-vente de la vue" },
  },
  {
    name: formLoadHandler.script,
    type: "script",
    file: "scripts/opportunity-form.ts",
    labels: { en: "Co-sell script of the form", fr: "Script co-vente du formulaire" },
    dependsOn: languages.map(textsName),
  },
  ...pageResources,
];
