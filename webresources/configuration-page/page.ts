// The solution's configuration page: opened from the solution in Dynamics, it shows what is set up and the next step.
// It reads from Dataverse what its user may read, asks the relay whether it runs, and changes nothing.

import type { Wording } from "./card";
import { runChecks } from "./checks/run-checks";
import type { Findings } from "./findings";
import { organisationPath } from "./org-address";
import { pageModelOf } from "./page-model";
import { textsOf } from "./page-texts";
import { drawContent, drawFrame, type Frame } from "./render";
import { loadTexts, userLanguage } from "./user-language";
import { createWebApi, type WebApi } from "./web-api";

async function openPage(into: HTMLElement): Promise<void> {
  const organisation = organisationPath(window.location.pathname);
  const api = createWebApi(organisation);
  const language = await userLanguage(api, window.location.search, navigator.language);
  document.documentElement.lang = language;
  const texts = textsOf(await loadTexts(language));
  document.title = texts("title");
  // Dates in the browser's own manner, as long as it is of the same language.
  const locale = navigator.language.toLowerCase().startsWith(language) ? navigator.language : language;
  const wording: Wording = {
    texts,
    language,
    organisation,
    date: (iso) => dateText(iso, locale),
    time: () => new Date().toLocaleTimeString(locale),
  };
  const frame = drawFrame(into, texts);
  frame.button.addEventListener("click", () => void check(frame, api, wording));
  await check(frame, api, wording);
}

/** Looks at everything and shows each finding as it comes; a second click meanwhile changes nothing. */
async function check(frame: Frame, api: WebApi, wording: Wording): Promise<void> {
  const { button, status } = frame;
  if (button.getAttribute("aria-disabled") === "true") return;
  const { texts } = wording;
  button.setAttribute("aria-disabled", "true");
  status.textContent = texts("checking");
  const draw = (findings: Findings): void => drawContent(frame, pageModelOf(findings, wording), texts);
  draw({});
  await runChecks(api, draw);
  button.removeAttribute("aria-disabled");
  status.textContent = texts("checkedAt", { time: wording.time() });
}

function dateText(iso: string, locale: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso === "" ? "?" : iso;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" } as object).format(date);
}

const page = document.getElementById("page");
if (page !== null) void openPage(page);
