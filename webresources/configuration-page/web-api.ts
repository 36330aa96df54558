// Reads from Dataverse's Web API as the user who looks at the page. Every answer is a value: a page that shows what is
// missing must not itself break over a missing privilege.

/** What became of a question to Dataverse. */
export type Seen<T> =
  | { readonly kind: "seen"; readonly value: T }
  /** The user lacks the privilege. Nothing is known to be wrong. */
  | { readonly kind: "not-allowed" }
  /** Dataverse refused for another reason. */
  | { readonly kind: "failed"; readonly status: number; readonly code: string }
  | { readonly kind: "no-answer" }
  | { readonly kind: "unreadable" };

/** A row or another object of an answer, not yet understood. */
export type Row = Readonly<Record<string, unknown>>;

export interface WebApi {
  /** Reads an address below the service root. */
  readonly get: (address: string) => Promise<Seen<Row>>;
}

/** A page that waits for ever says nothing. */
const ANSWER_WITHIN_MS = 30_000;
const HEADERS = { Accept: "application/json", "OData-MaxVersion": "4.0", "OData-Version": "4.0" };

export function createWebApi(organisation: string): WebApi {
  return {
    async get(address) {
      const response = await answered(`${organisation}/api/data/v9.2/${address}`);
      if (response === undefined) return { kind: "no-answer" };
      const body = await bodyOf(response);
      if (response.ok) return body === undefined ? { kind: "unreadable" } : { kind: "seen", value: body };
      if (response.status === 401 || response.status === 403) return { kind: "not-allowed" };
      const error = body === undefined ? undefined : body["error"];
      return { kind: "failed", status: response.status, code: isRow(error) ? text(error["code"]) : "" };
    },
  };
}

async function answered(address: string): Promise<Response | undefined> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ANSWER_WITHIN_MS);
  try {
    return await fetch(address, { headers: HEADERS, credentials: "same-origin", signal: limit.signal });
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function bodyOf(response: Response): Promise<Row | undefined> {
  try {
    const body: unknown = await response.json();
    return isRow(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** What was seen, understood; what cannot be understood is unreadable. */
export function mapSeen<T>(seen: Seen<Row>, understand: (value: Row) => T | undefined): Seen<T> {
  if (seen.kind !== "seen") return seen;
  const value = understand(seen.value);
  return value === undefined ? { kind: "unreadable" } : { kind: "seen", value };
}

/** The rows of a collection; undefined when it is none. */
export function rowsOf(body: Row, key = "value"): readonly Row[] | undefined {
  const rows = body[key];
  return Array.isArray(rows) ? (rows as readonly unknown[]).filter(isRow) : undefined;
}

export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text; empty for anything else. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
