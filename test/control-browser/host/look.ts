// The look of the host: tokens of the new look as model-driven apps hand them to controls, and the page around the control.

import { webDarkTheme, webLightTheme } from "@fluentui/react-theme";
import type { Scene } from "./scene";

/** Fluent 2's own blue, from the darkest to the lightest. */
const shades = [
  "#061724",
  "#082338",
  "#0a2e4a",
  "#0c3b5e",
  "#0e4775",
  "#0f548c",
  "#115ea3",
  "#0f6cbd",
  "#2886de",
  "#479ef5",
  "#62abf5",
  "#77b7f7",
  "#96c6fa",
  "#b4d6fa",
  "#cfe4fa",
  "#ebf3fc",
];
const brand = Object.fromEntries(shades.map((shade, n) => [(n + 1) * 10, shade]));

/** What the host tells a control of its look; nothing in the classic look. */
export function designOf({ theme }: Scene): object | undefined {
  if (theme === "classic") return undefined;
  return { tokenTheme: theme === "dark" ? webDarkTheme : webLightTheme, brand, isDarkTheme: theme === "dark" };
}

/** Makes the page look like a form of that kind. */
export function dressPage({ theme, rightToLeft, languageCode, width }: Scene, form: HTMLElement): void {
  const tokens = theme === "dark" ? webDarkTheme : webLightTheme;
  document.documentElement.dir = rightToLeft ? "rtl" : "ltr";
  document.documentElement.lang = languageCode === 1036 ? "fr" : "en";
  document.documentElement.style.colorScheme = theme === "dark" ? "dark" : "light";
  document.body.style.backgroundColor = tokens.colorNeutralBackground1;
  document.body.style.color = tokens.colorNeutralForeground1;
  form.style.width = `${width}px`;
}
