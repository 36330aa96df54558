// Which privileges a request to Dataverse needs, told from the request alone: the counterpart of the relay's role.

import { createCatalogue, findNavigation } from "../../../sync-relay/simulator/dataverse/catalogue/catalogue";
import type { Table } from "../../../sync-relay/simulator/dataverse/catalogue/table";
import type { RolePrivilege } from "../../../solution/schema/security-roles";

/** A request, or a part of a batch, as it went out. */
export interface SentRequest {
  readonly method: string;
  /** Path and query below the service root, decoded. */
  readonly path: string;
  readonly headers: string;
  readonly body: string;
}

const catalogue = createCatalogue();

/** Names of tables in privileges; activities of every kind share one. */
const PRIVILEGE_NAMES: Readonly<Record<string, string>> = {
  opportunity: "Opportunity",
  account: "Account",
  contact: "Contact",
  transactioncurrency: "TransactionCurrency",
  systemuser: "User",
  opportunityclose: "Activity",
};

/** Rows that a request itself makes belong to the caller; every other row may be anybody's. */
const OWN = "user";
const ANYBODYS = "organisation";

/** The privileges that one request needs. */
export function needsOf(request: SentRequest): readonly RolePrivilege[] {
  const { method, path, body } = request;
  if (path.startsWith("WhoAmI")) return [];
  if (/^(Win|Lose)Opportunity/.test(path)) return closingNeeds();
  const table = catalogue.bySet(/^\w+/.exec(path)?.[0] ?? "");
  if (method === "GET") return [...readNeeds(table, path)];
  if (method !== "PATCH") throw new Error(`What ${method} ${path} needs is not known.`);
  const creates = /^if-none-match:\s*\*/im.test(request.headers);
  const binds = [...body.matchAll(/"(\w+)@odata\.bind":"\/(\w+)\(/g)];
  const reads = /return=representation/i.test(request.headers) ? [privilege("Read", table)] : [];
  return [
    creates ? privilege("Create", table, OWN) : privilege("Write", table),
    ...reads,
    ...binds.flatMap(([, , set = ""]) => [
      privilege("Append", table, creates ? OWN : ANYBODYS),
      privilege("AppendTo", catalogue.bySet(set)),
    ]),
  ];
}

/** The widest grant of each privilege, sorted by name as in the role. */
export function widest(needs: readonly RolePrivilege[]): readonly RolePrivilege[] {
  const depths = new Map<string, RolePrivilege["depth"]>();
  for (const { name, depth } of needs) if (depths.get(name) !== ANYBODYS) depths.set(name, depth);
  return [...depths].map(([name, depth]) => ({ name, depth })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names of collections that source text writes down: with a key or a query behind them, or alone where one is asked for. */
export function collectionsIn(source: string): readonly string[] {
  const addressed = source.matchAll(/["'`]\/?([a-z][a-z0-9_]+)(?=[(?])/g);
  const sets = new Set(catalogue.tables.map(({ set }) => set));
  const alone = [...source.matchAll(/["'`]([a-z][a-z0-9_]+)["'`]/g)].filter(([, name = ""]) => sets.has(name));
  const named = source.matchAll(/collection:\s*["'`]([a-z][a-z0-9_]+)["'`]/g);
  return [...new Set([...addressed, ...alone, ...named].map(([, name = ""]) => name))].sort();
}

/** Name of a table in privileges, by its collection; undefined for one that no privilege of the role could be about. */
export function privilegeNameOf(set: string): string | undefined {
  const table = catalogue.tables.find((one) => one.set === set);
  return table === undefined ? undefined : PRIVILEGE_NAMES[table.name];
}

function privilege(action: string, table: Table, depth: RolePrivilege["depth"] = ANYBODYS): RolePrivilege {
  const name = PRIVILEGE_NAMES[table.name];
  if (name === undefined) throw new Error(`No privilege is known for the table ${table.name}.`);
  return { name: `prv${action}${name}`, depth };
}

/** A closing activity is made in the caller's name and points at the opportunity, which changes its state. */
function closingNeeds(): readonly RolePrivilege[] {
  const opportunity = catalogue.byName("opportunity");
  const activity = catalogue.byName("opportunityclose");
  return [
    privilege("Write", opportunity),
    privilege("AppendTo", opportunity),
    ...["Append", "Create", "Read", "Write"].map((action) => privilege(action, activity, OWN)),
  ];
}

/** Reading a table, and every table that is expanded, however deep. */
function* readNeeds(table: Table, path: string): Iterable<RolePrivilege> {
  yield privilege("Read", table);
  for (const [, navigation = ""] of path.matchAll(/[=,]([a-z_][a-z0-9_]*)\((?=\$)/gi)) {
    const target = findNavigation(table, navigation)?.target.table ?? table.collections[navigation]?.table;
    if (target === undefined) throw new Error(`The lookup ${navigation} of ${table.name} is not known.`);
    yield privilege("Read", catalogue.byName(target));
  }
}
