// Edits on their way to the form. An edit is `open` until the host has asked for it and `given` until the host has shown
// its values again; after that the host's word counts, even if a rule of the form undid the edit. The host may ask more
// than once, and shows values whenever it likes.

import type { Column, Columns } from "./host-state";

/** New values of the columns that sellers write; null empties the column. A key that is absent was not edited. */
export interface Edits {
  readonly sync?: boolean;
  readonly help?: number | null;
  readonly visible?: boolean;
  readonly products?: string | null;
}

/** Edits that the form does not show yet. */
export interface PendingEdits {
  readonly given: Edits;
  readonly open: Edits;
}

export const noEdits: PendingEdits = { given: {}, open: {} };

/** Takes an edit in. What brings a column back to what the form has is no edit any more. */
export function withEdits(pending: PendingEdits, columns: Columns, edits: Edits): PendingEdits {
  return { ...pending, open: withoutEqual({ ...pending.open, ...edits }, withPending(columns, pending.given)) };
}

/** Whether the host has yet to ask for something. */
export function hasOpenEdits({ open }: PendingEdits): boolean {
  return Object.keys(open).length > 0;
}

/** The host asks: everything is given. */
export function give(pending: PendingEdits): PendingEdits {
  return { given: { ...pending.given, ...pending.open }, open: {} };
}

/** The host shows its values: what it was given is settled. */
export function settle(pending: PendingEdits, columns: Columns): PendingEdits {
  return { given: {}, open: withoutEqual(pending.open, columns) };
}

/** The columns as they will be. */
export function withPending(columns: Columns, edits: Edits): Columns {
  return {
    ...columns,
    ...(edits.sync !== undefined && { sync: edited(columns.sync, edits.sync) }),
    ...(edits.help !== undefined && { help: edited(columns.help, edits.help) }),
    ...(edits.visible !== undefined && { visible: edited(columns.visible, edits.visible) }),
    ...(edits.products !== undefined && { products: edited(columns.products, edits.products) }),
  };
}

function edited<T>(column: Column<T>, value: T | null): Column<T> {
  return { ...column, value };
}

function withoutEqual({ sync, help, visible, products }: Edits, columns: Columns): Edits {
  return {
    ...(differs(sync, columns.sync.value ?? false) && { sync }),
    ...(differs(help, columns.help.value) && { help }),
    ...(differs(visible, columns.visible.value ?? false) && { visible }),
    ...(differs(products, columns.products.value) && { products }),
  };
}

function differs<T>(value: T | undefined, shown: T): value is T {
  return value !== undefined && value !== shown;
}
