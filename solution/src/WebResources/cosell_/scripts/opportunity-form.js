"use strict";
(() => {
  // solution/schema/opportunity-columns.ts
  var opportunityColumns = {
    sync: seller("cosell_SyncWithPartnerCenter", yesNo({ en: "Yes", fr: "Oui" }, { en: "No", fr: "Non" }), {
      en: "Sync with Partner Center",
      fr: "Synchroniser avec l\u2019espace partenaires"
    }),
    help: seller(
      "cosell_HelpRequired",
      { kind: "choice", choice: "cosell_help" },
      {
        en: "How can Microsoft help?",
        fr: "Comment Microsoft peut-il vous aider ?"
      }
    ),
    products: seller(
      "cosell_Products",
      { kind: "multi-line", maxLength: 4e3 },
      {
        en: "Products",
        fr: "Produits"
      }
    ),
    visible: seller(
      "cosell_VisibleToMicrosoft",
      yesNo(
        { en: "Visible to Microsoft sellers", fr: "Visible par les vendeurs de Microsoft" },
        { en: "Not visible to Microsoft sellers", fr: "Non visible par les vendeurs de Microsoft" }
      ),
      { en: "Visible to Microsoft", fr: "Visible par Microsoft" }
    ),
    referralId: relay(
      "cosell_ReferralIdentifier",
      { kind: "text", maxLength: 100 },
      {
        en: "Referral identifier",
        fr: "Identificateur de r\xE9f\xE9rence"
      }
    ),
    referralLink: relay(
      "cosell_ReferralLink",
      { kind: "url", maxLength: 500 },
      {
        en: "Referral link",
        fr: "Lien de r\xE9f\xE9rence"
      }
    ),
    audit: relay("cosell_Audit", { kind: "multi-line", maxLength: 2e4 }, { en: "Audit", fr: "Audit" }),
    syncStatus: relay(
      "cosell_SyncStatus",
      { kind: "choice", choice: "cosell_syncstatus" },
      {
        en: "Sync status",
        fr: "\xC9tat de la synchronisation"
      }
    ),
    syncMessage: relay(
      "cosell_SyncMessage",
      { kind: "text", maxLength: 1e3 },
      {
        en: "Sync message",
        fr: "Message de synchronisation"
      }
    ),
    lastSyncedOn: relay(
      "cosell_LastSyncedOn",
      { kind: "date-time" },
      {
        en: "Last synced on",
        fr: "Derni\xE8re synchronisation"
      }
    ),
    expiresOn: relay("cosell_ExpiresOn", { kind: "date-time" }, { en: "Expires on", fr: "Expire le" }),
    microsoftCrmId: relay(
      "cosell_MicrosoftCrmIdentifier",
      { kind: "text", maxLength: 100 },
      {
        en: "Microsoft CRM identifier",
        fr: "Identificateur CRM de Microsoft"
      }
    ),
    referralStatus: relay(
      "cosell_ReferralStatus",
      { kind: "text", maxLength: 200 },
      {
        en: "Referral status",
        fr: "\xC9tat de la r\xE9f\xE9rence"
      }
    ),
    syncState: {
      ...relay(
        "cosell_SyncState",
        { kind: "multi-line", maxLength: 1e5 },
        {
          en: "Sync state",
          fr: "\xC9tat interne de la synchronisation"
        }
      ),
      shown: false
    }
  };
  var referralKey = {
    schemaName: "cosell_ReferralKey",
    logicalName: "cosell_referralkey",
    columns: [opportunityColumns.referralId.logicalName],
    labels: { en: "Referral identifier", fr: "Identificateur de r\xE9f\xE9rence" }
  };
  function yesNo(yes, no) {
    return { kind: "yes-no", defaultValue: false, labels: { yes, no } };
  }
  function seller(schemaName, type, labels2) {
    return { schemaName, logicalName: schemaName.toLowerCase(), type, labels: labels2, writer: "seller", shown: true };
  }
  function relay(schemaName, type, labels2) {
    return { ...seller(schemaName, type, labels2), writer: "relay" };
  }

  // solution/schema/publisher.ts
  var publisher = {
    uniqueName: "cosellsync",
    prefix: "cosell",
    /** Option values are this number × 10,000 + n (Dataverse's rule for choices of a publisher). */
    optionValuePrefix: 84213,
    labels: { en: "CoSell Sync", fr: "CoSell Sync" }
  };
  function optionValue(n) {
    return publisher.optionValuePrefix * 1e4 + n;
  }

  // solution/schema/sync-status.ts
  var syncStatusNames = ["not-shared", "waiting", "synced", "retrying", "needs-attention", "closed"];
  var labels = {
    "not-shared": { en: "Not shared", fr: "Non partag\xE9" },
    waiting: { en: "Waiting", fr: "En attente" },
    synced: { en: "Synced", fr: "Synchronis\xE9" },
    retrying: { en: "Retrying", fr: "Nouvel essai en cours" },
    "needs-attention": { en: "Needs attention", fr: "Intervention n\xE9cessaire" },
    closed: { en: "Closed", fr: "Cl\xF4tur\xE9" }
  };
  var syncStatuses = syncStatusNames.map((name, n) => ({
    name,
    value: optionValue(100 + n),
    labels: labels[name]
  }));

  // webresources/scripts/english-form-texts.ts
  var englishFormTexts = {
    needsAttention: "Co-sell with Microsoft: the sync needs your attention. See the co-sell section.",
    needsAttentionBecause: "Co-sell with Microsoft needs your attention: {message}",
    retrying: "Co-sell with Microsoft: the last changes have not arrived yet; they are sent again automatically.",
    retryingBecause: "Co-sell with Microsoft is being retried: {message}"
  };

  // webresources/scripts/form-texts.ts
  var FORM_TEXTS_NAME = `${publisher.prefix}_/strings/CoSell`;
  function formText(key) {
    const text = translated(key);
    return text === void 0 ? englishFormTexts[key] : text;
  }
  function translated(key) {
    try {
      const text = Xrm.Utility.getResourceString(FORM_TEXTS_NAME, key);
      return typeof text === "string" && text !== "" ? text : void 0;
    } catch (e) {
      return void 0;
    }
  }

  // webresources/scripts/form-notification.ts
  var NOTIFICATION_ID = "cosell_sync";
  var notices = {
    "needs-attention": { level: "WARNING", withMessage: "needsAttentionBecause", alone: "needsAttention" },
    retrying: { level: "INFO", withMessage: "retryingBecause", alone: "retrying" }
  };
  function onOpportunityLoad(event) {
    const { data } = event.getFormContext();
    data.removeOnLoad(showSyncNotice);
    data.addOnLoad(showSyncNotice);
    data.entity.removeOnPostSave(showSyncNotice);
    data.entity.addOnPostSave(showSyncNotice);
    showSyncNotice(event);
  }
  function showSyncNotice(event) {
    const form = event.getFormContext();
    const notice = noticeOf(form);
    form.ui.clearFormNotification(NOTIFICATION_ID);
    if (notice === void 0) return;
    form.ui.setFormNotification(textOf(form, notice), notice.level, NOTIFICATION_ID);
  }
  function noticeOf(form) {
    if (valueOf(form, opportunityColumns.sync.logicalName) === false) return void 0;
    const value = valueOf(form, opportunityColumns.syncStatus.logicalName);
    const status = syncStatuses.find((option) => option.value === value);
    return status === void 0 ? void 0 : notices[status.name];
  }
  function textOf(form, notice) {
    const message = valueOf(form, opportunityColumns.syncMessage.logicalName);
    return typeof message === "string" && message.trim() !== "" ? formText(notice.withMessage).replace("{message}", () => message.trim()) : formText(notice.alone);
  }
  function valueOf(form, column) {
    const attribute = form.getAttribute(column);
    return attribute === null ? void 0 : attribute.getValue();
  }

  // webresources/scripts/publish.ts
  function publish(functions) {
    window.CoSell = { ...window.CoSell, ...functions };
  }

  // webresources/scripts/opportunity-form.ts
  publish({ onOpportunityLoad });
})();
