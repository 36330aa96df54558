// Keeps the opportunity form honest about the sync: when it needs the seller or is being retried, a notification at the
// top of the form says so, also when the co-sell section is on a tab that is not open. It reads three columns, writes none,
// and calls no server.

import { opportunityColumns } from "../../solution/schema/opportunity-columns";
import { syncStatuses, type SyncStatus } from "../../solution/schema/sync-status";
import { formText, type FormTextKey } from "./form-texts";

/** Names our notification among those of other scripts. */
export const NOTIFICATION_ID = "cosell_sync";

interface Notice {
  readonly level: Xrm.FormNotificationLevel;
  /** Text that leads to the sync message. */
  readonly withMessage: FormTextKey;
  /** Text for a form that does not hold the sync message, or when there is none. */
  readonly alone: FormTextKey;
}

const notices: { readonly [S in SyncStatus]?: Notice } = {
  "needs-attention": { level: "WARNING", withMessage: "needsAttentionBecause", alone: "needsAttention" },
  retrying: { level: "INFO", withMessage: "retryingBecause", alone: "retrying" },
};

/** Shows the state of the sync now and after every save and refresh. Registered on the form's load event. */
export function onOpportunityLoad(event: Xrm.Events.EventContext): void {
  const { data } = event.getFormContext();
  // A form that moves on to another record may fire its load event again; each handler must stay registered once.
  data.removeOnLoad(showSyncNotice);
  data.addOnLoad(showSyncNotice);
  data.entity.removeOnPostSave(showSyncNotice);
  data.entity.addOnPostSave(showSyncNotice);
  showSyncNotice(event);
}

function showSyncNotice(event: Xrm.Events.EventContext): void {
  const form = event.getFormContext();
  const notice = noticeOf(form);
  // Clearing first makes a changed message take the place of the old one.
  form.ui.clearFormNotification(NOTIFICATION_ID);
  if (notice === undefined) return;
  form.ui.setFormNotification(textOf(form, notice), notice.level, NOTIFICATION_ID);
}

function noticeOf(form: Xrm.FormContext): Notice | undefined {
  // With the switch off the relay writes nothing more: what it wrote last asks nothing of anybody.
  if (valueOf(form, opportunityColumns.sync.logicalName) === false) return undefined;
  const value = valueOf(form, opportunityColumns.syncStatus.logicalName);
  const status = syncStatuses.find((option) => option.value === value);
  return status === undefined ? undefined : notices[status.name];
}

function textOf(form: Xrm.FormContext, notice: Notice): string {
  const message = valueOf(form, opportunityColumns.syncMessage.logicalName);
  return typeof message === "string" && message.trim() !== ""
    ? formText(notice.withMessage).replace("{message}", () => message.trim())
    : formText(notice.alone);
}

/** Value of a column; undefined when a customiser left the column off the form, null when it is empty. */
function valueOf(form: Xrm.FormContext, column: string): unknown {
  // The platform answers null for a column that is not on the form, whatever the types say.
  const attribute: Xrm.Attributes.Attribute | null = form.getAttribute(column);
  return attribute === null ? undefined : attribute.getValue();
}
