import type { SchemaProblem } from "./schema-problem";
import type { SolutionSchema } from "./solution-schema";

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const RULE = "An identifier is a GUID in lower case, said once, in component-ids.ts.";

/** Identifiers that are no GUIDs, stand there twice, or are said elsewhere. */
export function checkIds(schema: SolutionSchema): readonly SchemaProblem[] {
  const { componentIds, securityRoles, columnSecurityProfiles } = schema;
  const seen = new Map<string, string>();
  const said = [...idsIn(componentIds, "")].flatMap(([place, id]) => {
    const first = seen.get(id);
    seen.set(id, first ?? place);
    if (!GUID.test(id)) return [problem("component-ids.ts", place, `is “${id}”`)];
    return first === undefined ? [] : [problem("component-ids.ts", place, `is ${id}, as ${first} is`)];
  });
  const used = [
    ...securityRoles.map(({ key, id }) => ["security-roles.ts", `securityRoles.${key}.id`, id] as const),
    ...columnSecurityProfiles.map(
      ({ key, id }) => ["column-security.ts", `columnSecurityProfiles.${key}.id`, id] as const,
    ),
    ...schema.opportunityViews.map(({ id }, n) => ["views.ts", `opportunityViews[${n}].id`, id] as const),
    ...schema.solutionViews.map(({ id }, n) => ["views.ts", `solutionViews[${n}].id`, id] as const),
    ...Object.entries(schema.ownForms).map(([role, { id }]) => ["forms.ts", `ownForms.${role}.id`, id] as const),
  ];
  const strange = used.filter(([, , id]) => !seen.has(id));
  return [...said, ...strange.map(([file, place, id]) => problem(file, place, `is ${id}, which is not there`))];
}

function problem(file: string, place: string, found: string): SchemaProblem {
  return { file, place, found, rule: RULE };
}

/** Every text in a nest of objects, with the path to it. */
function* idsIn(node: unknown, path: string): Iterable<readonly [place: string, id: string]> {
  if (typeof node === "string") yield [path, node];
  if (typeof node !== "object" || node === null) return;
  for (const [key, inner] of Object.entries(node)) yield* idsIn(inner, path === "" ? key : `${path}.${key}`);
}
