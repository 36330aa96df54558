// Icon of the sync status column in a view. A list calls it once a row with what it knows of the row; whatever that is,
// the answer is an icon or none, never an error: an exception here would empty the whole list.

import { languageCodes, type Labels, type Language } from "../../solution/schema/labels";
import { opportunityColumns } from "../../solution/schema/opportunity-columns";
import { syncStatuses, type SyncStatusOption } from "../../solution/schema/sync-status";
import { iconName } from "../icon-names";

/** What a list wants: the name of an image web resource, and the tooltip. Two empty texts show nothing. */
export type IconAndTooltip = readonly [imageName: string, tooltip: string];

const NO_ICON: IconAndTooltip = ["", ""];
/** The list gives the number of a choice beside its text, under this key. */
const VALUE_KEY = `${opportunityColumns.syncStatus.logicalName}_Value`;
/** The low ten bits of a language code are the language without its region: 3084 (Canada) and 1036 (France) share them. */
const LANGUAGE_WITHOUT_REGION = 0x3ff;

const tooltipPrefix: Labels = { en: "Partner Center: ", fr: "Espace partenaires : " };

/** Icon and tooltip for a row of opportunities, given as JSON, in the language of the user. */
export function syncIcon(rowJson: unknown, languageCode: unknown): IconAndTooltip {
  const status = statusOf(rowJson);
  if (status === undefined) return NO_ICON;
  const language = languageOf(languageCode);
  return [iconName(status.name), tooltipPrefix[language] + status.labels[language]];
}

function statusOf(rowJson: unknown): SyncStatusOption | undefined {
  const value = choiceNumber(columnOf(rowJson));
  return syncStatuses.find((status) => status.value === value);
}

function columnOf(rowJson: unknown): unknown {
  if (typeof rowJson !== "string") return undefined;
  try {
    const row: unknown = JSON.parse(rowJson);
    return typeof row === "object" && row !== null ? new Map(Object.entries(row)).get(VALUE_KEY) : undefined;
  } catch {
    return undefined;
  }
}

/** Lists give a choice as a number, as its digits, or wrapped in an object, depending on their kind. */
function choiceNumber(column: unknown): number | undefined {
  const value: unknown = typeof column === "object" && column !== null && "Value" in column ? column.Value : column;
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : undefined;
}

function languageOf(languageCode: unknown): Language {
  const code = Number(languageCode);
  const isFrench = (code & LANGUAGE_WITHOUT_REGION) === (languageCodes.fr & LANGUAGE_WITHOUT_REGION);
  return isFrench ? "fr" : "en";
}
