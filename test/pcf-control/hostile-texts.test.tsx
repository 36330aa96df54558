/** @jest-environment jsdom */

import { fc } from "../support/properties";
import { allowedHosts, safeLink } from "../../pcf-control/CoSellSection/model/safe-link";
import { sentences } from "../../pcf-control/CoSellSection/model/sentences";
import { auditEntries } from "../../pcf-control/CoSellSection/model/audit-trail";
import { mountSection } from "./mounted-section";
import { sayIn } from "./model-of";
import { states, statusValue } from "./states";

/** Generated texts a property is tried on. */
const RUNS = 10_000;
/** Texts shown at a time: a whole section is drawn for each batch. */
const BATCH = 100;

const pieces = fc.constantFrom(
  ...["https://", "http://", "javascript:", "data:text/html,", "//", "\\\\", "@", ":443", ":8443", "?", "#", "/", "."],
  ...["partner.microsoft.com", "partnercenter.microsoft.com", "evil.example", "microsoft.com", "раrtner.microsoft.com"],
  ...[
    "%00",
    "%2e",
    "\t",
    "\n",
    " ",
    "\u200b",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "&lt;b&gt;",
  ],
  ...['"onmouseover="x', "{{7*7}}", "${x}", "<svg/onload=x>", " · ", "2026-11-23 09:00 UTC · ", "done", "updated: "],
);
const hostile = fc.oneof(
  fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 8 }).map((parts) => parts.join("")),
  fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 4 }).map((parts) => {
    return `https://partner.microsoft.com${parts.join("")}`;
  }),
  fc.webUrl(),
  fc.string({ unit: "binary" }),
);

test("[PF20] of 10,000 hostile texts only https addresses on an allowed host become links", () => {
  let links = 0;
  fc.assert(
    fc.property(hostile, (text) => {
      const link = safeLink(text);
      if (link === null) return;
      links += 1;
      const { protocol, hostname, port, username } = new URL(link);
      expect([protocol, port, username]).toEqual(["https:", "", ""]);
      expect(allowedHosts).toContain(hostname);
    }),
    { numRuns: RUNS },
  );
  expect(links).toBeGreaterThan(0);
});

test.each([
  ["https://partner.microsoft.com/a?b=c#d", "https://partner.microsoft.com/a?b=c#d"],
  [" https://PARTNER.microsoft.com ", "https://partner.microsoft.com/"],
  ["http://partner.microsoft.com/", null],
  ["https://partner.microsoft.com.evil.example/", null],
  ["https://evil.example/partner.microsoft.com", null],
  ["https://x@partner.microsoft.com/", null],
  ["https://partner.microsoft.com:8443/", null],
  ["https://partner.microsoft.com\\@evil.example/", null],
  ["https://part\nner.microsoft.com/", null],
  ["javascript:alert(1)", null],
  ["//partner.microsoft.com/", null],
  ["", null],
])("[PF20] %j leads to %j", (text, link) => {
  expect(safeLink(text)).toBe(link);
});

test("[PF20] a text that is no allowed address is no link and says so", () => {
  const { view } = mountSection(states["bad link"]);
  expect(view.queryByRole("link")).toBeNull();
  expect(view.getByText(/does not lead to Partner Center/)).toBeTruthy();
  expect(view.container.textContent).not.toContain("example.org");
});

test("[PF21] 10,000 hostile texts in every column create no element, no script and no other link", () => {
  const tags = new Set([
    "A",
    "BUTTON",
    "DD",
    "DIV",
    "DL",
    "DT",
    "I",
    "INPUT",
    "LABEL",
    "LI",
    "OL",
    "P",
    "SPAN",
    "STRONG",
  ]);
  for (const more of ["TIME", "UL", "path", "svg", "title"]) tags.add(more);
  const { view, refresh } = mountSection(states["synced"]);
  fc.assert(
    fc.property(fc.array(hostile, { minLength: BATCH, maxLength: BATCH }), (texts) => {
      const [first = "", second = "", third = "", fourth = ""] = texts;
      refresh({
        ...{ products: first, referralId: second, referralLink: third, referralStatus: fourth, microsoftCrmId: first },
        ...{ audit: texts.join("\n"), syncMessage: second, syncStatus: statusValue("retrying") },
      });
      view.queryByRole("button", { expanded: false, name: /entries/ })?.click();
      const elements = [...view.container.querySelectorAll("*")];
      expect(elements.filter(({ tagName }) => !tags.has(tagName)).map(({ outerHTML }) => outerHTML)).toEqual([]);
      const running = elements.filter((each) => [...each.attributes].some(({ name }) => name.startsWith("on")));
      expect(running.map(({ outerHTML }) => outerHTML)).toEqual([]);
      const links = elements.flatMap((each) => each.getAttribute("href") ?? each.getAttribute("src") ?? []);
      expect(links.filter((link) => safeLink(link) === null)).toEqual([]);
    }),
    { numRuns: RUNS / BATCH },
  );
}, 120_000);

test("[PF21] no text, however hostile, keeps the section from reading it", () => {
  const texts = { say: sayIn(1036), time: (at: Date) => at.toISOString() };
  fc.assert(
    fc.property(hostile, (text) => {
      expect(sentences(text).length).toBeLessThanOrEqual(20);
      expect(auditEntries(text, texts).length).toBe(
        text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "").length,
      );
    }),
    { numRuns: RUNS },
  );
});
