import { column, lookup, readOnly, table, type, type Table } from "./table";

const stepState = column("statecode", type.choice([0, "Enabled"], [1, "Disabled"]), { defaultValue: 0 });

const stepStatus = column(
  "statuscode",
  {
    kind: "choice",
    options: [
      { value: 1, label: "Enabled", state: 0 },
      { value: 2, label: "Disabled", state: 1 },
    ],
  },
  { defaultValue: 1 },
);

const DESCRIPTION_LENGTH = 256;
const AUTH_VALUE_LENGTH = 2048;
const ATTRIBUTES_LENGTH = 100_000;

/** Tables in which webhooks are registered, and what set-up reads around them. */
export const registrationTables: readonly Table[] = [
  table({
    name: "sdkmessage",
    set: "sdkmessages",
    columns: [column("name", type.text(256))],
  }),
  table({
    name: "sdkmessagefilter",
    set: "sdkmessagefilters",
    nameColumn: "primaryobjecttypecode",
    columns: [
      column("primaryobjecttypecode", type.text(128)),
      column("iscustomprocessingstepallowed", type.yesNo(), { defaultValue: true }),
      lookup("sdkmessageid", "sdkmessage"),
    ],
  }),
  table({
    name: "serviceendpoint",
    set: "serviceendpoints",
    columns: [
      column("name", type.text(DESCRIPTION_LENGTH)),
      column("description", type.text(2000)),
      column("url", type.text(2000)),
      column("contract", type.choice([7, "Event Hub"], [8, "Webhook"])),
      column("authtype", type.choice([4, "Webhook Key"], [5, "Http Header"], [6, "Http Query String"])),
      column("authvalue", type.text(AUTH_VALUE_LENGTH), { readable: false }),
      readOnly("isauthvalueset", type.yesNo()),
      column("connectionmode", type.choice([1, "Normal"], [2, "Federated"]), { defaultValue: 1 }),
      column("messageformat", type.choice([1, "Binary XML"], [2, "Json"], [3, "Text XML"]), { defaultValue: 2 }),
      column("messagecharset", type.choice([0, "Default"], [1, "UTF8"]), { defaultValue: 0 }),
      column("userclaim", type.choice([1, "None"], [2, "UserId"]), { defaultValue: 1 }),
      column("path", type.text(160)),
      column("solutionnamespace", type.text(160)),
    ],
  }),
  stepTable(),
  table({
    name: "sdkmessageprocessingstepimage",
    set: "sdkmessageprocessingstepimages",
    columns: [
      column("name", type.text(DESCRIPTION_LENGTH)),
      column("description", type.text(DESCRIPTION_LENGTH)),
      column("entityalias", type.text(DESCRIPTION_LENGTH)),
      column("imagetype", type.choice([0, "PreImage"], [1, "PostImage"], [2, "Both"])),
      column("attributes", type.text(ATTRIBUTES_LENGTH)),
      column("messagepropertyname", type.text(DESCRIPTION_LENGTH)),
      lookup("sdkmessageprocessingstepid", "sdkmessageprocessingstep"),
    ],
  }),
  table({
    name: "asyncoperation",
    set: "asyncoperations",
    columns: [
      column("name", type.text(DESCRIPTION_LENGTH)),
      column("friendlymessage", type.text(4000)),
      column("message", type.text(100_000)),
      column("errorcode", type.whole()),
      column("completedon", type.dateTime),
      column("statuscode", type.choice([30, "Succeeded"], [31, "Failed"])),
      column("owningextensionid", type.lookup("sdkmessageprocessingstep", "owningextensionid")),
    ],
  }),
  table({
    name: "role",
    set: "roles",
    columns: [column("name", type.text(100)), lookup("businessunitid", "businessunit")],
  }),
  table({
    name: "systemuserroles",
    set: "systemuserrolescollection",
    idColumn: "systemuserroleid",
    nameColumn: "roleid",
    columns: [column("systemuserid", type.guid), column("roleid", type.guid)],
  }),
  table({
    name: "solution",
    set: "solutions",
    nameColumn: "friendlyname",
    columns: [
      column("uniquename", type.text(65)),
      column("friendlyname", type.text(256)),
      column("version", type.text(256)),
      column("ismanaged", type.yesNo(), { defaultValue: true }),
    ],
  }),
];

function stepTable(): Table {
  return table({
    name: "sdkmessageprocessingstep",
    set: "sdkmessageprocessingsteps",
    columns: [
      column("name", type.text(DESCRIPTION_LENGTH)),
      column("description", type.text(DESCRIPTION_LENGTH)),
      column("mode", type.choice([0, "Synchronous"], [1, "Asynchronous"])),
      column("stage", type.choice([10, "Pre-validation"], [20, "Pre-operation"], [40, "Post-operation"])),
      column("rank", type.whole(), { defaultValue: 1 }),
      column("supporteddeployment", type.choice([0, "Server Only"], [1, "Client Only"], [2, "Both"]), {
        defaultValue: 0,
      }),
      column("invocationsource", type.choice([-1, "Internal"], [0, "Parent"], [1, "Child"]), { defaultValue: 0 }),
      column("asyncautodelete", type.yesNo(), { defaultValue: false }),
      column("filteringattributes", type.text(ATTRIBUTES_LENGTH)),
      column("configuration", type.text(ATTRIBUTES_LENGTH)),
      lookup("sdkmessageid", "sdkmessage"),
      lookup("sdkmessagefilterid", "sdkmessagefilter"),
      column("eventhandler", type.lookup("serviceendpoint", "eventhandler_serviceendpoint")),
      lookup("impersonatinguserid", "systemuser"),
      stepState,
      stepStatus,
    ],
  });
}
