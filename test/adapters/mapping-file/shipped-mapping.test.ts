import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fc } from "../../support/properties";
import { helpOptions } from "../../../solution/schema/help-options";
import { opportunityColumns } from "../../../solution/schema/opportunity-columns";
import { type Json, sameJson } from "../../../sync-relay/src/core/json";
import { checkLaws } from "../../../sync-relay/src/core/mapping/check-laws";
import { countryCodes } from "../../../sync-relay/src/core/mapping/conversions/country-codes";
import { conversionOf } from "../../../sync-relay/src/core/mapping/conversions/conversion-of";
import { crmChanges } from "../../../sync-relay/src/core/mapping/crm-changes";
import {
  type FieldRule,
  readCrmValue,
  type Reading,
  readPartnerCenterValue,
  ruleOf,
} from "../../../sync-relay/src/core/mapping/field-rule";
import { patchOperations } from "../../../sync-relay/src/core/mapping/patch-operations";
import { readCrm } from "../../../sync-relay/src/core/mapping/read-crm";
import { readReferral } from "../../../sync-relay/src/core/mapping/read-referral";
import { referralPayload } from "../../../sync-relay/src/core/mapping/referral-payload";
import { mappingJsonSchema } from "../../../sync-relay/src/adapters/mapping-file/mapping-schema";
import { aReferral } from "../../core/mapping/a-field-map";
import { loaded } from "./a-mapping-file";

const map = loaded();
const rules = map.fields.map(({ key }) => rule(key));

function rule(key: string): FieldRule {
  const found = ruleOf(map, key);
  if (found === null) throw new Error(`no rule for ${key}`);
  return found;
}

