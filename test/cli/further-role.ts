import type { DataverseSimulator } from "../../sync-relay/simulator/dataverse/dataverse-simulator";
import { text } from "../end-to-end/deals";

/** A role beside the relay's own, that the application user can be given and deprived of. */
export interface FurtherRole {
  give(): void;
  take(): void;
}

/** A role with every privilege of the environment whose name matches. */
export function furtherRole({ records, users }: DataverseSimulator, names: RegExp): FurtherRole {
  const [unit] = records.list("businessunits");
  const roleid = records.seed("roles", {
    name: "Environment reader",
    "businessunitid@odata.bind": `/businessunits(${text(unit?.["businessunitid"])})`,
  });
  for (const { name, privilegeid } of records.list("privileges")) {
    if (names.test(text(name))) records.seed("roleprivilegescollection", { roleid, privilegeid: text(privilegeid) });
  }
  let link: string | null = null;
  return {
    give() {
      link ??= records.seed("systemuserrolescollection", { systemuserid: users.application, roleid });
    },
    take() {
      if (link !== null) records.delete("systemuserrolescollection", link);
      link = null;
    },
  };
}
