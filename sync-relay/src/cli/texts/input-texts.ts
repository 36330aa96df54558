import type { Text } from "./text";

/** Texts about what a person gives to a command. */
export const inputTexts = {
  nothingPiped: {
    en: "{flag} reads from standard input, and there is nothing. Pipe the secret into the command.",
    fr: "{flag} lit l’entrée standard, et elle est vide. Transmettez le secret à la commande par un tube.",
  },
  tooMuchPiped: {
    en: "{flag} reads a secret from standard input; what was piped is far too long for one.",
    fr: "{flag} lit un secret sur l’entrée standard ; ce qui a été transmis est bien trop long pour en être un.",
  },
  unreadableFile: {
    en: 'The file "{path}" could not be read ({reason}). Check that it exists and may be read.',
    fr: "Le fichier « {path} » n’a pas pu être lu ({reason}). Vérifiez qu’il existe et qu’il peut être lu.",
  },
  unreadableSecret: {
    en: "The file that {flag} names could not be read ({reason}). Give the path of a file, not the secret itself.",
    fr: "Le fichier que nomme {flag} n’a pas pu être lu ({reason}). Donnez le chemin d’un fichier, pas le secret lui-même.",
  },
  emptySecret: {
    en: "The file that {flag} names is empty. Put the secret into it.",
    fr: "Le fichier que nomme {flag} est vide. Mettez-y le secret.",
  },
  unwritable: {
    en: '"{path}" could not be written ({reason}). Check the folder and its permissions.',
    fr: "« {path} » n’a pas pu être écrit ({reason}). Vérifiez le dossier et ses autorisations.",
  },
  refusedValue: {
    en: '{flag}: "{value}" {objection}.',
    fr: "{flag} : la valeur « {value} » n’est pas acceptée ({objection}).",
  },
  refusedSecret: { en: "{flag}: the value {objection}.", fr: "{flag} : la valeur n’est pas acceptée ({objection})." },
  notGuid: {
    en: '{flag}: "{value}" is not a GUID, such as 11111111-2222-3333-4444-555555555555.',
    fr: "{flag} : « {value} » n’est pas un GUID, comme 11111111-2222-3333-4444-555555555555.",
  },
} as const satisfies Readonly<Record<string, Text>>;
