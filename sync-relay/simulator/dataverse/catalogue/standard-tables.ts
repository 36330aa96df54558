import { column, lookup, table, type, type ColumnType, type Table } from "./table";

const customer: ColumnType = {
  kind: "lookup",
  targets: [
    { table: "account", navigation: "parentcustomerid_account" },
    { table: "contact", navigation: "parentcustomerid_contact" },
  ],
};

const activeState = column("statecode", type.choice([0, "Active"], [1, "Inactive"]), {
  writable: "update",
  defaultValue: 0,
});

const activeStatus = column(
  "statuscode",
  {
    kind: "choice",
    options: [
      { value: 1, label: "Active", state: 0 },
      { value: 2, label: "Inactive", state: 1 },
    ],
  },
  { defaultValue: 1 },
);

const states = [activeState, activeStatus];

function address(): readonly ReturnType<typeof column>[] {
  return [
    column("address1_line1", type.text(250)),
    column("address1_line2", type.text(250)),
    column("address1_line3", type.text(250)),
    column("address1_city", type.text(80)),
    column("address1_stateorprovince", type.text(50)),
    column("address1_postalcode", type.text(20)),
    column("address1_country", type.text(80)),
  ];
}

/** Tables of customers, users, currencies and closing activities that an opportunity refers to. */
export const standardTables: readonly Table[] = [
  table({
    name: "account",
    set: "accounts",
    tracked: true,
    collections: { contact_customer_accounts: { table: "contact", column: "parentcustomerid" } },
    columns: [
      column("name", type.text(160)),
      column("accountnumber", type.text(20)),
      column("telephone1", type.text(50)),
      column("websiteurl", type.text(200)),
      column("emailaddress1", type.text(100)),
      column("numberofemployees", type.whole(0)),
      column("industrycode", type.choice([1, "Accounting"], [9, "Consulting"], [20, "Inbound Repair and Services"])),
      column("description", type.text(2000)),
      lookup("primarycontactid", "contact"),
      lookup("parentaccountid", "account"),
      lookup("transactioncurrencyid", "transactioncurrency"),
      lookup("ownerid", "systemuser"),
      ...address(),
      ...states,
    ],
  }),
  table({
    name: "contact",
    set: "contacts",
    nameColumn: "fullname",
    tracked: true,
    columns: [
      column("firstname", type.text(50)),
      column("lastname", type.text(50)),
      column("fullname", type.text(160), { writable: "never" }),
      column("emailaddress1", type.text(100)),
      column("telephone1", type.text(50)),
      column("mobilephone", type.text(50)),
      column("jobtitle", type.text(100)),
      column("parentcustomerid", customer),
      lookup("ownerid", "systemuser"),
      ...address(),
      ...states,
    ],
  }),
  table({
    name: "transactioncurrency",
    set: "transactioncurrencies",
    nameColumn: "currencyname",
    columns: [
      column("currencyname", type.text(100)),
      column("isocurrencycode", type.text(5)),
      column("currencysymbol", type.text(10)),
      column("currencyprecision", type.whole(0, 4), { defaultValue: 2 }),
      column("exchangerate", type.decimal, { defaultValue: 1 }),
      ...states,
    ],
  }),
  table({
    name: "businessunit",
    set: "businessunits",
    columns: [column("name", type.text(160)), lookup("parentbusinessunitid", "businessunit")],
  }),
  table({
    name: "systemuser",
    set: "systemusers",
    nameColumn: "fullname",
    associations: {
      systemuserroles_association: {
        other: "role",
        link: "systemuserroles",
        ownColumn: "systemuserid",
        otherColumn: "roleid",
      },
      systemuserprofiles_association: {
        other: "fieldsecurityprofile",
        link: "systemuserprofiles",
        ownColumn: "systemuserid",
        otherColumn: "fieldsecurityprofileid",
      },
      teammembership_association: {
        other: "team",
        link: "teammembership",
        ownColumn: "systemuserid",
        otherColumn: "teamid",
      },
    },
    columns: [
      lookup("businessunitid", "businessunit"),
      column("fullname", type.text(200)),
      column("firstname", type.text(64)),
      column("lastname", type.text(64)),
      column("address1_telephone1", type.text(64)),
      column("domainname", type.text(1024)),
      column("internalemailaddress", type.text(100)),
      column("applicationid", type.guid),
      column("azureactivedirectoryobjectid", type.guid),
      column("isdisabled", type.yesNo(), { defaultValue: false }),
    ],
  }),
  table({
    name: "opportunityclose",
    set: "opportunitycloses",
    idColumn: "activityid",
    nameColumn: "subject",
    columns: [
      column("subject", type.text(200)),
      column("description", type.text(2000)),
      column("actualrevenue", type.money(0)),
      column("actualend", type.dateTime),
      lookup("opportunityid", "opportunity"),
    ],
  }),
];
