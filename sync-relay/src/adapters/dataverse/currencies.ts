import { RelayError } from "../../core/errors";
import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import type { Clock } from "../../ports/clock";
import { refusalError } from "./call-failure";
import type { WebApi } from "./web-api";

/** The currencies of the environment. Read once, and again when one is asked for that was not there. */
export interface Currencies {
  /** Id of the currency with this ISO code. Throws RelayError CS-1006 when the environment does not have it. */
  idOf(isoCode: Json): Promise<string>;
}

interface CurrencyList {
  readonly ids: ReadonlyMap<string, string>;
  readonly readAtMs: number;
}

const CURRENCIES_ADDRESS = "transactioncurrencies?$select=isocurrencycode&$filter=statecode%20eq%200";

/**
 * A list younger than this is not read again for a currency that it lacks. Short, since an edit with a currency that was
 * just added would need attention for nothing; long enough that many edits with a wrong one cost a call now and then.
 */
const READ_AGAIN_AFTER_MS = 3_000;

export function createCurrencies(api: WebApi, clock: Clock): Currencies {
  let list: CurrencyList | null = null;
  let reading: Promise<CurrencyList> | null = null;

  async function readList(): Promise<CurrencyList> {
    // What was added while it was read may be missing: its age counts from the request.
    const readAtMs = clock.now();
    const answer = await api.get("currencies", CURRENCIES_ADDRESS);
    if (answer.kind === "refused") throw refusalError(answer);
    const rows: readonly Json[] = Array.isArray(answer.body["value"]) ? answer.body["value"] : [];
    return { ids: new Map(rows.filter((row) => isJsonObject(row)).flatMap(entryOf)), readAtMs };
  }

  /** One request for all that ask meanwhile. */
  async function newList(): Promise<CurrencyList> {
    reading ??= readList().finally(() => (reading = null));
    return (list = await reading);
  }

  return {
    async idOf(isoCode) {
      const code = typeof isoCode === "string" ? isoCode.toUpperCase() : "";
      const known = list ?? (await newList());
      const id = known.ids.get(code);
      if (id !== undefined) return id;
      const isOld = clock.now() - known.readAtMs >= READ_AGAIN_AFTER_MS;
      const again = isOld ? (await newList()).ids.get(code) : undefined;
      if (again === undefined) throw new RelayError("CS-1006");
      return again;
    },
  };
}

function entryOf(row: JsonObject): readonly (readonly [string, string])[] {
  const code = row["isocurrencycode"];
  const id = row["transactioncurrencyid"];
  return typeof code === "string" && typeof id === "string" ? [[code.toUpperCase(), id.toLowerCase()]] : [];
}
