import type { CrmColumn, CrmColumnKind } from "../../../sync-relay/src/core/mapping/crm-column";
import { meetsCondition, readCrm } from "../../../sync-relay/src/core/mapping/read-crm";
import { loadMapping } from "../../../sync-relay/src/adapters/mapping-file/load-mapping";
import { formatProblems } from "../../../sync-relay/src/adapters/mapping-file/mapping-problem";
import { complaints, loaded, problemsOf } from "./a-mapping-file";

/** A column that may be set and holds what the kind holds. */
function aColumn(kind: CrmColumnKind, rest: Partial<CrmColumn> = {}): CrmColumn {
  return { kind, options: null, writable: { create: true, update: true }, maxLength: null, ...rest };
}

const extending = "version: 1\nextends: builtin/default\n";

describe("a file of one's own", () => {
  test("[MF1] a file says everything itself unless it extends the mapping of the relay", () => {
    const map = loaded("version: 1\ntoPartnerCenter:\n  create:\n    - { to: name, from: name }\n");
    expect(map.fields.map(({ key }) => key)).toEqual(["name"]);
  });

  test("[MF1] JSON is read like YAML", () => {
    const map = loaded('{ "version": 1, "toPartnerCenter": { "create": [{ "to": "name", "from": "topic" }] } }');
    expect(map.crmPaths).toEqual(["topic"]);
  });

  test("[MF2] a later entry with the same target wins, and the rest of the relay's mapping stays", () => {
    const map = loaded(`${extending}
toPartnerCenter:
  fields:
    - { to: details.dealValue, from: new_acv }
toCrm:
  fields:
    - { to: estimatedvalue, off: true }
    - { to: new_acv, from: details.dealValue }
`);
    expect(map.crmPaths).toContain("new_acv");
    expect(map.crmPaths).not.toContain("estimatedvalue");
    expect(map.fields.find(({ key }) => key === "details.dealValue")).toMatchObject({
      sentOnCreate: true,
      sentOnUpdate: true,
      takenOnUpdate: true,
    });
    expect(map.fields.map(({ key }) => key)).toContain("details.notes");
  });

  test("[MF2] `off` removes an entry, and complains when there is none", () => {
    const map = loaded(`${extending}toPartnerCenter:\n  fields:\n    - { to: details.notes, off: true }\n`);
    expect(map.toPartnerCenter.create.map(({ to }) => to)).not.toContain("details.notes");
    expect(complaints(`${extending}toCrm:\n  update:\n    - { to: new_nothing, off: true }\n`)).toEqual([
      '5:13 there is no "new_nothing" to remove',
    ]);
  });

  test("[MF3] an entry under `fields` counts for the events it names, for both without any", () => {
    const map = loaded(`version: 1
toPartnerCenter:
  fields:
    - { to: details.notes, from: a }
    - { to: name, from: b, on: [create] }
`);
    expect(map.toPartnerCenter.create.map(({ to }) => to)).toEqual(["details.notes", "name"]);
    expect(map.toPartnerCenter.update.map(({ to }) => to)).toEqual(["details.notes"]);
  });

  test("[MF4] a list of the file replaces the relay's list of that name", () => {
    const map = loaded(`${extending}
lists:
  status: { 1: in-progress, 2: on-hold, 3: won, 4: lost, 100000001: { means: in-progress, writeBack: false } }
`);
    const base = { name: "N" };
    expect(readCrm(map, { ...base, statuscode: 100000001 }).values["status"]).toBe("in-progress");
    expect(readCrm(map, { ...base, statuscode: 5 }).values["status"]).toBe(undefined);
  });

  test("[MF4] the key of a list keeps its kind: numbers are written as numbers", () => {
    const map = loaded(`version: 1
lists: { rating: { 1: Hot, "2": Cold, "": None } }
toPartnerCenter: { update: [{ to: campaignId, from: rating, as: choice, list: rating }] }
`);
    expect(map.toPartnerCenter.update[0]?.list?.pairs).toEqual([
      { crm: 1, canonical: "Hot" },
      { crm: "2", canonical: "Cold" },
      { crm: null, canonical: "None" },
    ]);
  });

  test("[MF5] a formula is a source, and what it reads is asked of the CRM", () => {
    const map = loaded(`version: 1
toPartnerCenter:
  when: has(crm.worth) && crm.worth >= 100
  create:
    - { to: details.dealValue, expr: "crm.worth * 3" }
`);
    expect(map.crmPaths).toEqual(["worth"]);
    expect(readCrm(map, { worth: 10 }).values).toEqual({ "details.dealValue": 30 });
    expect(meetsCondition(map, { worth: 100 })).toBe(true);
    expect(meetsCondition(map, { worth: 99 })).toBe(false);
    expect(meetsCondition(map, { worth: null })).toBe(false);
  });
});

