/** @jest-environment jsdom */

import axe from "axe-core";
import { render } from "@testing-library/react";
import React from "react";
import { CoSellSection } from "../../pcf-control/CoSellSection/index";
import { createFakeHost } from "./fake-context";
import { mountSection } from "./mounted-section";
import { states } from "./states";

/** Contrast needs a browser; landmarks are the page's, not a control's. */
const rules = { "color-contrast": { enabled: false }, region: { enabled: false } };

test.each(Object.keys(states))("[PF22] an accessibility check finds nothing: %s", async (name) => {
  const { view } = mountSection(states[name]);
  for (const button of view.queryAllByRole("button", { expanded: false })) button.click();
  const { violations } = await axe.run(view.container, { rules });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

test("[PF22] two sections on one form share no id", () => {
  const section = (key: string) => {
    const host = createFakeHost(states["synced"]);
    const control = new CoSellSection();
    control.init(host.context(), () => undefined);
    return React.cloneElement(control.updateView(host.context()), { key });
  };
  const { container } = render(React.createElement("div", null, section("a"), section("b")));
  const ids = [...container.querySelectorAll("[id]")].map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(10);
  expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
  for (const attribute of ["aria-describedby", "aria-labelledby"]) {
    const named = [...container.querySelectorAll(`[${attribute}]`)];
    const missing = named
      .flatMap((each) => (each.getAttribute(attribute) ?? "").split(" "))
      .filter((id) => !ids.includes(id));
    expect(missing).toEqual([]);
  }
});
