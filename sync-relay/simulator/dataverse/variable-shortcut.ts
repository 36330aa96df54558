import type { RecordAccess } from "./record-access";

/** Sets the value of an environment variable, as a customiser does: over an old one, or as the first. */
export function setVariable(records: RecordAccess, name: string, value: string | null): void {
  const definition = records.list("environmentvariabledefinitions").find(({ schemaname }) => schemaname === name);
  const definitionId = definition?.["environmentvariabledefinitionid"];
  if (typeof definitionId !== "string") throw new Error(`There is no environment variable ${name}.`);
  for (const row of records.list("environmentvariablevalues")) {
    const { environmentvariablevalueid: id, _environmentvariabledefinitionid_value: of } = row;
    if (of === definitionId && typeof id === "string") records.delete("environmentvariablevalues", id);
  }
  if (value === null) return;
  const bind = `/environmentvariabledefinitions(${definitionId})`;
  records.seed("environmentvariablevalues", { value, "EnvironmentVariableDefinitionId@odata.bind": bind });
}