describe("what is refused", () => {
  test.each<[string, string, string]>([
    ["an unknown key", "version: 1\nfeilds: []\n", '2:1 unknown key "feilds"'],
    [
      "a key that an entry does not have",
      "version: 1\ntoCrm:\n  create:\n    - { to: a, form: name }\n",
      '4:16 unknown key "form"',
    ],
    [
      "a conversion that does not exist",
      "version: 1\ntoCrm:\n  create:\n    - { to: a, from: name, as: strnig }\n",
      '4:32 as: Invalid option: expected one of "text"',
    ],
    ["a wrong version", "version: 2\n", "1:10 version: Invalid input: expected 1"],
    ["a missing version", "toCrm: {}\n", "1:1 version: "],
    [
      "two sources",
      "version: 1\ntoCrm:\n  create:\n    - { to: a, from: name, value: 1 }\n",
      "4:13 give exactly one of from, value and expr",
    ],
    ["no source", "version: 1\ntoCrm:\n  create:\n    - { to: a }\n", "4:13 give exactly one of from, value and expr"],
    [
      "a list that does not exist",
      "version: 1\ntoCrm:\n  create:\n    - { to: a, from: campaignId, as: choice, list: ratings }\n",
      '4:52 there is no list "ratings" under lists',
    ],
    [
      "a built-in list that does not exist",
      "version: 1\nlists: { c: { $builtin: iso4217 } }\n",
      "2:25 $builtin: there are iso3166 and help",
    ],
    [
      "a place that no referral has",
      "version: 1\ntoPartnerCenter:\n  create:\n    - { to: detials.notes, from: a }\n",
      '4:13 Partner Center has no "detials.notes"; did you mean "details.notes"?',
    ],
    [
      "a change that Partner Center does not allow",
      "version: 1\ntoPartnerCenter:\n  update:\n    - { to: name, from: name }\n",
      '4:13 Partner Center does not let "name" change after creation',
    ],
    [
      "a place written twice",
      "version: 1\ntoPartnerCenter:\n  fields: [{ to: name, from: a, on: [create] }]\n  create: [{ to: name, from: b }]\n",
      '4:18 "name" is written twice on create',
    ],
    [
      "a list that cannot be turned round",
      "version: 1\nlists: { r: { 1: Hot, 2: Hot } }\ntoCrm: { create: [{ to: a, from: campaignId, as: choice, list: r }] }\n",
      '2:23 "1" and "2" both mean "Hot"; write { means: "Hot", writeBack: false }',
    ],
    [
      "a status list with other words than stages",
      "version: 1\nlists: { s: { 1: Active } }\ntoPartnerCenter: { update: [{ to: status, from: a, list: s }] }\n",
      "3:58 list: a list for status leads to on-hold, in-progress, won, lost",
    ],
    [
      "a constant of the wrong kind",
      "version: 1\ntoPartnerCenter:\n  create:\n    - { to: details.dealValue, value: much }\n",
      "4:39 value: is not a value of the kind money",
    ],
    [
      "a default of the wrong kind",
      "version: 1\ntoPartnerCenter:\n  create:\n    - { to: details.currency, from: c, default: dollars }\n",
      "4:49 default: is not a value of the kind currency",
    ],
    [
      "a formula with a wrong name",
      'version: 1\ntoPartnerCenter:\n  create:\n    - { to: name, expr: "cmr.name" }\n',
      "4:25 Unknown variable: cmr",
    ],
    [
      "a condition that is no condition",
      "version: 1\ntoPartnerCenter:\n  when: '1 + 1'\n",
      "3:9 when: gives int, not true or false",
    ],
    ["broken YAML", "version: 1\ntoCrm: { create: [\n", "3:1 "],
    ["the same key twice", "version: 1\nversion: 1\n", "2:1 Map keys must be unique"],
    [
      "a path that is none",
      "version: 1\ntoCrm:\n  create:\n    - { to: estimated value, from: name }\n",
      "4:13 to: is not a path of the CRM",
    ],
    [
      "a look-up that nothing writes",
      "version: 1\nmatch: { parentaccountid: [name] }\n",
      '2:10 "parentaccountid" is found by "name", but no toCrm entry writes "parentaccountid.name"',
    ],
    [
      "a person with an unknown part",
      "version: 1\ntoPartnerCenter:\n  create:\n    - to: team\n      from: { fristName: a }\n",
      '5:15 unknown key "fristName"',
    ],
  ])("[MF6] %s", (_what, text, complaint) => {
    expect(complaints(text).join("\n")).toContain(complaint);
  });

  test("[MF6] everything that is wrong is said at once", () => {
    const text = `version: 1
toPartnerCenter:
  create:
    - { to: nme, from: a }
    - { to: id, from: b }
    - { to: details.notes, from: c, list: nothing }
    - { to: details.dealValue, expr: 1 + "a" }
toCrm:
  create:
    - { to: c, from: nothing }
`;
    expect(problemsOf(text).map(({ line }) => line)).toEqual([4, 5, 6, 7, 10]);
  });

  test("[MF6] what has no usable shape is left out, and the rest is checked in the same run", () => {
    const text = `${extending}lists:
  mine: { 1: Hot, 2: [Cold] }
  other: 5
match: { parentaccountid: [na me, "5"] }
entities: { crm: lead }
feilds: []
toPartnerCenter:
  when: 5
  create:
    - { to: details.notes, form: name }
    - { to: nme, from: a }
    - 7
    - { to: campaignId, from: c, as: choice, list: mine }
  update: none
toCrm:
  create:
    - { to: c, from: nothing }
`;
    expect(complaints(text)).toEqual([
      "4:22 2: has a value of the wrong kind",
      "5:10 other: Invalid input: expected record, received number",
      "6:28 parentaccountid: is not a path of the CRM, e.g. estimatedvalue or parentaccountid.name",
      "6:35 parentaccountid: is not a path of the CRM, e.g. estimatedvalue or parentaccountid.name",
      '7:11 partnerCenter: Invalid input: expected "referral"',
      '7:18 crm: Invalid input: expected "opportunity"',
      '8:1 unknown key "feilds"',
      "10:9 when: Invalid input: expected string, received number",
      '12:28 unknown key "form"',
      '13:13 Partner Center has no "nme"; did you mean "name"?',
      "14:7 create: Invalid input: expected object, received number",
      "16:11 update: Invalid input: expected array, received string",
      '19:22 Partner Center has no "nothing"',
    ]);
  });

  test("[MF6] nothing is said of an entry that only follows from the shape of another", () => {
    const text = `${extending}
toPartnerCenter:
  fields:
    - { to: details.dealValue, from: new_acv }
toCrm:
  fields:
    - { to: estimatedvalue, off: yes please }
    - { to: new_acv, from: details.dealValue, mxa: 5 }
`;
    expect(problemsOf(text).map(({ line }) => line)).toEqual([9, 10]);
  });

  test("[MF6] a disagreement with the extended mapping is shown at the file's own entry", () => {
    const text = `${extending}toPartnerCenter:\n  fields:\n    - { to: details.dealValue, expr: crm.a * 3 }\n`;
    expect(complaints(text)).toEqual([
      '5:38 "details.dealValue" is sent from a formula, a constant or parts: it cannot be taken back; ' +
        "or write { to: estimatedvalue, off: true } under toCrm.update",
    ]);
  });

  test("[MF7] a field that goes both ways and does not read back is refused with the value that proves it", () => {
    const text = `version: 1
lists:
  r: { A: B, B: A, x: { means: C, writeBack: true }, "x ": D }
toPartnerCenter: { update: [{ to: campaignId, from: c, as: choice, list: r }] }
toCrm: { update: [{ to: c, from: campaignId, as: choice, list: r }] }
`;
    expect(complaints(text)).toEqual([
      '5:25 "campaignId" cannot go both ways: "D" written to the CRM reads back as "C"',
    ]);
  });

  test("[MF8] when the CRM's columns are known, a column that is not there or does not fit is refused", () => {
    const text = `version: 1
toPartnerCenter:
  create:
    - { to: details.dealValue, from: estimatedvaleu }
    - { to: details.notes, expr: crm.descripton }
    - { to: details.closingDateTime, from: topic }
    - { to: name, from: parentaccountid }
`;
    const columns = new Map([
      ["topic", aColumn("text")],
      ["parentaccountid", aColumn("lookup")],
    ]);
    expect(complaints(text.replace("details.notes", "notes"), { columns })).toEqual([
      '4:38 the CRM has no column "estimatedvaleu"',
      '5:13 Partner Center has no "notes"; did you mean "details.notes"?',
      '5:26 the CRM has no column "descripton"',
      '7:25 the column "parentaccountid" is of the kind lookup: it does not go with text',
    ]);
    expect(complaints(text, { columns })).toEqual([
      '4:38 the CRM has no column "estimatedvaleu"',
      '5:34 the CRM has no column "descripton"',
      '7:25 the column "parentaccountid" is of the kind lookup: it does not go with text',
    ]);
  });

  test("[MF8] a value that a choice does not have, a column that cannot be set and a text that is too long are refused", () => {
    const text = `version: 1
lists: { rating: { 1: Hot, 7: Cold } }
toPartnerCenter:
  update: [{ to: campaignId, from: rating, as: choice, list: rating }]
toCrm:
  create:
    - { to: rating, value: 9 }
    - { to: topic, from: details.notes, max: 200 }
    - { to: note, from: details.notes, max: 100 }
  update:
    - { to: base, from: details.dealValue }
`;
    const columns = new Map([
      ["rating", aColumn("choice", { options: [1, 2] })],
      ["topic", aColumn("text", { maxLength: 100 })],
      ["note", aColumn("text", { maxLength: 100 })],
      ["base", aColumn("money", { writable: { create: true, update: false } })],
    ]);
    expect(complaints(text, { columns })).toEqual([
      '4:62 the column "rating" has no value 7; it has 1, 2',
      '7:28 the column "rating" has no value 9; it has 1, 2',
      '8:46 the column "topic" takes 100 characters: say max: 100',
      '11:13 the CRM does not let "base" be set on update',
    ]);
  });

  test("[MF8] formulas are checked against the types of the columns that they read", () => {
    const text = `version: 1
toPartnerCenter:
  when: crm.topic > 5
  create:
    - { to: details.dealValue, expr: "crm.topic * 2" }
    - { to: details.notes, expr: "crm.account.name + crm.worth" }
    - { to: details.currency, expr: "has(crm.worth) && crm.worth > 0 ? crm.topic : 'EUR'" }
    - { to: campaignId, expr: "crm.rating == 2 ? string(crm.worth * 2) : ''" }
    - { to: details.closingDateTime, expr: "has(crm.worth) ? crm.worth * 3 : 0" }
`;
    const columns = new Map([
      ["topic", aColumn("text")],
      ["worth", aColumn("money")],
      ["rating", aColumn("choice", { options: [1, 2] })],
      ["account.name", aColumn("text")],
    ]);
    expect(complaints(text, { columns })).toEqual([
      "3:9 no such overload: string > int",
      "5:38 no such overload: string * int",
      "6:34 no such overload: string + double",
    ]);
  });

  test("[MF9] a problem is shown with its line and a caret under the place", () => {
    const problems = problemsOf("version: 1\ntoCrm:\n  create:\n    - { to: a, form: name }\n");
    expect(formatProblems(problems.slice(0, 1))).toMatch(
      /mapping\.yaml:4:16 unknown key "form"\n {6}- \{ to: a, form: name \}\n {17}\^$/,
    );
  });

  test("[MF9] the caret of a formula stands where the formula is wrong", () => {
    const [problem] = problemsOf(
      "version: 1\ntoPartnerCenter: { create: [{ to: name, expr: 'crm.a + (1 + \"x\")' }] }\n",
    );
    expect(problem?.message).toBe("no such overload: int + string");
    expect(problem?.excerpt.slice((problem.column ?? 0) - 1)).toMatch(/^1 \+ "x"/);
  });

  test("[MF10] a file that is not there or too large is a problem, not a crash", () => {
    const missing = loadMapping({ file: "/nowhere/mapping.yaml" });
    expect(missing).toMatchObject({ kind: "refused", problems: [{ file: "/nowhere/mapping.yaml" }] });
    expect(complaints(`# ${"x".repeat(1_000_001)}`)).toEqual(["1:1 this file cannot be read"]);
  });

  test("[MF10] aliases that stand for gigabytes are refused", () => {
    const levels = Array.from({ length: 9 }, (_, n) => `  l${n + 1}: &l${n + 1} [${`*l${n},`.repeat(9)}]`);
    const text = `version: 1\nlists:\n  l0: &l0 [a]\n${levels.join("\n")}\n`;
    expect(problemsOf(text)).toHaveLength(1);
  });

  test.each(["", "[]", "5", "null", "a: &a [*a]", "--- a\n--- b", "\u0000", "? {a: b} : c"])(
    "[MF10] %p is refused, not a crash",
    (text) => {
      expect(problemsOf(text).length).toBeGreaterThan(0);
    },
  );
});
