import { fc } from "../../support/properties";
import type { Json } from "../../../sync-relay/src/core/json";
import type { ConflictRule, MappedField } from "../../../sync-relay/src/core/mapping/field-map";
import { mergeFields, type MergeInput } from "../../../sync-relay/src/core/merge/merge-fields";

const KEY = "details.notes";

function aField(changes: Partial<MappedField> = {}): MappedField {
  return {
    key: KEY,
    as: "text",
    sentOnCreate: true,
    sentOnUpdate: true,
    takenOnUpdate: true,
    conflict: "newest",
    compare: "equal",
    ...changes,
  };
}

interface Values {
  readonly crm?: Json;
  readonly partnerCenter?: Json;
  readonly before?: { readonly crm: Json; readonly partnerCenter: Json; readonly decided: Json };
}

function merge(values: Values, input: Partial<MergeInput> = {}, field: Partial<MappedField> = {}) {
  return mergeFields({
    fields: [aField(field)],
    memory: values.before === undefined ? {} : { [KEY]: values.before },
    crm: values.crm === undefined ? {} : { [KEY]: values.crm },
    partnerCenter: values.partnerCenter === undefined ? {} : { [KEY]: values.partnerCenter },
    sentToCrm: [],
    sentToPartnerCenter: [],
    newest: "crm",
    unstable: new Set(),
    givenUp: new Set(),
    ...input,
  });
}

const agreedOn = (value: Json) => ({ crm: value, partnerCenter: value, decided: value });

test("[MG1] a change in the CRM alone goes to Partner Center", () => {
  const merged = merge({ crm: "new", partnerCenter: "old", before: agreedOn("old") });
  expect(merged.toPartnerCenter).toEqual({ [KEY]: "new" });
  expect(merged.toCrm).toEqual({});
});

test("[MG1] a change in Partner Center alone goes to the CRM", () => {
  const merged = merge({ crm: "old", partnerCenter: "new", before: agreedOn("old") });
  expect(merged.toCrm).toEqual({ [KEY]: "new" });
  expect(merged.toPartnerCenter).toEqual({});
});

test("[MG2] a decision that reached only one side is completed on the other", () => {
  const merged = merge({
    crm: "new",
    partnerCenter: "old",
    before: { crm: "new", partnerCenter: "old", decided: "new" },
  });
  expect(merged.toPartnerCenter).toEqual({ [KEY]: "new" });
});

test.each<[ConflictRule, "crm" | "partnerCenter", string]>([
  ["crm", "partnerCenter", "c"],
  ["partnerCenter", "crm", "p"],
  ["newest", "crm", "c"],
  ["newest", "partnerCenter", "p"],
])("[MG3] rule %s with %s written last keeps %s and reports the loser", (conflict, newest, kept) => {
  const merged = merge({ crm: "c", partnerCenter: "p", before: agreedOn("old") }, { newest }, { conflict });
  const lost = kept === "c" ? "p" : "c";
  expect(merged.conflicts).toEqual([{ field: KEY, winner: kept === "c" ? "crm" : "partnerCenter", kept, lost }]);
  expect(merged.toCrm).toEqual(kept === "p" ? { [KEY]: "p" } : {});
  expect(merged.toPartnerCenter).toEqual(kept === "c" ? { [KEY]: "c" } : {});
});

test("[MG4] the same change on both sides is no conflict", () => {
  const merged = merge({ crm: "x", partnerCenter: "x", before: agreedOn("old") });
  expect(merged).toMatchObject({ toCrm: {}, toPartnerCenter: {}, conflicts: [], held: [] });
  expect(merged.memory[KEY]).toEqual(agreedOn("x"));
});

test("[MG5] rule ask writes nothing and stays open", () => {
  const first = merge({ crm: "c", partnerCenter: "p", before: agreedOn("old") }, {}, { conflict: "ask" });
  expect(first).toMatchObject({ toCrm: {}, toPartnerCenter: {}, held: [{ field: KEY, because: "conflict" }] });
  const again = mergeFieldsAgain(first.memory[KEY], { crm: "c", partnerCenter: "p" }, { conflict: "ask" });
  expect(again.held).toEqual([{ field: KEY, because: "conflict" }]);
  const resolved = mergeFieldsAgain(first.memory[KEY], { crm: "p", partnerCenter: "p" }, { conflict: "ask" });
  expect(resolved.held).toEqual([]);
});

test("[MG6] our own unconfirmed write to Partner Center does not beat a seller's edit", () => {
  const before = { crm: "mine", partnerCenter: "old", decided: "mine" };
  const merged = merge(
    { crm: "edited", partnerCenter: "older-write", before },
    { sentToPartnerCenter: [{ [KEY]: "older-write" }] },
  );
  expect(merged.conflicts).toEqual([]);
  expect(merged.toPartnerCenter).toEqual({ [KEY]: "edited" });
});

