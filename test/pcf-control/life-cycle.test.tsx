/** @jest-environment jsdom */

import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { webDarkTheme, webLightTheme } from "@fluentui/react-theme";
import { CoSellSection } from "../../pcf-control/CoSellSection/index";
import { chooseHelp, helpList } from "./choose-help";
import { createFakeHost, type HostOptions } from "./fake-context";
import { mountSection } from "./mounted-section";
import { someHelp, states } from "./states";

/** A control whose host asks for nothing by itself. */
function quietControl(options: HostOptions = {}) {
  const host = createFakeHost(options);
  const control = new CoSellSection();
  const notified = jest.fn();
  control.init(host.context(), notified);
  const view = render(control.updateView(host.context()));
  const show = () => {
    view.rerender(control.updateView(host.context()));
  };
  return { host, control, notified, show };
}

const toggle = (name: string) => screen.getByRole("switch", { name });
const sync = "Sync with Partner Center";

test("[PF17] a control that nobody touched puts nothing out", () => {
  expect(quietControl(states["synced"]).control.getOutputs()).toEqual({});
});

test("[PF17] the outputs hold the changed column alone, however often they are asked for", async () => {
  const { control, notified } = quietControl(states["synced"]);
  await userEvent.click(toggle("Visible to Microsoft"));
  expect(notified).toHaveBeenCalledTimes(1);
  expect([control.getOutputs(), control.getOutputs()]).toEqual([{ visible: true }, { visible: true }]);
});

test("[PF17] an emptied column is there as undefined", async () => {
  const { control, show } = quietControl({ values: { products: "SOL-1-A", help: someHelp } });
  await userEvent.click(screen.getByRole("button", { name: "Remove SOL-1-A" }));
  const outputs = control.getOutputs();
  expect(Object.keys(outputs)).toEqual(["products"]);
  expect(outputs.products).toBeUndefined();
  show();
  expect(control.getOutputs()).toEqual({});
});

test("[PF17] an edit taken back before the host asked is no edit", async () => {
  const { control, show } = quietControl();
  await userEvent.click(toggle(sync));
  show();
  await userEvent.click(toggle(sync));
  expect(control.getOutputs()).toEqual({});
});

test("[PF17] an edit taken back after the host asked is put out again", async () => {
  const { control, show, host } = quietControl();
  await userEvent.click(toggle(sync));
  expect(control.getOutputs()).toEqual({ sync: true });
  host.set({ sync: true });
  show();
  await userEvent.click(toggle(sync));
  expect(control.getOutputs()).toEqual({ sync: false });
});

test("[PF17] a choice that is reported twice is told to the host once", async () => {
  const { control, notified, host } = quietControl();
  await chooseHelp("Quotes or licensing");
  host.set(control.getOutputs());
  await chooseHelp("Quotes or licensing");
  expect(notified).toHaveBeenCalledTimes(1);
});

test("[PF17] edits that follow each other before the host asks are all there", async () => {
  const { control } = quietControl();
  await userEvent.type(screen.getByRole("textbox", { name: "Products" }), "SOL-1-A{Enter}SOL-2-B{Enter}");
  await userEvent.click(toggle(sync));
  expect(control.getOutputs()).toEqual({ products: "SOL-1-A; SOL-2-B", sync: true });
});

test("[PF18] an edit that the host has not asked for is shown and kept", async () => {
  const { control, show } = quietControl();
  await userEvent.click(toggle(sync));
  show();
  show();
  expect(toggle(sync).getAttribute("aria-checked")).toBe("true");
  expect(control.getOutputs()).toEqual({ sync: true });
});

test("[PF18] the host's word counts once it has taken an edit, even if it undid it", async () => {
  const { control, show } = quietControl();
  await userEvent.click(toggle(sync));
  control.getOutputs();
  show();
  expect(toggle(sync).getAttribute("aria-checked")).toBe("false");
  expect(control.getOutputs()).toEqual({});
});

test("[PF18] values that change on the form by themselves are shown", () => {
  const { refresh } = mountSection();
  refresh({ sync: true });
  expect(toggle(sync).getAttribute("aria-checked")).toBe("true");
});

test("[PF12] help chosen beside a referral stays open until the relay has answered", async () => {
  const { refresh } = mountSection(states["synced"]);
  await chooseHelp("General or other");
  expect(helpList()).not.toBeNull();
  refresh({ lastSyncedOn: new Date("2026-11-24T09:00:00Z") });
  expect(helpList()).toBeNull();
});

test("[PF19] after its end a control tells its host nothing", async () => {
  const { control, notified } = quietControl();
  control.destroy();
  await userEvent.click(toggle(sync));
  expect(notified).not.toHaveBeenCalled();
  expect(control.getOutputs()).toEqual({});
});

test("[PF20] the referral's link is opened through the host", async () => {
  const { host } = mountSection(states["synced"]);
  const address = String(states["synced"]?.values?.referralLink);
  const link = screen.getByRole("link", { name: "Open in Partner Center" });
  expect(link.getAttribute("href")).toBe(address);
  await userEvent.click(link);
  expect(host.opened).toEqual([address]);
});

const brand = Object.fromEntries(Array.from({ length: 16 }, (_, n) => [(n + 1) * 10, `#0000${(n + 16).toString(16)}`]));

test.each([
  ["light", webLightTheme, false],
  ["dark", webDarkTheme, true],
] as const)("[PF24] in the new look the section has the host's colours: %s", (_, tokenTheme, isDarkTheme) => {
  const { view } = mountSection({ ...states["synced"], design: { tokenTheme, brand, isDarkTheme } as never });
  const section = view.container.querySelector<HTMLElement>(".cosell-section");
  expect(section?.style.getPropertyValue("--cosell-text")).toBe(tokenTheme.colorNeutralForeground1);
  expect(section?.style.getPropertyValue("--cosell-good")).toBe(tokenTheme.colorPaletteGreenForeground1);
});

test.each([[undefined], [null], [{ tokenTheme: undefined, brand }]])(
  "[PF24] without the new look's tokens (%j) the section is in the classic theme",
  (design) => {
    const { view } = mountSection({ ...states["synced"], design: design as never });
    const section = view.container.querySelector<HTMLElement>(".cosell-section");
    expect(section?.style.getPropertyValue("--cosell-text")).toBe("#323130");
  },
);

test("[PF24] a right-to-left user gets a right-to-left section", () => {
  const { view } = mountSection(states["right to left"]);
  expect(view.container.querySelector(".cosell-section")?.getAttribute("dir")).toBe("rtl");
});

test("[PF7] a host that leaves out what its types promise is borne", () => {
  const odd = { security: null, attributes: null, formatted: null, errorMessage: null, error: true };
  const names = ["sync", "help", "visible", "products", "audit", "expiresOn"] as const;
  const properties = Object.fromEntries(names.map((name) => [name, odd]));
  mountSection({ ...states["synced"], properties: properties });
  expect(toggle(sync).getAttribute("aria-checked")).toBe("true");
});
