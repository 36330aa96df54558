import type { ColumnSecurityProfile } from "../../schema/column-security";
import type { AccessDepth, SecurityRole } from "../../schema/security-roles";
import { guid } from "../forms/form-parts";
import { element, properties, type XmlElement } from "./xml";

const levels: { readonly [D in AccessDepth]: string } = {
  user: "Basic",
  "business-unit": "Local",
  deep: "Deep",
  organisation: "Global",
};
/** How a column permission says that something is allowed. */
const ALLOWED = 4;
const NOT_ALLOWED = 0;

export function renderRole(role: SecurityRole): XmlElement {
  const privileges = role.privileges.map(({ name, depth }) => element("RolePrivilege", { name, level: levels[depth] }));
  return element("Role", { id: guid(role.id), name: role.labels.en, isinherited: 1 }, [
    ...properties({ IsCustomizable: 1, Description: bothLanguages(role.description) }),
    element("RolePrivileges", {}, privileges),
  ]);
}

/** A profile with what its members may do with each secured column of the Opportunity table. */
export function renderColumnSecurityProfile(profile: ColumnSecurityProfile): XmlElement {
  const { read, create, update } = profile.permissions;
  const permissions = profile.columns.map((column) =>
    element(
      "FieldPermission",
      {},
      properties({
        EntityName: "opportunity",
        AttributeName: column,
        CanRead: permission(read),
        CanUpdate: permission(update),
        CanCreate: permission(create),
      }),
    ),
  );
  const attributes = {
    name: profile.labels.en,
    description: bothLanguages(profile.description),
    fieldsecurityprofileid: guid(profile.id),
  };
  return element("FieldSecurityProfile", attributes, [element("FieldPermissions", {}, permissions)]);
}

/** Dataverse keeps one description for all languages here. */
function bothLanguages({ en, fr }: { readonly en: string; readonly fr: string }): string {
  return `${en} / ${fr}`;
}

function permission(allowed: boolean): number {
  return allowed ? ALLOWED : NOT_ALLOWED;
}
