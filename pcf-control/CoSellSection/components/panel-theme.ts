// The host's look for Fluent's controls. In the new look the host gives the tokens of Fluent's next version; they are
// put in the places where this version reads its colours. In the classic look this version's own theme is right as it is.

// One by one: the whole set is half the size of the control.
import { getDropdownStyles } from "@fluentui/fluent2-theme/lib/componentStyles/Dropdown.styles";
import { getTextFieldStyles } from "@fluentui/fluent2-theme/lib/componentStyles/TextField.styles";
import { createTheme, type IPalette, type ISemanticColors, type Theme } from "@fluentui/react";
import type { Design } from "../model/host-state";

/** The theme of the section. */
export function panelTheme(design: Design | null, rightToLeft: boolean): Theme {
  if (design === null) return createTheme({ rtl: rightToLeft });
  const { tokens, dark } = design;
  return createTheme({
    rtl: rightToLeft,
    isInverted: dark,
    ...(tokens["fontFamilyBase"] !== undefined && { defaultFontStyle: { fontFamily: tokens["fontFamilyBase"] } }),
    palette: known(palette(design)),
    semanticColors: known(semanticColors(tokens)),
    components: {
      Dropdown: { styles: getDropdownStyles },
      TextField: { styles: getTextFieldStyles },
    },
  });
}

type Wanted<T> = { readonly [K in keyof T]?: string | undefined };

/** Without the colours that the host does not name. */
function known<T>(wanted: Wanted<T>): Partial<T> {
  // Colours of a theme are texts, whatever their place.
  return Object.fromEntries(Object.entries(wanted).filter(([, colour]) => colour !== undefined)) as Partial<T>;
}

function palette({ tokens: t, brand, dark }: Design): Wanted<IPalette> {
  const ramp = dark ? [110, 100, 100, 90, 80, 60, 50, 40, 30] : [40, 60, 70, 80, 90, 120, 140, 150, 160];
  const [darker, deep, deepAlt, primary, secondary, tertiary, light, lighter, lighterAlt] = ramp.map((n) => brand[n]);
  return {
    themeDarker: darker,
    themeDark: deep,
    themeDarkAlt: deepAlt,
    themePrimary: primary,
    themeSecondary: secondary,
    themeTertiary: tertiary,
    themeLight: light,
    themeLighter: lighter,
    themeLighterAlt: lighterAlt,
    white: t["colorNeutralBackground1"],
    neutralLighterAlt: t["colorNeutralBackground2"],
    neutralLighter: t["colorNeutralBackground3"],
    neutralLight: t["colorNeutralBackground4"],
    neutralQuaternaryAlt: t["colorNeutralStroke2"],
    neutralQuaternary: t["colorNeutralStrokeAccessible"],
    neutralTertiaryAlt: t["colorNeutralStroke1"],
    neutralTertiary: t["colorNeutralForeground3"],
    neutralSecondary: t["colorNeutralForeground2"],
    neutralPrimary: t["colorNeutralForeground1"],
    neutralDark: t["colorNeutralForeground1"],
    black: t["colorNeutralForeground1"],
  };
}

function semanticColors(t: Design["tokens"]): Wanted<ISemanticColors> {
  // Fields of Dynamics 365 in the new look are filled and have no border until they are used.
  const filled = t["colorNeutralBackground3"];
  return {
    bodyBackground: t["colorNeutralBackground1"],
    bodyText: t["colorNeutralForeground1"],
    bodySubtext: t["colorNeutralForeground2"],
    disabledBackground: t["colorNeutralBackgroundDisabled"],
    disabledText: t["colorNeutralForegroundDisabled"],
    disabledBorder: t["colorNeutralStrokeDisabled"],
    errorText: t["colorPaletteRedForeground1"],
    focusBorder: t["colorStrokeFocus2"],
    inputBackground: filled,
    inputBackgroundChecked: t["colorCompoundBrandBackground"],
    inputBackgroundCheckedHovered: t["colorCompoundBrandBackgroundHover"],
    inputForegroundChecked: t["colorNeutralForegroundOnBrand"],
    inputBorder: t["colorTransparentStroke"],
    inputBorderHovered: t["colorTransparentStroke"],
    inputFocusBorderAlt: t["colorCompoundBrandStroke"],
    inputText: t["colorNeutralForeground1"],
    inputTextHovered: t["colorNeutralForeground1"],
    inputPlaceholderText: t["colorNeutralForeground3"],
    smallInputBorder: t["colorNeutralStrokeAccessible"],
    link: t["colorBrandForegroundLink"],
    linkHovered: t["colorBrandForegroundLinkHover"],
    menuBackground: t["colorNeutralBackground1"],
    menuItemBackgroundHovered: t["colorNeutralBackground1Hover"],
    menuItemBackgroundPressed: t["colorNeutralBackground1Pressed"],
    menuItemText: t["colorNeutralForeground1"],
    menuItemTextHovered: t["colorNeutralForeground1"],
  };
}
