import { RelayError } from "../../src/core/errors";
import type { Json } from "../../src/core/json";
import type { CoSellSection, CrmValues, Opportunity, OpportunityChanges } from "../../src/core/opportunity";
import type { Crm, CrmChanges, CrmCreate, CrmWrite, NewOpportunity } from "../../src/ports/crm";

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
  /** A server gives it a new version, without anybody having modified it. */
  touch(opportunityId: string): void;
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

interface State {
  readonly options: FakeCrmOptions;
  readonly statusPath: string;
  /** Every path that a read delivers, empty. */
  readonly blank: CrmValues;
  readonly opportunities: Map<string, Opportunity>;
  readonly customerRows: Map<string, CrmValues[]>;
  readonly history: { readonly id: string; readonly at: number }[];
  readonly calls: Record<keyof Crm, number>;
  readonly failures: Map<keyof Crm, RelayError[]>;
  readonly lostAnswers: Set<keyof Crm>;
  clock: number;
  expiredUpTo: number;
}

const CLOSED_STATUSES: readonly Json[] = [3, 4, 5];
const CURRENCIES: readonly string[] = ["EUR", "GBP", "USD"];

export function createFakeCrm(options: FakeCrmOptions = {}): FakeCrm {
  const calls = { read: 0, findByReferral: 0, update: 0, create: 0, changesSince: 0 };
  const state: State = {
    options,
    statusPath: options.statusPath ?? "statuscode",
    blank: Object.fromEntries((options.paths ?? []).map((path) => [path, null])),
    opportunities: new Map(),
    customerRows: new Map(),
    history: [],
    calls,
    failures: new Map(),
    lostAnswers: new Set(),
    clock: 0,
    expiredUpTo: 0,
  };
  return { ...portOf(state), ...actorsOf(state), calls };
}

function portOf(state: State): Crm {
  const { opportunities } = state;
  return {
    read: (id) =>
      call(state, "read", () => {
        const opportunity = opportunities.get(id);
        return opportunity === undefined ? { kind: "missing" } : { kind: "found", opportunity };
      }),
    findByReferral: (referralId) => call(state, "findByReferral", () => ownerOf(state, referralId) ?? null),
    update: (id, version, changes) => call(state, "update", () => updated(state, { id, version, changes })),
    create: (id, opportunity) => call(state, "create", () => created(state, id, opportunity)),
    changesSince: (position) => call(state, "changesSince", () => changesSince(state, position)),
  };
}

function actorsOf(state: State): Omit<FakeCrm, keyof Crm | "calls"> {
  const { opportunities, customerRows, failures } = state;
  return {
    add(opportunity = {}) {
      const id = opportunity.id ?? `00000000-0000-4000-8000-${String(state.clock + 1).padStart(12, "0")}`;
      const values = { [state.statusPath]: 1, ...opportunity.values };
      return put(state, { id, values, section: { ...EMPTY_SECTION, ...opportunity.section } });
    },
    edit(id, values, section = {}) {
      const before = mustGet(state, id);
      return put(state, {
        id,
        values: { ...before.values, ...values },
        section: { ...before.section, ...section },
      });
    },
    touch(id) {
      const before = mustGet(state, id);
      state.clock += 1;
      opportunities.set(id, { ...before, version: `v${state.clock}` });
      state.history.push({ id, at: state.clock });
    },
    remove(id) {
      mustGet(state, id);
      opportunities.delete(id);
      state.clock += 1;
      state.history.push({ id, at: state.clock });
    },
    peek: (id) => opportunities.get(id),
    all: () => [...opportunities.values()],
    customers: (lookup) => customerRows.get(lookup) ?? [],
    addCustomer: (lookup, columns) => {
      customerRows.set(lookup, [...(customerRows.get(lookup) ?? []), columns]);
    },
    failNext: (method, error) => void failures.set(method, [...(failures.get(method) ?? []), error]),
    loseNextAnswer: (method) => void state.lostAnswers.add(method),
    expirePositions: () => {
      state.clock += 1;
      state.expiredUpTo = state.clock;
    },
  };
}

function call<T>(state: State, method: keyof Crm, effect: () => T): Promise<T> {
  return new Promise((resolve) => {
    state.calls[method] += 1;
    const failure = state.failures.get(method)?.shift();
    if (failure !== undefined) throw failure;
    const answer = effect();
    if (state.lostAnswers.delete(method)) throw new RelayError("CS-1001", { inDoubt: true });
    resolve(answer);
  });
}

