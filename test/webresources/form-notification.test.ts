// The script of the opportunity form on xrm-mock, the fake of the platform's client API.

import { onOpportunityLoad } from "../../webresources/scripts/form-notification";
import { englishFormTexts } from "../../webresources/scripts/english-form-texts";
import { fakeForm } from "./form-fixture";

test("[WR4] a sync that needs the seller is a warning on the form, with the sync message", () => {
  const form = fakeForm({ status: "needs-attention", message: "Add the country." });
  onOpportunityLoad(form.event);
  expect(form.notifications()).toEqual([
    { level: "WARNING", message: "Co-sell with Microsoft needs your attention: Add the country." },
  ]);
});

test("[WR4] a sync that is retried is an information only", () => {
  const form = fakeForm({ status: "retrying", message: "Partner Center cannot be reached." });
  onOpportunityLoad(form.event);
  expect(form.notifications()).toEqual([
    { level: "INFO", message: "Co-sell with Microsoft is being retried: Partner Center cannot be reached." },
  ]);
});

test.each(["not-shared", "waiting", "synced", "closed", null] as const)(
  "[WR4] with status %s there is no notification",
  (status) => {
    const form = fakeForm({ status, message: "Old message" });
    onOpportunityLoad(form.event);
    expect(form.notifications()).toEqual([]);
  },
);

test.each([
  ["needs-attention", "Co-sell with Microsoft: the sync needs your attention. See the co-sell section."],
  ["retrying", englishFormTexts.retrying],
] as const)("[WR4] without a sync message the notification for %s says what to do", (status, text) => {
  for (const message of [null, "", "   "]) {
    const form = fakeForm({ status, message });
    onOpportunityLoad(form.event);
    expect(form.notifications().map((notification) => notification.message)).toEqual([text]);
  }
});

test("[WR4] a message is shown as it is, whatever characters it holds", () => {
  const form = fakeForm({ status: "needs-attention", message: "$& costs $1 {message} <b>" });
  onOpportunityLoad(form.event);
  expect(form.notifications()[0]?.message).toBe(
    "Co-sell with Microsoft needs your attention: $& costs $1 {message} <b>",
  );
});

test("[WR5] a refresh of the data shows the new state and takes the old one away", () => {
  const form = fakeForm({ status: "synced", message: "" });
  onOpportunityLoad(form.event);
  form.become({ status: "needs-attention", message: "Add the country." });
  form.refresh();
  expect(form.notifications().map(({ level }) => level)).toEqual(["WARNING"]);
  form.become({ status: "needs-attention", message: "Add the currency." });
  form.refresh();
  expect(form.notifications().map(({ message }) => message)).toEqual([
    "Co-sell with Microsoft needs your attention: Add the currency.",
  ]);
  form.become({ status: "synced", message: null });
  form.refresh();
  expect(form.notifications()).toEqual([]);
});

test.each(["needs-attention", "retrying"] as const)(
  "[WR4] with the switch off the status %s that was written last is not told",
  (status) => {
    const told = { status, message: "The referral no longer exists." };
    const shown = [true, false].map((sync) => {
      const form = fakeForm({ ...told, sync });
      onOpportunityLoad(form.event);
      return form.notifications().length;
    });
    expect(shown).toEqual([1, 0]);
  },
);

test("[WR5] a save shows the new state", () => {
  const form = fakeForm({ status: "needs-attention", message: "Add the country." });
  onOpportunityLoad(form.event);
  form.become({ status: "retrying", message: null });
  form.save();
  expect(form.notifications().map(({ level }) => level)).toEqual(["INFO"]);
});

test("[WR5] a form that loads again reports once", () => {
  const form = fakeForm({ status: "needs-attention", message: "Add the country." });
  onOpportunityLoad(form.event);
  onOpportunityLoad(form.event);
  expect(form.handlers()).toEqual({ onLoad: 1, onPostSave: 1 });
  expect(form.notifications()).toHaveLength(1);
});

test("[WR6] a form without the section's columns loads and shows nothing", () => {
  const form = fakeForm({});
  onOpportunityLoad(form.event);
  form.refresh();
  form.save();
  expect(form.notifications()).toEqual([]);
});

test("[WR6] a form with the status alone reports without the message", () => {
  const form = fakeForm({ status: "needs-attention" });
  onOpportunityLoad(form.event);
  expect(form.notifications()[0]?.message).toBe(englishFormTexts.needsAttention);
});

test("[WR7] the script changes no column, the opportunity's name least of all", () => {
  const form = fakeForm({ status: "needs-attention", message: "Add the country.", name: "Deal" });
  onOpportunityLoad(form.event);
  form.refresh();
  form.save();
  expect(form.dirtyColumns()).toEqual([]);
  expect(form.event.getFormContext().getAttribute("name")?.getValue()).toBe("Deal");
});

test("[WR8] the text comes from the text web resource in the user's language", () => {
  const form = fakeForm({ status: "needs-attention", message: "Ajoutez le pays." });
  const asked: string[][] = [];
  Xrm.Utility.getResourceString = (...names) => {
    asked.push(names);
    return "Intervention nécessaire : {message}";
  };
  onOpportunityLoad(form.event);
  expect(asked).toEqual([["cosell_/strings/CoSell", "needsAttentionBecause"]]);
  expect(form.notifications()[0]?.message).toBe("Intervention nécessaire : Ajoutez le pays.");
});

test.each([
  ["is empty", () => ""],
  [
    "cannot be read",
    () => {
      throw new Error("The web resource is not loaded.");
    },
  ],
])("[WR8] when the text web resource %s, the English text is shown", (_what, getResourceString) => {
  const form = fakeForm({ status: "retrying", message: null });
  Xrm.Utility.getResourceString = getResourceString;
  onOpportunityLoad(form.event);
  expect(form.notifications()[0]?.message).toBe(englishFormTexts.retrying);
});
