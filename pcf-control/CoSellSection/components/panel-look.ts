import * as React from "react";

/** The section's colours, for what is drawn in a layer of its own, outside the section. */
export const PanelLook = React.createContext<React.CSSProperties>({});