/** Values per field and law, enough to meet the odd ones. */
const VALUES = 10_000;

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  // Longer than every limit of the shipped mapping.
  fc.tuple(fc.string({ minLength: 1 }), fc.nat(3000)).map(([piece, length]) => piece.repeat(length).slice(0, length)),
  fc.string({ unit: fc.constantFrom("✔", "✘", " ", "\n", "\r", "\t", "\u00a0", "a", "\ud83d", "\ufe0f", "\u2028") }),
);
const days = fc
  .date({ min: new Date("1700-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
  .map((day) => day.toISOString());
const numbers = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.integer().map((n) => n / 1000),
);
const ids = fc.oneof(
  fc.tuple(fc.nat(99), fc.constantFrom("ABC", "xyz", "A1")).map(([n, tail]) => `SOL-${n}-${tail}`),
  fc.uuid(),
  fc.constantFrom("contoso.erp", "Contoso.ERP", "12345", "prose"),
);
const solutionValues = fc.oneof(
  fc.array(ids).map((list) => list.join(";")),
  fc.array(fc.record({ id: ids, type: fc.constantFrom("Name", "Category", "None") })),
);
const persons = fc.record(
  { firstName: texts, lastName: texts, phoneNumber: texts, email: texts, title: texts },
  { requiredKeys: [] },
);
const shaped: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  money: fc.oneof(numbers, numbers.map(String)),
  date: fc.oneof(
    days,
    days.map((day) => day.slice(0, 10)),
  ),
  currency: fc.constantFrom("EUR", "usd", " GBP ", "XXX", "ZZZ"),
  country: fc.oneof(fc.constantFrom(...countryCodes), fc.constantFrom("Germany", "France", "Royaume-Uni", "U.K.", "é")),
  solutions: solutionValues,
  people: fc.oneof(persons, fc.array(persons, { maxLength: 4 })),
  status: fc.oneof(fc.integer({ min: 0, max: 7 }), fc.constantFrom("won", "lost", "on-hold", "in-progress", "3")),
  choice: fc.oneof(fc.constantFrom(...helpOptions.flatMap(({ value, code }) => [value, code, String(value)]))),
  bool: fc.oneof(fc.boolean(), fc.constantFrom("true", "0", 1, "no")),
};

/** Any value at all, and often one that the conversion is meant for. */
function rawValues({ as }: FieldRule): fc.Arbitrary<Json> {
  const anything = fc.jsonValue() as fc.Arbitrary<Json>;
  const meant = (shaped[as] ?? texts) as fc.Arbitrary<Json>;
  return fc.oneof({ weight: 5, arbitrary: meant }, { weight: 1, arbitrary: anything });
}

/** Canonical values that the raw value has on either side; reading must not throw. */
function canonicalValues(field: FieldRule, raw: Json): readonly Json[] {
  const read = [readCrmValue(field, raw), readPartnerCenterValue(field, raw)];
  return read.flatMap((one) => (one.kind === "value" ? [one.value] : []));
}

/** Compared without Jest's matcher, which would take most of the time of these many runs. */
function expectSame(back: Reading | undefined, value: Json): void {
  if (back?.kind !== "value" || !sameJson(back.value, value)) expect(back).toEqual({ kind: "value", value });
}

describe("the laws of every shipped field", () => {
  test.each(rules.map((field) => [field.key, field] as const))(
    "[MP20] %s: what is written to Partner Center reads back as what was meant",
    (_key, field) => {
      fc.assert(
        fc.property(rawValues(field), (raw) => {
          for (const value of canonicalValues(field, raw)) {
            const written = conversionOf[field.as].toPartnerCenter(value, field);
            const back = written === undefined ? undefined : readPartnerCenterValue(field, written);
            expectSame(back, value);
          }
        }),
        { numRuns: VALUES },
      );
    },
  );

  test.each(rules.filter(({ as }) => as !== "people").map((field) => [field.key, field] as const))(
    "[MP20] %s: what is written to the CRM reads back as what was meant",
    (_key, field) => {
      fc.assert(
        fc.property(rawValues(field), (raw) => {
          for (const value of canonicalValues(field, raw)) {
            const written = conversionOf[field.as].toCrm(value, field);
            const back = written === undefined ? undefined : readCrmValue({ ...field, required: false }, written);
            expectSame(back, value);
          }
        }),
        { numRuns: VALUES },
      );
    },
  );

  test("[MP20] the check that customers' files get finds nothing in ours", () => {
    expect(checkLaws(map)).toEqual([]);
  });

  test("[MP21] no referral and no opportunity makes the mapping throw", () => {
    const json = fc.dictionary(
      fc.constantFrom("details", "customerProfile", "team", "consent", "name", "status", "inviteContext"),
      fc.jsonValue(),
    ) as fc.Arbitrary<Record<string, Json>>;
    const columns = fc.dictionary(fc.constantFrom(...map.crmPaths), fc.jsonValue()) as fc.Arbitrary<
      Record<string, Json>
    >;
    fc.assert(
      fc.property(json, columns, fc.string(), (body, values, status) => {
        const referral = aReferral(body, { status });
        const fromCrm = readCrm(map, values).values;
        const fromReferral = readReferral(map, referral).values;
        patchOperations(map, fromCrm, referral);
        referralPayload(map, fromReferral);
        crmChanges(map, "create", { values: fromReferral, referral, current: {} });
        crmChanges(map, "update", { values: fromReferral, referral, current: values });
      }),
      { numRuns: VALUES },
    );
  });

  test("[MP21] whatever was stored as a decision, writing it does not throw", () => {
    const stored = fc.dictionary(fc.constantFrom(...map.fields.map(({ key }) => key)), fc.jsonValue()) as fc.Arbitrary<
      Record<string, Json>
    >;
    fc.assert(
      fc.property(stored, (values) => {
        patchOperations(map, values, aReferral());
        referralPayload(map, values);
        crmChanges(map, "update", { values, referral: aReferral(), current: {} });
      }),
      { numRuns: VALUES },
    );
  });
});

const opportunity = {
  name: "✔ Contoso renewal",
  estimatedvalue: 50000.005,
  "transactioncurrencyid.isocurrencycode": "eur",
  estimatedclosedate: "2026-11-14",
  description: "Line 1\r\nLine 2",
  statuscode: 1,
  "parentaccountid.name": "Contoso",
  "parentaccountid.address1_line1": "1 Rue de la Paix",
  "parentaccountid.address1_city": "Paris",
  "parentaccountid.address1_postalcode": "75002",
  "parentaccountid.address1_country": "Francia",
  "parentcontactid.firstname": "Sue",
  "parentcontactid.lastname": "Smith",
  "parentcontactid.telephone1": "+33 1",
  "parentcontactid.emailaddress1": "Sue@contoso.example",
  "ownerid.firstname": "John",
  "ownerid.lastname": "Doe",
  "ownerid.internalemailaddress": "john@partner.example",
  "ownerid.address1_telephone1": "+33 2",
  cosell_products: "SOL-15974-MQF\nSOL-2-ABC",
  cosell_helprequired: helpOptions[2]?.value ?? 0,
  cosell_visibletomicrosoft: true,
};

describe("the shipped mapping", () => {
  test("[MF15] an opportunity becomes the body of a referral", () => {
    const read = readCrm(map, opportunity);
    expect(read.problems).toEqual([]);
    expect(referralPayload(map, read.values)).toEqual({
      name: "Contoso renewal",
      details: {
        dealValue: 50000.01,
        currency: "EUR",
        closingDateTime: "2026-11-14T00:00:00Z",
        notes: "Line 1\nLine 2",
        requirements: {
          solutions: [
            { id: "SOL-15974-MQF", type: "Name" },
            { id: "SOL-2-ABC", type: "Name" },
          ],
          additionalRequirements: { attributes: [{ type: "CustomerMarketplaceIntent", id: "HaveNotDecided" }] },
        },
      },
      customerProfile: {
        name: "Contoso",
        address: { addressLine1: "1 Rue de la Paix", city: "Paris", postalCode: "75002", country: "FR" },
        team: [{ firstName: "Sue", lastName: "Smith", phoneNumber: "+33 1", email: "sue@contoso.example" }],
      },
      team: [{ firstName: "John", lastName: "Doe", phoneNumber: "+33 2", email: "john@partner.example" }],
      inviteContext: { assistanceRequestCode: helpOptions[2]?.code },
      consent: {
        consentToShareReferralWithMicrosoftSellers: true,
        consentToToShareInfoWithOthers: true,
        consentToContact: true,
      },
      qualification: "SalesQualified",
    });
  });

  test("[MF15] a referral that was made from an opportunity reads as the same values", () => {
    const { values } = readCrm(map, opportunity);
    const back = readReferral(map, aReferral(referralPayload(map, values))).values;
    const filledIn = Object.entries({ ...values, status: "in-progress" }).filter(([, value]) => value !== null);
    expect(back).toEqual(Object.fromEntries(filledIn));
  });

  test("[MF15] an opportunity without the essentials is held back, with every one of them named", () => {
    expect(readCrm(map, { name: "N" }).problems.map(({ field }) => field)).toEqual([
      "details.dealValue",
      "details.currency",
      "details.closingDateTime",
      "customerProfile.name",
      "customerProfile.address.country",
      "team",
      "details.requirements.solutions",
    ]);
  });

  test("[MF16] a referral becomes an opportunity with customer, contact and co-sell section", () => {
    const { values } = readCrm(map, opportunity);
    const referral = aReferral(referralPayload(map, values), { status: "New", substatus: "Received" });
    const read = readReferral(map, referral).values;
    const changes = crmChanges(map, "create", { values: read, referral, current: {} });
    expect(changes).toEqual({
      problems: [],
      stageValue: 2,
      values: {
        name: "Contoso renewal",
        estimatedvalue: 50000.01,
        "transactioncurrencyid.isocurrencycode": "EUR",
        estimatedclosedate: "2026-11-14",
        description: "Line 1\nLine 2",
        "parentaccountid.name": "Contoso",
        "parentaccountid.address1_line1": "1 Rue de la Paix",
        "parentaccountid.address1_city": "Paris",
        "parentaccountid.address1_postalcode": "75002",
        "parentaccountid.address1_country": "FR",
        "parentcontactid.firstname": "Sue",
        "parentcontactid.lastname": "Smith",
        "parentcontactid.telephone1": "+33 1",
        "parentcontactid.emailaddress1": "sue@contoso.example",
        cosell_products: "SOL-15974-MQF; SOL-2-ABC",
        cosell_helprequired: helpOptions[2]?.value,
        cosell_visibletomicrosoft: true,
      },
    });
  });

  test("[MF16] no help in Partner Center is no answer in the CRM", () => {
    const referral = aReferral({ inviteContext: { assistanceRequestCode: "Unknown" } });
    expect(readReferral(map, referral).values).toEqual({
      "inviteContext.assistanceRequestCode": null,
      status: "in-progress",
    });
  });

  test("[MF17] what goes both ways, and who wins", () => {
    const bothWays = map.fields.filter(({ sentOnUpdate, takenOnUpdate }) => sentOnUpdate && takenOnUpdate);
    expect(bothWays.map(({ key, conflict }) => [key, conflict])).toEqual([
      ["details.dealValue", "newest"],
      ["details.currency", "newest"],
      ["details.closingDateTime", "newest"],
      ["details.notes", "newest"],
      ["details.requirements.solutions", "newest"],
      ["consent.consentToShareReferralWithMicrosoftSellers", "newest"],
      ["status", "partnerCenter"],
    ]);
    expect(map.fields.find(({ key }) => key === "name")).toMatchObject({
      sentOnUpdate: false,
      takenOnUpdate: true,
      conflict: "partnerCenter",
    });
    expect(map.statusPath).toBe("statuscode");
  });

  test("[MF17] an opportunity that is lost to a rival says so", () => {
    expect(readCrm(map, { ...opportunity, statuscode: 5 }).values).toMatchObject({
      status: "lost",
      statusReason: "Customer chose another vendor",
    });
    expect(readCrm(map, { ...opportunity, statuscode: 4 }).values).toMatchObject({
      status: "lost",
      statusReason: null,
    });
  });

  test("[MF17] the mapping names the columns of the solution as they are", () => {
    const ours = map.crmPaths.filter((path) => path.startsWith("cosell_"));
    const known: readonly string[] = Object.values(opportunityColumns).map(({ logicalName }) => logicalName);
    expect(ours.filter((path) => !known.includes(path))).toEqual([]);
    expect(ours).toHaveLength(3);
  });

  test("[MF18] the schema for editors is the one of this version", () => {
    const written = readFileSync(join(__dirname, "../../../sync-relay/mapping/mapping.schema.json"), "utf8");
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(mappingJsonSchema())));
  });
});
