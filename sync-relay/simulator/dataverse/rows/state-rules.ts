import type { Json } from "../../../src/core/json";
import type { Option, Table } from "../catalogue/table";
import { badRequest, DataverseError } from "../dataverse-error";
import type { Row, RowValues } from "./row";

/** State and status reason that go together: a lone state takes its default reason, a lone reason must fit the state. */
export function resolveState(table: Table, sent: RowValues, before: Row | undefined): RowValues {
  const options = statusOptions(table);
  if (options.length === 0 || !("statecode" in sent || "statuscode" in sent)) return {};
  const status = sent["statuscode"];
  const state = sent["statecode"] ?? before?.values["statecode"] ?? 0;
  if (typeof status === "number") {
    if (options.some((option) => option.value === status && option.state === state)) return {};
    throw badRequest(
      `${status} is not a valid status code for state code ${JSON.stringify(state)} on ${table.name}.`,
      "badStatusForState",
    );
  }
  return { statuscode: defaultStatus(table, state) };
}

/** The status reason that a state gets when none is given. */
export function defaultStatus(table: Table, state: Json): number | null {
  return statusOptions(table).find((option) => option.state === state)?.value ?? null;
}

/** The state that a status reason belongs to. */
export function stateOfStatus(table: Table, status: number): number | undefined {
  return statusOptions(table).find((option) => option.value === status)?.state;
}

/** Refuses writes to a closed opportunity, but for the write that reopens it. */
export function refuseClosed(table: Table, before: Row, sent: RowValues): void {
  if (table.name !== "opportunity" || before.values["statecode"] === 0) return;
  const others = Object.keys(sent).filter((name) => !reopening.includes(name));
  if (sent["statecode"] === 0 && others.length === 0) return;
  throw new DataverseError({
    status: 400,
    code: "closed",
    message: "This opportunity is closed and read-only. Reopen it before you change it.",
  });
}

const reopening = ["statecode", "statuscode", "opportunityid"];

function statusOptions(table: Table): readonly Option[] {
  const type = table.columns.get("statuscode")?.type;
  const options = type?.kind === "choice" ? type.options : [];
  return options.filter((option) => option.state !== undefined);
}
