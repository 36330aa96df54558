import { isJsonObject, type Json } from "../../src/core/json";
import { dealValueOf } from "./deal-value";

type Check = (value: Json) => Json | undefined;

const onlyIf =
  (fits: (value: Json) => boolean): Check =>
  (value) =>
    fits(value) ? value : undefined;

const isText = (value: Json) => typeof value === "string";
const isListOfObjects = (value: Json) => Array.isArray(value) && (value as readonly Json[]).every(isJsonObject);
const isDate = (value: Json) => typeof value === "string" && !Number.isNaN(Date.parse(value));
const isCurrency = (value: Json) => typeof value === "string" && /^[A-Za-z]{3}$/.test(value);
const orEmpty = (fits: (value: Json) => boolean) => onlyIf((value) => value === null || fits(value));

/** What each path takes; every other path takes text or null. */
const CHECKS: { readonly [path: string]: Check } = {
  "/consent/consentToShareReferralWithMicrosoftSellers": onlyIf((value) => typeof value === "boolean"),
  "/customerProfile/team": onlyIf(isListOfObjects),
  "/customerProfile/team/-": onlyIf(isJsonObject),
  "/details/requirements/solutions": onlyIf(isListOfObjects),
  "/details/requirements/solutions/-": onlyIf(isJsonObject),
  "/team": onlyIf(isListOfObjects),
  "/team/-": onlyIf(isJsonObject),
  "/details/dealValue": dealValueOf,
  "/details/closingDateTime": orEmpty(isDate),
  "/details/currency": orEmpty(isCurrency),
  "/status": onlyIf(isText),
  "/substatus": onlyIf(isText),
};

/** The value as it is stored at a path, or undefined when it does not fit there. */
export function storedValue(path: string, value: Json): Json | undefined {
  return (CHECKS[path] ?? orEmpty(isText))(value);
}
