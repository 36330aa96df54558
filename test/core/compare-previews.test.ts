import { canBeShared, comparePreviews } from "../../sync-relay/src/core/compare-previews";
import type { FieldMap } from "../../sync-relay/src/core/mapping/field-map";
import { previewDeal, type DealPreview } from "../../sync-relay/src/core/preview-deal";
import { loaded } from "../adapters/mapping-file/a-mapping-file";
import { anOpportunity, readyValues } from "../support/builders";

const extending = "version: 1\nextends: builtin/default\n";
const values = readyValues({ new_acv: 20_000 });

function previewWith(map: FieldMap): DealPreview {
  return previewDeal({ map, opportunity: anOpportunity({ values }), referral: null, pair: null, coSellPosts: "two" });
}

const shipped = previewWith(loaded());

test("[MD3] mappings that do the same to a deal do not differ, however they are written", () => {
  const file = `${extending}toPartnerCenter:\n  create:\n    - { to: details.notes, from: description, max: 1999 }\n`;
  expect(comparePreviews(shipped, previewWith(loaded(file)))).toBe(null);
});

test("[MD3] a field with another effect is told with what it was and what it would be", () => {
  const file = `${extending}
toPartnerCenter: { fields: [{ to: details.dealValue, from: new_acv, required: true }] }
toCrm: { fields: [{ to: estimatedvalue, off: true }, { to: new_acv, from: details.dealValue }] }
`;
  const difference = comparePreviews(shipped, previewWith(loaded(file)));
  expect(difference?.fields.map(({ key }) => key)).toEqual(["details.dealValue"]);
  expect(difference?.fields[0]?.before?.writes[0]?.after).toBe(50_000);
  expect(difference?.fields[0]?.after?.writes[0]?.after).toBe(20_000);
  expect(difference?.shareable).toEqual({ before: true, after: true });
});

test("[MD3] a mapping that holds the deal back differs, even when every field is the same", () => {
  const strict = previewWith(loaded(`${extending}toPartnerCenter: { when: crm.estimatedvalue > 1000000 }\n`));
  expect(canBeShared(strict)).toBe(false);
  expect(comparePreviews(shipped, strict)).toEqual({ fields: [], shareable: { before: true, after: false } });
});
