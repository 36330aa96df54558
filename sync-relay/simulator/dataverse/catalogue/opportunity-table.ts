import { helpOptions } from "../../../../solution/schema/help-options";
import {
  opportunityColumns,
  referralKey,
  type OpportunityColumn,
} from "../../../../solution/schema/opportunity-columns";
import { syncStatuses } from "../../../../solution/schema/sync-status";
import { column, lookup, readOnly, table, type, type Column, type ColumnType, type Table } from "./table";

/** States of an opportunity. */
export const opportunityState = { open: 0, won: 1, lost: 2 } as const;

const MEMO_LENGTH = 2000;
const MONEY_BUDGET_LIMIT = 1_000_000_000_000;
const PERCENT = 100;

const stateOptions: ColumnType = type.choice(
  [opportunityState.open, "Open"],
  [opportunityState.won, "Won"],
  [opportunityState.lost, "Lost"],
);

const statusOptions: ColumnType = {
  kind: "choice",
  options: [
    { value: 1, label: "In Progress", state: opportunityState.open },
    { value: 2, label: "On Hold", state: opportunityState.open },
    { value: 3, label: "Won", state: opportunityState.won },
    { value: 4, label: "Canceled", state: opportunityState.lost },
    { value: 5, label: "Out-Sold", state: opportunityState.lost },
  ],
};

const customer: ColumnType = {
  kind: "lookup",
  targets: [
    { table: "account", navigation: "customerid_account" },
    { table: "contact", navigation: "customerid_contact" },
  ],
};

/** The Opportunity table: the sales columns of the product documentation plus our own section. */
export function opportunityTable(extraColumns: readonly Column[] = []): Table {
  return table({
    name: "opportunity",
    set: "opportunities",
    tracked: true,
    keys: [referralKey.columns],
    columns: [...salesColumns(), ...Object.values(opportunityColumns).map(sectionColumn), ...extraColumns],
  });
}

function salesColumns(): readonly Column[] {
  return [
    column("name", type.text(300)),
    column("description", type.text(MEMO_LENGTH)),
    column("estimatedvalue", type.money(0)),
    readOnly("estimatedvalue_base", type.money()),
    column("isrevenuesystemcalculated", type.yesNo("System Calculated", "User Provided"), { defaultValue: false }),
    column("estimatedclosedate", type.date),
    column("budgetamount", type.money(0, MONEY_BUDGET_LIMIT)),
    column("budgetstatus", type.choice([0, "No Committed Budget"], [1, "May Buy"], [2, "Can Buy"], [3, "Will Buy"])),
    column("closeprobability", type.whole(0, PERCENT)),
    column("customerid", customer),
    lookup("parentaccountid", "account"),
    lookup("parentcontactid", "contact"),
    readOnly("accountid", type.lookup("account", "accountid")),
    readOnly("contactid", type.lookup("contact", "contactid")),
    column("ownerid", type.lookup("systemuser", "ownerid")),
    readOnly("owninguser", type.lookup("systemuser", "owninguser")),
    lookup("transactioncurrencyid", "transactioncurrency"),
    readOnly("exchangerate", type.decimal),
    column("actualclosedate", type.date),
    column("actualvalue", type.money(0)),
    column("currentsituation", type.text(MEMO_LENGTH)),
    column("customerneed", type.text(MEMO_LENGTH)),
    column("proposedsolution", type.text(MEMO_LENGTH)),
    column("opportunityratingcode", type.choice([1, "Hot"], [2, "Warm"], [3, "Cold"]), { defaultValue: 2 }),
    column("salesstage", type.choice([0, "Qualify"], [1, "Develop"], [2, "Propose"], [3, "Close"]), {
      defaultValue: 0,
    }),
    column("stepname", type.text(200)),
    column(
      "timeline",
      type.choice([0, "Immediate"], [1, "This Quarter"], [2, "Next Quarter"], [3, "This Year"], [4, "Not known"]),
    ),
    column("emailaddress", type.text(100)),
    column("statecode", stateOptions, { writable: "update", defaultValue: opportunityState.open }),
    column("statuscode", statusOptions, { defaultValue: 1 }),
  ];
}

function sectionColumn(given: OpportunityColumn): Column {
  const defaultValue = given.type.kind === "yes-no" ? given.type.defaultValue : null;
  return column(given.logicalName, sectionType(given), { defaultValue });
}

function sectionType(given: OpportunityColumn): ColumnType {
  switch (given.type.kind) {
    case "yes-no":
      return type.yesNo(given.type.labels.yes.en, given.type.labels.no.en);
    case "choice":
      return { kind: "choice", options: choiceOptions(given.type.choice) };
    case "date-time":
      return type.dateTime;
    case "text":
    case "url":
    case "multi-line":
      return type.text(given.type.maxLength);
  }
}

function choiceOptions(choice: "cosell_help" | "cosell_syncstatus"): readonly { value: number; label: string }[] {
  const source = choice === "cosell_help" ? helpOptions : syncStatuses;
  return source.map((one) => ({ value: one.value, label: one.labels.en }));
}