function put(state: State, { id, values, section }: Pick<Opportunity, "id" | "values" | "section">): Opportunity {
  state.clock += 1;
  const modifiedAt = new Date(state.options.now?.() ?? state.clock * 1000).toISOString();
  const createdAt = state.opportunities.get(id)?.createdAt ?? modifiedAt;
  const whole = { ...state.blank, ...values };
  const opportunity = { id, version: `v${state.clock}`, createdAt, modifiedAt, section, values: whole };
  state.opportunities.set(id, opportunity);
  state.history.push({ id, at: state.clock });
  return opportunity;
}

interface Update {
  readonly id: string;
  readonly version: string;
  readonly changes: OpportunityChanges;
}

function updated(state: State, { id, version, changes }: Update): CrmWrite {
  const before = state.opportunities.get(id);
  if (before === undefined) return { kind: "missing" };
  if (before.version !== version) return { kind: "stale" };
  checkCurrency(state, changes.values);
  checkReferral(state, id, changes.section.referralId);
  const { stage } = changes;
  const reopens = stage?.from === "won" || stage?.from === "lost";
  if (isClosed(state, before) && !reopens) return { kind: "read-only" };
  const own = Object.entries(changes.values).filter(([path]) => path === CURRENCY_PATH || !path.includes("."));
  const status = stage === undefined ? {} : { [state.statusPath]: stage.value };
  const values = { ...before.values, ...Object.fromEntries(own), ...status };
  return {
    kind: "written",
    opportunity: put(state, { id, values, section: { ...before.section, ...changes.section } }),
  };
}

function created(state: State, id: string, { values, section }: NewOpportunity): CrmCreate {
  if (state.opportunities.has(id)) return { kind: "exists" };
  checkCurrency(state, values);
  checkReferral(state, id, section.referralId);
  const found: Record<string, Json> = {};
  for (const lookup of lookupsIn(values)) {
    const row = findCustomer(state, lookup, values) ?? createCustomer(state, lookup, values);
    for (const [column, value] of Object.entries(row)) found[`${lookup}.${column}`] = value;
  }
  const status = { [state.statusPath]: values[state.statusPath] ?? 1 };
  const whole = { ...values, ...found, ...status };
  return { kind: "created", opportunity: put(state, { id, values: whole, section: { ...EMPTY_SECTION, ...section } }) };
}

function changesSince({ history, opportunities, clock, expiredUpTo }: State, position: string | null): CrmChanges {
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
    // A list of everything names no deletion.
    deleted: position === null || startedOver ? [] : ids.filter((id) => !opportunities.has(id)),
    position: String(clock),
    startedOver,
  };
}

function lookupsIn(values: CrmValues): readonly string[] {
  const dotted = Object.keys(values).filter((path) => path.includes(".") && path !== CURRENCY_PATH);
  return [...new Set(dotted.map((path) => path.slice(0, path.indexOf("."))))];
}

function findCustomer({ options, customerRows }: State, lookup: string, values: CrmValues): CrmValues | undefined {
  const by = options.match?.[lookup] ?? [];
  const known = by.filter((column) => (values[`${lookup}.${column}`] ?? null) !== null);
  const rows = customerRows.get(lookup) ?? [];
  if (known.length === 0) return undefined;
  return rows.find((row) => known.every((column) => row[column] === values[`${lookup}.${column}`]));
}

function createCustomer({ customerRows }: State, lookup: string, values: CrmValues): CrmValues {
  const through = Object.entries(values).filter(([path]) => path.startsWith(`${lookup}.`));
  const row = Object.fromEntries(through.map(([path, value]) => [path.slice(lookup.length + 1), value]));
  customerRows.set(lookup, [...(customerRows.get(lookup) ?? []), row]);
  return row;
}

function checkCurrency({ options }: State, values: CrmValues): void {
  const code = values[CURRENCY_PATH] ?? null;
  const isKnown = typeof code === "string" && (options.currencies ?? CURRENCIES).includes(code);
  if (code !== null && !isKnown) throw new RelayError("CS-1006");
}

function checkReferral(state: State, id: string, referralId: string | null | undefined): void {
  if (referralId === null || referralId === undefined) return;
  const owner = ownerOf(state, referralId);
  if (owner !== undefined && owner.id !== id) throw new RelayError("CS-1004", { upstreamMessage: "duplicate key" });
}

function ownerOf({ opportunities }: State, referralId: string): Opportunity | undefined {
  return [...opportunities.values()].find((one) => one.section.referralId === referralId);
}

function isClosed({ options, statusPath }: State, opportunity: Opportunity): boolean {
  return (options.closedStatuses ?? CLOSED_STATUSES).includes(opportunity.values[statusPath] ?? null);
}

function mustGet({ opportunities }: State, id: string): Opportunity {
  const opportunity = opportunities.get(id);
  if (opportunity === undefined) throw new Error(`the test names an opportunity that is not there: ${id}`);
  return opportunity;
}
