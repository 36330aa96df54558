// The section's own few icons. Fluent's icon font comes from a content network that not every host reaches, and a glyph
// drawn with the text colour is right in every theme and in forced colours.

import * as React from "react";

export type GlyphName =
  "check" | "circle" | "clock" | "warning" | "lock" | "copy" | "open" | "close" | "down" | "retry" | "info" | "ended";

const paths: { readonly [G in GlyphName]: string } = {
  check: "M2.5 8.5 6.5 12.5 13.5 4",
  circle: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2Z",
  clock: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2ZM8 4.5V8.5H11",
  warning: "M8 2 14.5 13.5H1.5ZM8 6.5V9.5M8 11.3V11.8",
  lock: "M3.5 7.5H12.5V14H3.5ZM5.5 7.5V5a2.5 2.5 0 0 1 5 0V7.5",
  copy: "M5.5 5.5H13.5V13.5H5.5ZM10.5 5.5V2.5H2.5V10.5H5.5",
  open: "M6.5 3H3V13H13V9.5M9 2.5H13.5V7M13.5 2.5 7.5 8.5",
  close: "M4 4 12 12M12 4 4 12",
  down: "M3.5 6 8 10.5 12.5 6",
  retry: "M13 8a5 5 0 1 1-1.5-3.6M13 2V5H10",
  info: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2ZM8 7.5V11.5M8 4.8V5.3",
  ended: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2ZM5 8H11",
};

export interface GlyphProps {
  readonly name: GlyphName;
  /** What a screen reader says; without it the glyph is decoration. */
  readonly label?: string;
}

export function Glyph({ name, label }: GlyphProps): React.ReactElement {
  const spoken = label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <svg className="cosell-glyph" viewBox="0 0 16 16" focusable="false" {...spoken}>
      {label !== undefined && <title>{label}</title>}
      <path d={paths[name]} />
    </svg>
  );
}
