import type * as React from "react";
import type { Theme } from "@fluentui/react";
import type { Design } from "../model/host-state";

/** The host's colours for the section's own style sheet, as custom properties that it reads. */
export function panelColours(theme: Theme, design: Design | null): React.CSSProperties {
  const { semanticColors: classic, palette } = theme;
  const token = (name: string, fallback: string): string => design?.tokens[name] ?? fallback;
  const colours = {
    "--cosell-text": classic.bodyText,
    "--cosell-subtle": token("colorNeutralForeground2", classic.bodySubtext),
    "--cosell-line": token("colorNeutralStroke2", palette.neutralLight),
    "--cosell-fill": token("colorNeutralBackground3", palette.neutralLighter),
    "--cosell-hover": token("colorNeutralBackground1Hover", palette.neutralLighter),
    "--cosell-brand": token("colorBrandForeground1", palette.themeDarkAlt),
    "--cosell-brand-fill": token("colorBrandBackground2", palette.themeLighterAlt),
    "--cosell-good": token("colorPaletteGreenForeground1", classic.successIcon),
    "--cosell-good-fill": token("colorPaletteGreenBackground1", classic.successBackground),
    "--cosell-warn": token("colorPaletteDarkOrangeForeground1", classic.severeWarningIcon),
    "--cosell-warn-fill": token("colorPaletteDarkOrangeBackground1", classic.severeWarningBackground),
    "--cosell-bad": token("colorPaletteRedForeground1", classic.errorText),
    "--cosell-bad-fill": token("colorPaletteRedBackground1", classic.errorBackground),
    "--cosell-radius": token("borderRadiusMedium", "2px"),
  };
  // React's type of styles does not know custom properties.
  return colours as React.CSSProperties;
}
