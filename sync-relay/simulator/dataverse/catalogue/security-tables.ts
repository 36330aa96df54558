import { column, lookup, table, type, type Table } from "./table";

const permission = type.choice([0, "Not Allowed"], [4, "Allowed"]);

/** A table that only links rows of two others. */
function links(name: string, set: string, ends: readonly [string, string]): Table {
  const [one, other] = ends;
  const columns = [column(one, type.guid), column(other, type.guid)];
  return table({ name, set, idColumn: `${name}id`, nameColumn: `${name}id`, columns });
}

/** Privileges and column security, and who has which. Roles and who has them are among the registration tables. */
export const securityTables: readonly Table[] = [
  table({ name: "privilege", set: "privileges", columns: [column("name", type.text(100))] }),
  links("roleprivileges", "roleprivilegescollection", ["roleid", "privilegeid"]),
  table({ name: "fieldsecurityprofile", set: "fieldsecurityprofiles", columns: [column("name", type.text(100))] }),
  table({
    name: "fieldpermission",
    set: "fieldpermissions",
    nameColumn: "attributelogicalname",
    columns: [
      column("entityname", type.text(64)),
      column("attributelogicalname", type.text(64)),
      column("canread", permission, { defaultValue: 0 }),
      column("cancreate", permission, { defaultValue: 0 }),
      column("canupdate", permission, { defaultValue: 0 }),
      lookup("fieldsecurityprofileid", "fieldsecurityprofile"),
    ],
  }),
  links("systemuserprofiles", "systemuserprofilescollection", ["systemuserid", "fieldsecurityprofileid"]),
  table({
    name: "team",
    set: "teams",
    associations: {
      teamprofiles_association: {
        other: "fieldsecurityprofile",
        link: "teamprofiles",
        ownColumn: "teamid",
        otherColumn: "fieldsecurityprofileid",
      },
    },
    columns: [column("name", type.text(160))],
  }),
  links("teammembership", "teammemberships", ["systemuserid", "teamid"]),
  links("teamprofiles", "teamprofilescollection", ["teamid", "fieldsecurityprofileid"]),
];
