// What the host form says, in plain values: the only thing the model knows of Power Apps.

import type { OpportunityColumnRole } from "../../../solution/schema/opportunity-columns";
import type { DateTimePatterns } from "./time-format";

/** One option of a choice or of a yes/no column, labelled in the user's language. */
export interface Option {
  readonly value: number;
  readonly label: string;
}

/** What the host says of one property of the control. */
export interface Column<T> {
  /** False when the customiser left the property unbound: it is then not shown. */
  readonly bound: boolean;
  /** Null when empty, and when the user may not read it. */
  readonly value: T | null;
  /** The host's own rendering of the value, "" when it has none. */
  readonly formatted: string;
  readonly readable: boolean;
  /** Column security only; the form as a whole is `HostState.disabled`. */
  readonly editable: boolean;
  /** Label of the column on this table; null when the host has no metadata. */
  readonly label: string | null;
  /** The host's complaint about the present value. */
  readonly error: string | null;
  /** Empty when the host has no metadata. */
  readonly options: readonly Option[];
  /** Characters that the column holds; null for columns of another kind and without metadata. */
  readonly maxLength: number | null;
}

/** The bound columns by role. */
export interface Columns {
  readonly sync: Column<boolean>;
  readonly help: Column<number>;
  readonly visible: Column<boolean>;
  readonly products: Column<string>;
  readonly referralId: Column<string>;
  readonly referralLink: Column<string>;
  readonly audit: Column<string>;
  readonly syncStatus: Column<number>;
  readonly syncMessage: Column<string>;
  readonly lastSyncedOn: Column<Date>;
  readonly referralStatus: Column<string>;
  readonly expiresOn: Column<Date>;
  readonly microsoftCrmId: Column<string>;
}

/** Role of a column that the section shows. */
export type Role = keyof Columns & OpportunityColumnRole;

/** Colours and fonts of the host's new look. */
export interface Design {
  readonly tokens: Readonly<Record<string, string>>;
  readonly brand: Readonly<Record<number, string>>;
  readonly dark: boolean;
}

/** Everything the section needs from its host. */
export interface HostState {
  readonly columns: Columns;
  /** The whole form is read-only, or the user may not write. */
  readonly disabled: boolean;
  /** Names of fields, as the customiser typed them. */
  readonly hiddenFields: string;
  readonly disabledFields: string;
  /** Width in pixels; null when the host does not say. */
  readonly width: number | null;
  readonly rightToLeft: boolean;
  /** Dataverse code of the user's language. */
  readonly languageCode: number;
  readonly patterns: DateTimePatterns;
  /** Minutes that the user's time zone is ahead of UTC at an instant. */
  readonly minutesAheadOfUtc: (at: Date) => number;
  readonly nowMs: number;
  /** Null in the classic look. */
  readonly design: Design | null;
}