test("[MG8] a one-way field equals its source", () => {
  const out = merge({ crm: "a", partnerCenter: "b", before: agreedOn("a") }, {}, { takenOnUpdate: false });
  expect(out.toPartnerCenter).toEqual({ [KEY]: "a" });
  const into = merge(
    { crm: "a", partnerCenter: "b", before: agreedOn("a") },
    {},
    { sentOnUpdate: false, sentOnCreate: false },
  );
  expect(into.toCrm).toEqual({ [KEY]: "b" });
});

test("[MG8] a change of a field that is fixed at creation is held until it is set back", () => {
  const frozen = { sentOnUpdate: false, takenOnUpdate: false };
  const held = merge({ crm: "new", partnerCenter: "old", before: agreedOn("old") }, {}, frozen);
  expect(held).toMatchObject({ toCrm: {}, toPartnerCenter: {}, held: [{ field: KEY, because: "not-changeable" }] });
  const again = mergeFieldsAgain(held.memory[KEY], { crm: "new", partnerCenter: "old" }, frozen);
  expect(again.held).toHaveLength(1);
  const back = mergeFieldsAgain(held.memory[KEY], { crm: "old", partnerCenter: "old" }, frozen);
  expect(back.held).toEqual([]);
});

test("[MG8] a seller's change to a field that only Partner Center may change is held, and theirs still arrives", () => {
  const name = { sentOnUpdate: false, takenOnUpdate: true };
  const held = merge({ crm: "seller's", partnerCenter: "old", before: agreedOn("old") }, {}, name);
  expect(held).toMatchObject({ toCrm: {}, held: [{ because: "not-changeable" }] });
  const theirs = merge({ crm: "old", partnerCenter: "portal's", before: agreedOn("old") }, {}, name);
  expect(theirs).toMatchObject({ toCrm: { [KEY]: "portal's" }, held: [] });
});

test("[MG9] a field that could not be converted on one side is left alone", () => {
  const merged = merge({ partnerCenter: "p", before: agreedOn("old") });
  expect(merged).toMatchObject({ toCrm: {}, toPartnerCenter: {}, conflicts: [] });
  expect(merged.memory[KEY]).toEqual(agreedOn("old"));
});

const keptAsForm = { crm: "A", partnerCenter: "a", decided: "a", form: true } as const;

test("[MG10] a field that was written everywhere and still differs is given up until it changes", () => {
  const first = merge({ crm: "A", partnerCenter: "a", before: keptAsForm }, { givenUp: new Set([KEY]) });
  expect(first).toMatchObject({ toCrm: {}, toPartnerCenter: {}, held: [{ field: KEY, because: "unstable" }] });
  const apart = { unstable: new Set([KEY]) };
  const quiet = mergeFieldsAgain(first.memory[KEY], { crm: "A", partnerCenter: "a" }, {}, apart);
  expect(quiet).toMatchObject({ toCrm: {}, toPartnerCenter: {}, held: [{ because: "unstable" }] });
  const edited = mergeFieldsAgain(first.memory[KEY], { crm: "B", partnerCenter: "a" }, {}, apart);
  expect(edited).toMatchObject({ toPartnerCenter: { [KEY]: "B" }, held: [] });
});

test("[MG10] an edit that comes while a field is written everywhere is carried over, not given up", () => {
  const merged = merge({ crm: "A", partnerCenter: "edited", before: keptAsForm }, { givenUp: new Set([KEY]) });
  expect(merged).toMatchObject({ toCrm: { [KEY]: "edited" }, held: [] });
});

test("[MG13] the form in which a server keeps a value goes to the other side, and gives way to any edit there", () => {
  const quiet = merge({ crm: "A", partnerCenter: "a", before: keptAsForm }, { newest: "crm" });
  expect(quiet).toMatchObject({ toCrm: { [KEY]: "a" }, conflicts: [] });
  const theirs = merge({ crm: "edited", partnerCenter: "a", before: keptAsForm }, { newest: "partnerCenter" });
  expect(theirs).toMatchObject({ toPartnerCenter: { [KEY]: "edited" }, conflicts: [] });
});

test.each<["crm" | "partnerCenter"]>([["crm"], ["partnerCenter"]])(
  "[MG14] an edit wins over a field that was left apart, under the rule %s",
  (conflict) => {
    const before = { crm: "A", partnerCenter: "a", decided: "A" };
    const apart = { unstable: new Set([KEY]) };
    const merged = merge({ crm: "A", partnerCenter: "edited", before }, apart, { conflict });
    expect(merged).toMatchObject({ toCrm: { [KEY]: "edited" }, toPartnerCenter: {}, conflicts: [] });
  },
);

test("[MG11] two records that meet for the first time are merged by the rule", () => {
  expect(merge({ crm: "c", partnerCenter: "p" }, {}, { conflict: "partnerCenter" }).toCrm).toEqual({ [KEY]: "p" });
  expect(merge({ crm: "c", partnerCenter: "p" }, {}, { conflict: "crm" }).toPartnerCenter).toEqual({ [KEY]: "c" });
});

