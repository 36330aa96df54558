import type { Conversion } from "../field-map";
import { bool } from "./bool";
import { choice } from "./choice";
import { choices } from "./choices";
import type { ConversionRules } from "./conversion-rules";
import { country } from "./country";
import { currency } from "./currency";
import { date } from "./date";
import { datetime } from "./datetime";
import { htmlToText } from "./html-to-text";
import { int } from "./int";
import { json } from "./json";
import { money } from "./money";
import { number } from "./number";
import { people } from "./people";
import { solutions } from "./solutions";
import { status } from "./status";
import { text } from "./text";

/** The rules of every named conversion. */
export const conversionOf: Readonly<Record<Conversion, ConversionRules>> = {
  text,
  "html-to-text": htmlToText,
  int,
  number,
  money,
  bool,
  date,
  datetime,
  currency,
  country,
  choice,
  choices,
  solutions,
  people,
  status,
  json,
};
