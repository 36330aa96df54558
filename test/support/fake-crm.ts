import { RelayError } from "../../sync-relay/src/core/errors";
import type { Json } from "../../sync-relay/src/core/json";
import type { CoSellSection, CrmValues, Opportunity, OpportunityChanges } from "../../sync-relay/src/core/opportunity";
import type { Crm, CrmCreate, CrmWrite, NewOpportunity } from "../../sync-relay/src/ports/crm";

/**
 * A CRM in memory that keeps the port's contract, with what a test wants to do behind the relay's back: edits of a
 * user, failures before or after a write took effect, expired positions. It passes the same contract suite as Dataverse.
 */
export interface FakeCrm extends Crm {
  /** Calls so far by method; reads of a test through `peek` do not count. */
  readonly calls: Record<keyof Crm, number>;
  /** Puts an opportunity there as a user would. */
  add(opportunity?: { id?: string; values?: CrmValues; section?: Partial<CoSellSection> }): Opportunity;
  /** Changes an opportunity as a user would. */
  edit(opportunityId: string, values: CrmValues, section?: Partial<CoSellSection>): Opportunity;
  remove(opportunityId: string): void;
  /** The opportunity as it is, without a call. */
  peek(opportunityId: string): Opportunity | undefined;
  /** All opportunities as they are, without a call. */
  all(): readonly Opportunity[];
  /** Rows of the customer that exist: found or created. */
  customers(lookup: string): readonly CrmValues[];
  /** Puts a row of the customer there, e.g. `parentaccountid`. */
  addCustomer(lookup: string, columns: CrmValues): void;
  /** The next call of this method throws before it has any effect. */
  failNext(method: keyof Crm, error: RelayError): void;
  /** The next call of this method takes effect, and its answer is lost. */
  loseNextAnswer(method: keyof Crm): void;
  /** No position handed out so far is good any more. */
  expirePositions(): void;
}

