import { bad, note, type FindingText, type Mend } from "./finding-text";

const setVariable: Mend = {
  deed: {
    en: "give “{label}” the value {right} (make.powerapps.com → Solutions → Default Solution → Environment variables)",
    fr: "donnez à « {label} » la valeur {right} (make.powerapps.com → Solutions → Solution par défaut → Variables d’environnement)",
  },
};

const allowColumns: Mend = {
  deed: {
    en: "add the relay's user to the column security profile CoSell Sync relay, or to another that allows these columns (admin.powerplatform.microsoft.com → Environments → Settings → Users + permissions → Column security profiles)",
    fr: "ajoutez l’utilisateur du relais au profil de sécurité des colonnes CoSell Sync relay, ou à un autre qui autorise ces colonnes (admin.powerplatform.microsoft.com → Environnements → Paramètres → Utilisateurs + autorisations → Profils de sécurité des colonnes)",
  },
};

/** What can differ between a Dataverse environment and what solution, settings and mapping expect of it. */
export const dataverseFindings = {
  "privilege-missing": bad(
    "the application user {name} lacks privileges that the sync needs: {privileges}",
    "l’utilisateur d’application {name} n’a pas les privilèges que demande la synchronisation : {privileges}",
    {
      deed: {
        en: "give them back to the role {role} (admin.powerplatform.microsoft.com → Environments → Settings → Users + permissions → Security roles)",
        fr: "rendez-les au rôle {role} (admin.powerplatform.microsoft.com → Environnements → Paramètres → Utilisateurs + autorisations → Rôles de sécurité)",
      },
    },
  ),
  "column-hidden": bad(
    "column security hides columns from the relay, which takes them for empty: {columns}",
    "la sécurité des colonnes cache au relais des colonnes, qu’il prend pour vides : {columns}",
    allowColumns,
  ),
  "column-locked": bad(
    "column security does not let the relay write columns that it has to write: {columns}",
    "la sécurité des colonnes ne laisse pas le relais écrire des colonnes qu’il doit écrire : {columns}",
    allowColumns,
  ),
  "column-read-only": bad(
    "the mapping sets columns that cannot be set in this environment: {columns}",
    "la correspondance renseigne des colonnes qui ne peuvent pas l’être dans cet environnement : {columns}",
    { command: "cosell mapping check" },
  ),
  "language-missing": note(
    "neither English nor French is switched on in this environment ({languages}): the import left the labels of the section out",
    "ni l’anglais ni le français ne sont activés dans cet environnement ({languages}) : l’import a laissé de côté les libellés de la section",
    {
      deed: {
        en: "switch English or French on (admin.powerplatform.microsoft.com → Environments → Settings → Product → Languages), then import the solution CoSellSync again",
        fr: "activez l’anglais ou le français (admin.powerplatform.microsoft.com → Environnements → Paramètres → Produit → Langues), puis importez de nouveau la solution CoSellSync",
      },
    },
  ),
  "variable-unset": note(
    "the environment variable {name} has no value",
    "la variable d’environnement {name} n’a pas de valeur",
    setVariable,
  ),
  "variable-differs": note(
    "the environment variable {name} is {found}, the relay's setting {right}",
    "la variable d’environnement {name} vaut {found}, le paramètre du relais {right}",
    setVariable,
  ),
  "option-unknown": note(
    "{column} has options that the mapping does not know, and deals with them are not sent: {options}",
    "{column} a des options que la correspondance ne connaît pas, et les affaires qui les portent ne sont pas envoyées : {options}",
    {
      deed: {
        en: "add them to the value list of {column} in the mapping file, then run: cosell mapping check",
        fr: "ajoutez-les à la liste de valeurs de {column} dans le fichier de correspondance, puis lancez : cosell mapping check",
      },
    },
  ),
  "option-gone": note(
    "the mapping knows values that {column} does not have any more: {options}",
    "la correspondance connaît des valeurs que {column} n’a plus : {options}",
    {
      deed: {
        en: "take them out of the value list of {column} in the mapping file, or put the options back in Dynamics 365; then run: cosell mapping check",
        fr: "retirez-les de la liste de valeurs de {column} dans le fichier de correspondance, ou remettez les options dans Dynamics 365 ; puis lancez : cosell mapping check",
      },
    },
  ),
} as const satisfies Readonly<Record<string, FindingText>>;
