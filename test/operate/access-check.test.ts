import { readOnlyFindings, securedFindings, writtenPaths } from "../../sync-relay/src/operate/doctor/access-check";
import { findingWords } from "../../sync-relay/src/operate/doctor/area";
import { examine } from "../../sync-relay/src/operate/doctor/examine";
import type { CrmEnvironment, SecuredColumn } from "../../sync-relay/src/ports/crm-environment";
import { securityRoles } from "../../solution/schema/security-roles";
import { shippedMap } from "../pipeline/world";
import { aColumn, healthyParts } from "./doctor-parts";

const needed = securityRoles.find(({ key }) => key === "relay")?.privileges.map(({ name }) => name) ?? [];

async function wordsOf(environment: Partial<CrmEnvironment>): Promise<readonly string[]> {
  const areas = await examine(healthyParts({ environment }));
  return areas.flatMap((one) => one.findings.map((found) => `${found.id}: ${findingWords(found, "en").what}`));
}

test("[DC44] a privilege that the relay's role should grant and the user does not have is told by name", async () => {
  const held = needed.filter((name) => name !== "prvWriteOpportunity" && name !== "prvCreateContact");
  expect(await wordsOf({ privilegesOf: async () => held })).toEqual([
    "privilege-missing: the application user Relay lacks privileges that the sync needs: prvCreateContact, prvWriteOpportunity",
  ]);
  expect(await wordsOf({ privilegesOf: async () => [...needed, "prvReadSolution"] })).toEqual([]);
});

test("[DC44] of a user without the relay's role only that is told", async () => {
  const environment = { rolesOf: async () => ["Salesperson"], privilegesOf: async () => [] };
  expect((await wordsOf(environment)).map((line) => line.split(":")[0])).toEqual(["role-missing"]);
});

const secured = (name: string, may: Partial<SecuredColumn> = {}): SecuredColumn => {
  return { name, mayRead: true, mayCreate: true, mayUpdate: true, ...may };
};

test.each<[string, SecuredColumn, readonly string[]]>([
  ["a column that may be read and written", secured("estimatedvalue"), []],
  ["a mapped column that is hidden", secured("estimatedvalue", { mayRead: false }), ["column-hidden"]],
  ["a column of the section that is hidden", secured("cosell_helprequired", { mayRead: false }), ["column-hidden"]],
  ["a mapped column that is locked", secured("estimatedvalue", { mayUpdate: false }), ["column-locked"]],
  ["one that is locked on new deals only", secured("estimatedvalue", { mayCreate: false }), ["column-locked"]],
  ["one that is only set on new deals", secured("cosell_helprequired", { mayUpdate: false }), []],
  ["a column of the relay's own", secured("cosell_audit", { mayUpdate: false }), ["column-locked"]],
  ["a column of no interest", secured("new_secret", { mayRead: false, mayUpdate: false }), []],
])("[DC45] column security over %s", (_what, column, ids) => {
  expect(securedFindings([column], shippedMap).map(({ id }) => id)).toEqual(ids);
});

test("[DC45] with a mapping that cannot be read the section is looked at all the same", () => {
  const columns = [secured("cosell_audit", { mayUpdate: false }), secured("estimatedvalue", { mayRead: false })];
  expect(securedFindings(columns, null)).toEqual([{ id: "column-locked", values: { columns: "cosell_audit" } }]);
});

test("[DC46] columns that the mapping sets and that cannot be set are told, on a new deal and on one that is there", () => {
  const kept = { ...aColumn("money"), writable: { create: true, update: false } };
  const computed = { ...aColumn("text"), writable: { create: false, update: false } };
  const read = (columns: ReadonlyMap<string, typeof kept>) => readOnlyFindings(shippedMap, columns);
  expect(read(new Map([["estimatedvalue", aColumn("money")]]))).toEqual([]);
  expect(read(new Map([["estimatedvalue", kept]]))).toEqual([
    { id: "column-read-only", values: { columns: "estimatedvalue" } },
  ]);
  expect(read(new Map([["cosell_helprequired", kept]]))).toEqual([]);
  expect(read(new Map([["name", computed]]))).toEqual([{ id: "column-read-only", values: { columns: "name" } }]);
  expect(writtenPaths(shippedMap)).toContain("parentaccountid.name");
});