export interface FakeCrmOptions {
  /** Paths that every read delivers; null when never set. */
  readonly paths?: readonly string[];
  readonly statusPath?: string;
  /** Values of the status path in which an opportunity is closed. */
  readonly closedStatuses?: readonly Json[];
  readonly currencies?: readonly string[];
  /** Lookup → columns by which a customer's row is found. */
  readonly match?: Readonly<Record<string, readonly string[]>>;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

const CURRENCY_PATH = "transactioncurrencyid.isocurrencycode";

const EMPTY_SECTION: CoSellSection = {
  syncOn: false,
  referralId: null,
  referralLink: null,
  audit: "",
  syncStatus: null,
  syncMessage: null,
  lastSyncedOn: null,
  expiresOn: null,
  microsoftCrmId: null,
  referralStatus: null,
  syncState: null,
};

export function createFakeCrm(options: FakeCrmOptions = {}): FakeCrm {
  const statusPath = options.statusPath ?? "statuscode";
  const closedStatuses = options.closedStatuses ?? [3, 4, 5];
  const currencies = new Set(options.currencies ?? ["EUR", "GBP", "USD"]);
  const opportunities = new Map<string, Opportunity>();
  const customerRows = new Map<string, CrmValues[]>();
  const history: { readonly id: string; readonly at: number }[] = [];
  const calls = { read: 0, findByReferral: 0, update: 0, create: 0, changesSince: 0 };
  const failures = new Map<keyof Crm, RelayError[]>();
  const lostAnswers = new Set<keyof Crm>();
  let clock = 0;
  let expiredUpTo = 0;

  function put(id: string, values: CrmValues, section: CoSellSection): Opportunity {
    clock += 1;
    const blank = Object.fromEntries((options.paths ?? []).map((path) => [path, null]));
    const modifiedAt = new Date(options.now?.() ?? clock * 1000).toISOString();
    const opportunity = { id, version: `v${clock}`, modifiedAt, section, values: { ...blank, ...values } };
    opportunities.set(id, opportunity);
    history.push({ id, at: clock });
    return opportunity;
  }

  async function call<T>(method: keyof Crm, effect: () => T): Promise<T> {
    calls[method] += 1;
    const failure = failures.get(method)?.shift();
    if (failure !== undefined) throw failure;
    const answer = effect();
    if (lostAnswers.delete(method)) throw new RelayError("CS-1001", { inDoubt: true });
    return answer;
  }

  function update(id: string, version: string, changes: OpportunityChanges): CrmWrite {
    const before = opportunities.get(id);
    if (before === undefined) return { kind: "missing" };
    if (before.version !== version) return { kind: "stale" };
    checkCurrency(changes.values);
    checkReferral(id, changes.section.referralId);
    const { stage } = changes;
    const reopens = stage !== undefined && (stage.from === "won" || stage.from === "lost");
    if (isClosed(before) && !reopens) return { kind: "read-only" };
    const own = Object.entries(changes.values).filter(([path]) => path === CURRENCY_PATH || !path.includes("."));
    const status = stage === undefined ? {} : { [statusPath]: stage.value };
    const values = { ...before.values, ...Object.fromEntries(own), ...status };
    return { kind: "written", opportunity: put(id, values, { ...before.section, ...changes.section }) };
  }

  function create(id: string, { values, section }: NewOpportunity): CrmCreate {
    if (opportunities.has(id)) return { kind: "exists" };
    checkCurrency(values);
    checkReferral(id, section.referralId);
    const found: Record<string, Json> = {};
    for (const lookup of lookupsIn(values)) {
      const row = findCustomer(lookup, values) ?? createCustomer(lookup, values);
      for (const [column, value] of Object.entries(row)) found[`${lookup}.${column}`] = value;
    }
    const status = { [statusPath]: values[statusPath] ?? 1 };
    return {
      kind: "created",
      opportunity: put(id, { ...values, ...found, ...status }, { ...EMPTY_SECTION, ...section }),
    };
  }

  function lookupsIn(values: CrmValues): readonly string[] {
    const dotted = Object.keys(values).filter((path) => path.includes(".") && path !== CURRENCY_PATH);
    return [...new Set(dotted.map((path) => path.slice(0, path.indexOf("."))))];
  }

  function findCustomer(lookup: string, values: CrmValues): CrmValues | undefined {
    const by = options.match?.[lookup] ?? [];
    const known = by.filter((column) => (values[`${lookup}.${column}`] ?? null) !== null);
    const rows = customerRows.get(lookup) ?? [];
    if (known.length === 0) return undefined;
    return rows.find((row) => known.every((column) => row[column] === values[`${lookup}.${column}`]));
  }

  function createCustomer(lookup: string, values: CrmValues): CrmValues {
    const through = Object.entries(values).filter(([path]) => path.startsWith(`${lookup}.`));
    const row = Object.fromEntries(through.map(([path, value]) => [path.slice(lookup.length + 1), value]));
    customerRows.set(lookup, [...(customerRows.get(lookup) ?? []), row]);
    return row;
  }

  function checkCurrency(values: CrmValues): void {
    const code = values[CURRENCY_PATH] ?? null;
    if (code !== null && !(typeof code === "string" && currencies.has(code))) throw new RelayError("CS-1006");
  }

  function checkReferral(id: string, referralId: string | null | undefined): void {
    if (referralId === null || referralId === undefined) return;
    const owner = [...opportunities.values()].find((one) => one.section.referralId === referralId);
    if (owner !== undefined && owner.id !== id) throw new RelayError("CS-1004", { upstreamMessage: "duplicate key" });
  }

  function isClosed(opportunity: Opportunity): boolean {
    return closedStatuses.includes(opportunity.values[statusPath] ?? null);
  }

  function mustGet(id: string): Opportunity {
    const opportunity = opportunities.get(id);
    if (opportunity === undefined) throw new Error(`the test names an opportunity that is not there: ${id}`);
    return opportunity;
  }

  return {
    calls,
    read: (id) =>
      call("read", () => {
        const opportunity = opportunities.get(id);
        return opportunity === undefined ? { kind: "missing" } : { kind: "found", opportunity };
      }),
    findByReferral: (referralId) =>
      call("findByReferral", () => {
        return [...opportunities.values()].find((one) => one.section.referralId === referralId) ?? null;
      }),
    update: (id, version, changes) => call("update", () => update(id, version, changes)),
    create: (id, opportunity) => call("create", () => create(id, opportunity)),
    changesSince: (position) =>
      call("changesSince", () => {
        const since = position === null ? 0 : Number(position);
        const startedOver = position !== null && since < expiredUpTo;
        const from = startedOver ? 0 : since;
        const ids = [...new Set(history.filter(({ at }) => at > from).map(({ id }) => id))];
        const there = ids.flatMap((id) => opportunities.get(id) ?? []);
        return {
          changed: there.map(({ id, version, section }) => ({
            opportunityId: id,
            version,
            syncOn: section.syncOn,
            referralId: section.referralId,
          })),
          deleted: from === 0 ? [] : ids.filter((id) => !opportunities.has(id)),
          position: String(clock),
          startedOver,
        };
      }),
    add(opportunity = {}) {
      const id = opportunity.id ?? `00000000-0000-4000-8000-${String(clock + 1).padStart(12, "0")}`;
      const values = { [statusPath]: 1, ...opportunity.values };
      return put(id, values, { ...EMPTY_SECTION, ...opportunity.section });
    },
    edit(id, values, section = {}) {
      const before = mustGet(id);
      return put(id, { ...before.values, ...values }, { ...before.section, ...section });
    },
    remove(id) {
      mustGet(id);
      opportunities.delete(id);
      clock += 1;
      history.push({ id, at: clock });
    },
    peek: (id) => opportunities.get(id),
    all: () => [...opportunities.values()],
    customers: (lookup) => customerRows.get(lookup) ?? [],
    addCustomer: (lookup, columns) => {
      customerRows.set(lookup, [...(customerRows.get(lookup) ?? []), columns]);
    },
    failNext: (method, error) => void failures.set(method, [...(failures.get(method) ?? []), error]),
    loseNextAnswer: (method) => void lostAnswers.add(method),
    expirePositions: () => {
      clock += 1;
      expiredUpTo = clock;
    },
  };
}
