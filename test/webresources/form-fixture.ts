import type { EntityMock, FormContextMock, UiMock, DataMock } from "xrm-mock";
import { XrmMockGenerator } from "xrm-mock";
import { syncStatuses, type SyncStatus } from "../../solution/schema/sync-status";

/** What is on the form; a column that is left out is not on it, and null is empty. */
export interface OnTheForm {
  readonly status?: SyncStatus | null;
  readonly message?: string | null;
  readonly sync?: boolean;
  readonly name?: string;
}

/** A form of the platform's fake, with what the tests look at. */
export interface FakeForm {
  readonly event: Xrm.Events.EventContext;
  readonly notifications: () => readonly { readonly message: string; readonly level: string }[];
  /** The relay wrote the columns. */
  readonly become: (columns: OnTheForm) => void;
  readonly refresh: () => void;
  readonly save: () => void;
  readonly handlers: () => { readonly onLoad: number; readonly onPostSave: number };
  readonly dirtyColumns: () => readonly string[];
}

export function fakeForm(columns: OnTheForm): FakeForm {
  XrmMockGenerator.initialise({ entity: { entityName: "opportunity" } });
  Xrm.Utility.getResourceString = () => null as unknown as string;
  const form = XrmMockGenerator.getFormContext();
  const { data, entity, ui } = partsOf(form);
  const event = XrmMockGenerator.getEventContext();
  if (columns.status !== undefined) {
    XrmMockGenerator.Attribute.createOptionSet({ name: "cosell_syncstatus", value: valueOf(columns.status), options });
  }
  if (columns.message !== undefined) {
    XrmMockGenerator.Attribute.createString({ name: "cosell_syncmessage", value: columns.message ?? "" });
  }
  if (columns.sync !== undefined) {
    XrmMockGenerator.Attribute.createBoolean({ name: "cosell_syncwithpartnercenter", value: columns.sync });
  }
  if (columns.name !== undefined) XrmMockGenerator.Attribute.createString({ name: "name", value: columns.name });
  return {
    event,
    notifications: () => (ui.formNotifications ?? []).map(({ message, level }) => ({ message, level })),
    become: ({ status, message }) => {
      if (status !== undefined) write(form, "cosell_syncstatus", valueOf(status));
      if (message !== undefined) write(form, "cosell_syncmessage", message);
    },
    refresh: () =>
      data.loadEventHandlers.forEach((handler) => handler(event as unknown as Xrm.Events.DataLoadEventContext)),
    save: () => entity.save(),
    handlers: () => ({ onLoad: data.loadEventHandlers.length, onPostSave: entity.postSaveEventHandlers.length }),
    dirtyColumns: () => form.getAttribute().flatMap((column) => (column.getIsDirty() ? [column.getName()] : [])),
  };
}

const options = syncStatuses.map(({ value, labels }) => ({ value, text: labels.en }));

function valueOf(status: SyncStatus | null): number | null {
  return syncStatuses.find(({ name }) => name === status)?.value ?? null;
}

function write(form: FormContextMock, column: string, value: number | string | null): void {
  form.getAttribute<Xrm.Attributes.Attribute>(column).setValue(value);
}

function partsOf(form: FormContextMock): { data: DataMock; entity: EntityMock; ui: UiMock } {
  return { data: form.data as DataMock, entity: form.data.entity as EntityMock, ui: form.ui as unknown as UiMock };
}
