import { fc } from "../../../support/properties";
import { type Json, sameJson } from "../../../../sync-relay/src/core/json";
import { conversionOf } from "../../../../sync-relay/src/core/mapping/conversions/conversion-of";
import type {
  Canonical,
  ConversionSettings,
} from "../../../../sync-relay/src/core/mapping/conversions/conversion-rules";
import { conversions, type ValueList } from "../../../../sync-relay/src/core/mapping/field-map";

const list: ValueList = {
  builtin: null,
  pairs: [
    { crm: 1, canonical: "in-progress" },
    { crm: "two", canonical: "won" },
    { crm: true, canonical: "lost" },
    { crm: null, canonical: "Unknown" },
  ],
};

/** Values beyond those of the shipped mapping's fields, for every conversion alike. */
const raw = fc.oneof(
  fc.jsonValue() as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(1, "1", "two", "1,two", "two,two", true, "true", "won", "Unknown", ["won", "lost"], "", "  "),
  fc.string({
    unit: fc.constantFrom("<", ">", "&", "amp;", "br", "p", "/", " ", "\n", "a", "✔", "#", "4", "!--", ";"),
  }),
  fc
    .date({ min: new Date("1753-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((day) => day.toISOString()),
  fc.double().map(String),
  fc.integer().map((n) => n / 1000),
);

/** Values per conversion. */
const VALUES = 10_000;

function same(read: Canonical, canonical: Json): boolean {
  return read.kind === "value" && sameJson(read.value, canonical);
}

describe.each(conversions.map((as) => [as, conversionOf[as]] as const))("%s", (as, rules) => {
  const settings: ConversionSettings = {
    list: ["choice", "choices", "status"].includes(as) ? list : null,
    max: as === "text" || as === "html-to-text" ? 12 : null,
  };

  test("[CV17] what is written reads back, on both sides, whatever was read", () => {
    fc.assert(
      fc.property(raw, (value) => {
        for (const read of [rules.fromCrm(value, settings), rules.fromPartnerCenter(value, settings)]) {
          if (read.kind !== "value") continue;
          const sent = rules.toPartnerCenter(read.value, settings);
          expect(sent !== undefined && same(rules.fromPartnerCenter(sent, settings), read.value)).toBe(true);
          const taken = rules.toCrm(read.value, settings);
          expect(as === "people" || (taken !== undefined && same(rules.fromCrm(taken, settings), read.value))).toBe(
            true,
          );
        }
      }),
      { numRuns: VALUES },
    );
  });
});