test("[MG15] people of the CRM are not added at first contact, nor at any later look, until the CRM names somebody else", () => {
  const people = (...emails: readonly string[]): Json =>
    emails.map((email) => ({ firstName: null, lastName: null, phoneNumber: null, email }));
  const team = { compare: "contains", takenOnUpdate: false } as const;
  const look = (values: Values, memory?: MergeInput["memory"]) =>
    merge(values, memory === undefined ? {} : { memory }, team);
  const first = look({ crm: people("a@x"), partnerCenter: people("b@x") });
  expect(first.toPartnerCenter).toEqual({});
  const again = look({ crm: people("a@x"), partnerCenter: people("b@x") }, first.memory);
  expect(again.toPartnerCenter).toEqual({});
  const joined = look({ crm: people("a@x"), partnerCenter: people("b@x", "c@x") }, again.memory);
  expect(joined.toPartnerCenter).toEqual({});
  const named = look({ crm: people("d@x"), partnerCenter: people("b@x", "c@x") }, joined.memory);
  expect(named.toPartnerCenter).toEqual({ [KEY]: people("d@x") });
  // The write was lost: what was decided is still to be sent.
  const lost = look({ crm: people("d@x"), partnerCenter: people("b@x", "c@x") }, named.memory);
  expect(lost.toPartnerCenter).toEqual({ [KEY]: people("d@x") });
});

test("[MG15] a list of people that the relay sent is its own, also in the form that the server gave it", () => {
  const person = (phoneNumber: string): Json => [{ firstName: null, lastName: null, phoneNumber, email: "a@x" }];
  const [crm, kept] = [person("+49 30 1"), person("+49301")];
  const team = { compare: "contains", takenOnUpdate: false } as const;
  const memory: MergeInput["memory"] = { [KEY]: { crm, partnerCenter: kept, decided: kept, form: true } };
  const once = merge({ crm, partnerCenter: kept }, { memory }, team);
  expect(once.toPartnerCenter).toEqual({ [KEY]: crm });
  // Written everywhere, and still in another form: that is told.
  const apart = merge({ crm, partnerCenter: kept }, { memory, givenUp: new Set([KEY]) }, team);
  expect(apart).toMatchObject({ toPartnerCenter: {}, held: [{ field: KEY, because: "unstable" }] });
  const removed = merge({ crm, partnerCenter: [] }, { memory }, team);
  expect(removed.toPartnerCenter).toEqual({ [KEY]: crm });
});

test("[MG12] an edit that meets an undelivered decision is a conflict", () => {
  const undelivered = { crm: "c", partnerCenter: "old", decided: "c" };
  const merged = merge({ crm: "c", partnerCenter: "p", before: undelivered }, { newest: "partnerCenter" });
  expect(merged.conflicts).toEqual([{ field: KEY, winner: "partnerCenter", kept: "p", lost: "c" }]);
  const other = { crm: "old", partnerCenter: "p", decided: "p" };
  const back = merge({ crm: "c", partnerCenter: "p", before: other }, { newest: "crm" });
  expect(back.conflicts).toEqual([{ field: KEY, winner: "crm", kept: "c", lost: "p" }]);
});

test("[MG7] merging again with the result writes nothing, for any input", () => {
  const value = fc.constantFrom<Json>("a", "b", "c", null);
  const memory = fc.option(fc.record({ crm: value, partnerCenter: value, decided: value }), { nil: undefined });
  const rule = fc.constantFrom<ConflictRule>("newest", "crm", "partnerCenter", "ask");
  const flags = fc.record({ sentOnCreate: fc.boolean(), sentOnUpdate: fc.boolean(), takenOnUpdate: fc.boolean() });
  fc.assert(
    fc.property(
      value,
      value,
      memory,
      rule,
      flags,
      fc.boolean(),
      (crm, partnerCenter, before, conflict, flow, newer) => {
        const newest = newer ? "crm" : "partnerCenter";
        const field = { ...flow, conflict };
        const first = merge({ crm, partnerCenter, ...(before === undefined ? {} : { before }) }, { newest }, field);
        const after = {
          crm: first.toCrm[KEY] === undefined ? crm : first.toCrm[KEY],
          partnerCenter: first.toPartnerCenter[KEY] === undefined ? partnerCenter : first.toPartnerCenter[KEY],
        };
        const again = mergeFieldsAgain(first.memory[KEY], after, field, { newest });
        expect([again.toCrm, again.toPartnerCenter]).toEqual([{}, {}]);
      },
    ),
    { numRuns: 5000 },
  );
});

function mergeFieldsAgain(
  before: { crm: Json; partnerCenter: Json; decided: Json } | undefined,
  now: { crm: Json; partnerCenter: Json },
  field: Partial<MappedField>,
  input: Partial<MergeInput> = {},
) {
  return merge({ ...now, ...(before === undefined ? {} : { before }) }, input, field);
}
