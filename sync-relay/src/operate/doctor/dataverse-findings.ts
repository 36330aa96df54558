import type { FindingText, Mend } from "./finding-texts";

const setVariable: Mend = {
  deed: {
    en: "give “{label}” the value {right} (make.powerapps.com → Solutions → Default Solution → Environment variables)",
    fr: "donnez à « {label} » la valeur {right} (make.powerapps.com → Solutions → Solution par défaut → Variables d’environnement)",
  },
};

/** What can differ between a Dataverse environment and what solution, settings and mapping expect of it. */
export const dataverseFindings = {
  "language-missing": {
    severity: "note",
    what: {
      en: "neither English nor French is switched on in this environment ({languages}): the import left the labels of the section out",
      fr: "ni l’anglais ni le français ne sont activés dans cet environnement ({languages}) : l’import a laissé de côté les libellés de la section",
    },
    mend: {
      deed: {
        en: "switch English or French on (admin.powerplatform.microsoft.com → Environments → Settings → Product → Languages), then import the solution CoSellSync again",
        fr: "activez l’anglais ou le français (admin.powerplatform.microsoft.com → Environnements → Paramètres → Produit → Langues), puis importez de nouveau la solution CoSellSync",
      },
    },
  },
  "variable-unset": {
    severity: "note",
    what: {
      en: "the environment variable {name} has no value",
      fr: "la variable d’environnement {name} n’a pas de valeur",
    },
    mend: setVariable,
  },
  "variable-differs": {
    severity: "note",
    what: {
      en: "the environment variable {name} is {found}, the relay's setting {right}",
      fr: "la variable d’environnement {name} vaut {found}, le paramètre du relais {right}",
    },
    mend: setVariable,
  },
  "option-unknown": {
    severity: "note",
    what: {
      en: "{column} has options that the mapping does not know, and deals with them are not sent: {options}",
      fr: "{column} a des options que la correspondance ne connaît pas, et les affaires qui les portent ne sont pas envoyées : {options}",
    },
    mend: {
      deed: {
        en: "add them to the value list of {column} in the mapping file, then run: cosell mapping check",
        fr: "ajoutez-les à la liste de valeurs de {column} dans le fichier de correspondance, puis lancez : cosell mapping check",
      },
    },
  },
  "option-gone": {
    severity: "note",
    what: {
      en: "the mapping knows values that {column} does not have any more: {options}",
      fr: "la correspondance connaît des valeurs que {column} n’a plus : {options}",
    },
    mend: {
      deed: {
        en: "take them out of the value list of {column} in the mapping file, or put the options back in Dynamics 365; then run: cosell mapping check",
        fr: "retirez-les de la liste de valeurs de {column} dans le fichier de correspondance, ou remettez les options dans Dynamics 365 ; puis lancez : cosell mapping check",
      },
    },
  },
} as const satisfies Readonly<Record<string, FindingText>>;
