import { compareMaps, type MapChange } from "../../../sync-relay/src/core/mapping/compare-maps";
import { loaded } from "../../adapters/mapping-file/a-mapping-file";

const extending = "version: 1\nextends: builtin/default\n";

/** What a file changes against the shipped mapping, in short. */
function changes(text: string): readonly string[] {
  return compareMaps(loaded(), loaded(`${extending}${text}`)).map(inShort);
}

function inShort(change: MapChange): string {
  if (change.kind === "when") return `when ${String(change.before)} -> ${String(change.after)}`;
  if (change.kind === "match") return `match ${change.lookup} ${change.before.join()} -> ${change.after.join()}`;
  const { section, events, to } = change.scope;
  const parts = change.kind === "changed" ? ` ${change.parts.join()}` : "";
  return `${change.kind} ${section} ${events.join("+")} ${to}${parts}`;
}

test("[MD1] a file that says nothing new changes nothing", () => {
  expect(changes("toCrm:\n  create:\n    - { to: estimatedvalue, from: details.dealValue }\n")).toEqual([]);
});

test("[MD1] another source, an added and a removed entry are told with the events they count for", () => {
  const text = `
toPartnerCenter:
  fields:
    - { to: details.dealValue, from: new_acv, required: true }
    - { to: campaignId, from: new_campaign, on: [update] }
toCrm:
  fields:
    - { to: estimatedvalue, off: true }
    - { to: new_acv, from: details.dealValue }
`;
  expect(changes(text)).toEqual([
    "changed toPartnerCenter create+update details.dealValue source",
    "added toPartnerCenter update campaignId",
    "removed toCrm create+update estimatedvalue",
    "added toCrm create+update new_acv",
  ]);
});

test("[MD1] every other part of an entry is compared too", () => {
  const text = `
toPartnerCenter:
  create:
    - { to: details.notes, from: description, max: 100, default: none, unlessSet: true }
    - { to: customerProfile.address.state, from: parentaccountid.address1_stateorprovince, required: true }
    - { to: qualification, value: Direct }
`;
  expect(changes(text)).toEqual([
    "changed toPartnerCenter create details.notes default,unlessSet,max",
    "changed toPartnerCenter create customerProfile.address.state required",
    "changed toPartnerCenter create qualification source",
  ]);
});

test("[MD1] a list, the condition, the look-up of customers and a conflict rule are compared", () => {
  const text = `
lists:
  status: { 1: in-progress, 2: on-hold, 3: won, 4: lost, 100000001: { means: in-progress, writeBack: false } }
match: { parentaccountid: [name] }
toPartnerCenter:
  when: has(crm.estimatedvalue)
  update:
    - { to: details.currency, from: transactioncurrencyid.isocurrencycode, required: true, conflict: crm }
toCrm:
  update:
    - { to: transactioncurrencyid.isocurrencycode, from: details.currency, conflict: crm }
`;
  expect(changes(text)).toEqual([
    "when null -> has(crm.estimatedvalue)",
    "match parentaccountid name,address1_postalcode -> name",
    "changed toPartnerCenter update details.currency conflict",
    "changed toPartnerCenter update status list",
    "changed toCrm create statuscode list",
    "changed toCrm update transactioncurrencyid.isocurrencycode conflict",
    "changed toCrm update statuscode list",
  ]);
});

test("[MD1] a change on create that differs from the one on update is told by itself", () => {
  const text = `
toPartnerCenter:
  create:
    - { to: details.notes, from: customerneed }
  update:
    - { to: details.notes, from: proposedsolution }
toCrm:
  fields:
    - { to: description, off: true }
`;
  expect(changes(text).slice(0, 2)).toEqual([
    "changed toPartnerCenter create details.notes source,max",
    "changed toPartnerCenter update details.notes source,max",
  ]);
});
