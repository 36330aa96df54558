import type { ErrorCode } from "yaml";
import type { Labels } from "../../../solution/schema/labels";

/** Why a file cannot be read as YAML, by the reader's own code. The compiler says when the reader knows a new one. */
export const yamlTexts: { readonly [C in ErrorCode]: Labels } = {
  ALIAS_PROPS: {
    en: "An alias (*) cannot have a tag or an anchor.",
    fr: "Un alias (*) ne peut avoir ni étiquette ni ancre.",
  },
  BAD_ALIAS: {
    en: "What begins with * is an alias, and this one has no name. Put the value in quotes.",
    fr: "Ce qui commence par * est un alias, et celui-ci n’a pas de nom. Mettez la valeur entre guillemets.",
  },
  BAD_COLLECTION_TYPE: {
    en: "The tag does not fit this kind of list.",
    fr: "L’étiquette ne convient pas à cette sorte de liste.",
  },
  BAD_DIRECTIVE: {
    en: "What begins with % is a directive, and this one is unknown.",
    fr: "Ce qui commence par % est une directive, et celle-ci est inconnue.",
  },
  BAD_DQ_ESCAPE: {
    en: "The backslash in these quotes means nothing. Write it twice, or use single quotes.",
    fr: "La barre oblique inverse entre ces guillemets ne veut rien dire. Écrivez-la deux fois, ou utilisez des apostrophes.",
  },
  BAD_INDENT: {
    en: "The line is indented wrongly. Begin it below the one it belongs to.",
    fr: "La ligne est mal indentée. Commencez-la sous celle à laquelle elle appartient.",
  },
  BAD_PROP_ORDER: {
    en: "Anchor and tag stand in the wrong place.",
    fr: "L’ancre et l’étiquette sont au mauvais endroit.",
  },
  BAD_SCALAR_START: {
    en: "A value cannot begin with this sign. Put it in quotes.",
    fr: "Une valeur ne peut pas commencer par ce signe. Mettez-la entre guillemets.",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    en: "There are two names on one line. Put each setting on a line of its own, or the value in quotes.",
    fr: "Il y a deux noms sur une ligne. Mettez chaque paramètre sur sa propre ligne, ou la valeur entre guillemets.",
  },
  BLOCK_IN_FLOW: {
    en: "Inside of brackets everything must be separated by commas.",
    fr: "Entre crochets, tout doit être séparé par des virgules.",
  },
  DUPLICATE_KEY: {
    en: "The same name stands here twice. Remove one of them.",
    fr: "Le même nom se trouve ici deux fois. Retirez l’un des deux.",
  },
  IMPOSSIBLE: { en: "This cannot be read as YAML.", fr: "Ceci n’est pas lisible comme du YAML." },
  KEY_OVER_1024_CHARS: {
    en: "The name is far too long; a colon may be missing.",
    fr: "Le nom est bien trop long ; il manque peut-être un deux-points.",
  },
  MISSING_CHAR: {
    en: "A sign is missing: a closing quote or bracket, a comma, or the blank after a colon.",
    fr: "Il manque un signe : un guillemet ou un crochet fermant, une virgule, ou l’espace après un deux-points.",
  },
  MULTILINE_IMPLICIT_KEY: {
    en: "A name goes on over several lines; a colon may be missing on the line before.",
    fr: "Un nom s’étend sur plusieurs lignes ; il manque peut-être un deux-points à la ligne précédente.",
  },
  MULTIPLE_ANCHORS: {
    en: "A value can have one anchor (&) only.",
    fr: "Une valeur ne peut avoir qu’une seule ancre (&).",
  },
  MULTIPLE_DOCS: {
    en: "A line --- begins a second document. Remove it.",
    fr: "Une ligne --- commence un deuxième document. Retirez-la.",
  },
  MULTIPLE_TAGS: {
    en: "A value can have one tag (!) only.",
    fr: "Une valeur ne peut avoir qu’une seule étiquette (!).",
  },
  NON_STRING_KEY: { en: "The name must be a plain word.", fr: "Le nom doit être un simple mot." },
  RESOURCE_EXHAUSTION: {
    en: "The file is nested too deeply to be read.",
    fr: "Le fichier est trop profondément imbriqué pour être lu.",
  },
  TAB_AS_INDENT: {
    en: "The line is indented with a tab. Use blanks.",
    fr: "La ligne est indentée avec une tabulation. Utilisez des espaces.",
  },
  TAG_RESOLVE_FAILED: {
    en: "What begins with ! is a tag, and this one is unknown. Put the value in quotes.",
    fr: "Ce qui commence par ! est une étiquette, et celle-ci est inconnue. Mettez la valeur entre guillemets.",
  },
  UNEXPECTED_TOKEN: {
    en: "There is something here that does not belong. Put the value in quotes.",
    fr: "Il y a ici quelque chose qui n’a pas sa place. Mettez la valeur entre guillemets.",
  },
};
