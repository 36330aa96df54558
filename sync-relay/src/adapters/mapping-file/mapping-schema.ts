// The shape of a mapping file. What a shape cannot say (paths, directions, formulas) is checked after it.

import { z } from "zod";
import { conflictRules, conversions } from "../../core/mapping/field-map";

/** Characters of a path in the CRM: a column, or a lookup and a column of the record behind it. */
const CRM_PATH = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*){0,2}$/;
/** Characters of a path in a referral. */
const PARTNER_CENTER_PATH = /^[A-Za-z][A-Za-z0-9]*(?:\.(?:[A-Za-z][A-Za-z0-9]*|\d{1,2})){0,8}$/;

/** Longest formula, in characters. */
const LONGEST_FORMULA = 1000;
/** Most entries in one list of the file, far above what a referral has places. */
const MOST_ENTRIES = 200;

const crmPath = z.string().regex(CRM_PATH, "is not a path of the CRM, e.g. estimatedvalue or parentaccountid.name");
const partnerCenterPath = z.string().regex(PARTNER_CENTER_PATH, "is not a path of a referral, e.g. details.dealValue");
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const json = z.json();

const person = z
  .strictObject({
    firstName: crmPath.optional(),
    lastName: crmPath.optional(),
    phoneNumber: crmPath.optional(),
    email: crmPath.optional(),
  })
  .describe("One person, made of columns of the CRM.");

const rules = {
  value: json.optional().describe("A constant."),
  expr: z.string().min(1).max(LONGEST_FORMULA).optional().describe("A formula in the Common Expression Language."),
  as: z.enum(conversions).optional().describe("How the value is converted; by default what is natural for the place."),
  list: z.string().optional().describe("Name of a list of values under `lists`."),
  default: scalar.optional().describe("Used when the source is empty."),
  required: z
    .boolean()
    .optional()
    .describe("Without this value nothing is shared; the seller is told what is missing."),
  unlessSet: z.boolean().optional().describe("Never overwrites a value that is there."),
  conflict: z
    .enum(conflictRules)
    .optional()
    .describe("Who wins when both sides changed the field at the same time; `ask` holds it back for the seller."),
  max: z.int().min(1).max(100_000).optional().describe("Longest text, in characters; the rest is cut off."),
  off: z.literal(true).optional().describe("Removes the entry that the extended mapping has for this place."),
};

const toPartnerCenter = { to: partnerCenterPath, from: z.union([crmPath, person]).optional(), ...rules };
const toCrm = { to: crmPath, from: partnerCenterPath.optional(), ...rules };
const on = z
  .array(z.enum(["create", "update"]))
  .min(1)
  .optional()
  .describe("Events; both by default.");

const listTarget = z.union([
  scalar,
  z.null(),
  z.strictObject({
    means: scalar.describe("Partner Center's value, or the stage."),
    writeBack: z.boolean().optional().describe("False: this CRM value is understood, but never written."),
  }),
]);

/** One list of entries, each of the shape given. */
type ListOf = <T extends z.ZodType>(entry: T) => z.ZodOptional<z.ZodArray<T>>;
const entriesOf: ListOf = (entry) => z.array(entry).max(MOST_ENTRIES).optional();

const conditionShape = z
  .string()
  .min(1)
  .max(LONGEST_FORMULA)
  .optional()
  .describe("Formula that must hold for a deal to be shared.");

const fileShape = {
  version: z.literal(1),
  extends: z.literal("builtin/default").optional().describe("Start from the mapping that comes with the relay."),
  entities: z
    .strictObject({ crm: z.literal("opportunity"), partnerCenter: z.literal("referral") })
    .optional()
    .describe("What is mapped; there is one choice today."),
  lists: z
    .record(z.string(), z.record(z.string(), listTarget))
    .optional()
    .describe("Two-way value lists: CRM value to Partner Center value. `$builtin` adds a list of the relay's."),
  match: z
    .record(crmPath, z.array(crmPath).min(1).max(5))
    .optional()
    .describe("Lookup to the columns by which an existing record is found before one is created."),
};

const sentEntry = z.strictObject(toPartnerCenter);
const sentEntryOn = z.strictObject({ ...toPartnerCenter, on });
const takenEntry = z.strictObject(toCrm);
const takenEntryOn = z.strictObject({ ...toCrm, on });

/** A mapping file as it is written. */
export const mappingSchema = z.strictObject({
  ...fileShape,
  toPartnerCenter: z
    .strictObject({
      when: conditionShape,
      create: entriesOf(sentEntry),
      update: entriesOf(sentEntry),
      fields: entriesOf(sentEntryOn),
    })
    .optional(),
  toCrm: z
    .strictObject({ create: entriesOf(takenEntry), update: entriesOf(takenEntry), fields: entriesOf(takenEntryOn) })
    .optional(),
});

/** The same with a null in the place of each entry that has another shape, so that the others keep their places. */
export const usablePartSchema = z.strictObject({
  ...fileShape,
  toPartnerCenter: z
    .strictObject({
      when: conditionShape,
      create: entriesOf(sentEntry.nullable()),
      update: entriesOf(sentEntry.nullable()),
      fields: entriesOf(sentEntryOn.nullable()),
    })
    .optional(),
  toCrm: z
    .strictObject({
      create: entriesOf(takenEntry.nullable()),
      update: entriesOf(takenEntry.nullable()),
      fields: entriesOf(takenEntryOn.nullable()),
    })
    .optional(),
});

/** A mapping file, or what can be used of one. */
export type MappingFile = z.infer<typeof usablePartSchema>;

/** An entry as it is written, of either direction. */
export type WrittenEntry = z.infer<typeof sentEntryOn>;

/** The schema for editors. */
export function mappingJsonSchema(): object {
  return z.toJSONSchema(mappingSchema, { target: "draft-7" });
}
