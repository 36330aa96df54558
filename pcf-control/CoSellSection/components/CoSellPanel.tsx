// The section as it is drawn. Knows the model and Fluent, and nothing of Power Apps.

import * as React from "react";
import { getId, ThemeProvider, useTheme } from "@fluentui/react";
import type { Design } from "../model/host-state";
import type { PanelModel } from "../model/panel-model";
import type { Edits } from "../model/pending-edits";
import type { Say } from "../model/strings";
import type { SolutionCatalogue } from "../solution-catalogue";
import { AuditTrail } from "./AuditTrail";
import { DealSteps } from "./DealSteps";
import { HelpChoice } from "./HelpChoice";
import { panelColours } from "./panel-colours";
import { PanelLook } from "./panel-look";
import { panelTheme } from "./panel-theme";
import { ProductTags } from "./ProductTags";
import { ReadinessList } from "./ReadinessList";
import { ReferralFacts } from "./ReferralFacts";
import { StatusBanner } from "./StatusBanner";
import { YesNo } from "./YesNo";

export interface CoSellPanelProps {
  readonly model: PanelModel;
  readonly say: Say;
  readonly catalogue: SolutionCatalogue;
  /** Null in the classic look. */
  readonly design: Design | null;
  readonly rightToLeft: boolean;
  /** In pixels; null when unknown. */
  readonly width: number | null;
  readonly onEdit: (edits: Edits) => void;
  readonly onOpenLink: (address: string) => void;
}

/** Below this width, in pixels, labels stand above their values. */
const NARROW_BELOW = 480;
/** From this width on, in pixels, fields stand in two columns. */
const WIDE_FROM = 900;

export function CoSellPanel(props: CoSellPanelProps): React.ReactElement {
  const design = useKept(props.design);
  const { rightToLeft } = props;
  const theme = React.useMemo(() => panelTheme(design, rightToLeft), [design, rightToLeft]);
  return (
    <ThemeProvider theme={theme} applyTo="element">
      <Section {...props} design={design} />
    </ThemeProvider>
  );
}

function Section(props: CoSellPanelProps): React.ReactElement {
  const { model, say, design, rightToLeft, width } = props;
  // Two sections on one form must not share ids.
  const [id] = React.useState(() => getId("cosell"));
  const theme = useTheme();
  const colours = React.useMemo(() => panelColours(theme, design), [theme, design]);
  return (
    <div
      className={`cosell-section ${shapeFor(width)}`}
      dir={rightToLeft ? "rtl" : "ltr"}
      role="group"
      aria-label={say("section")}
      style={colours}
    >
      {model.status !== null && <StatusBanner status={model.status} />}
      <PanelLook.Provider value={colours}>
        <SellerFields {...props} id={id} />
      </PanelLook.Provider>
      {model.deal !== null && <DealSteps deal={model.deal} id={id} />}
      <ReferralFacts {...model} say={say} onOpenLink={props.onOpenLink} />
      {model.audit !== null && <AuditTrail field={model.audit} id={id} say={say} />}
    </div>
  );
}

function SellerFields(props: CoSellPanelProps & { readonly id: string }): React.ReactElement {
  const { model, say, id, catalogue, onEdit } = props;
  const { sync, readiness, help, visible, products } = model;
  const common = { id, say };
  return (
    <>
      {sync !== null && <YesNo {...common} field={sync} onChange={(value) => onEdit({ sync: value })} />}
      {readiness !== null && <ReadinessList {...common} readiness={readiness} />}
      <div className="cosell-fields">
        {products !== null && (
          <ProductTags
            {...common}
            catalogue={catalogue}
            field={products}
            onChange={(value) => onEdit({ products: value })}
          />
        )}
        {help !== null && <HelpChoice {...common} field={help} onChange={(value) => onEdit({ help: value })} />}
        {visible !== null && <YesNo {...common} field={visible} onChange={(value) => onEdit({ visible: value })} />}
      </div>
    </>
  );
}

/** The same object for the same look: there is a new one in every view, but the host keeps its tokens. */
function useKept(design: Design | null): Design | null {
  const kept = React.useRef(design);
  if (kept.current?.tokens !== design?.tokens || kept.current?.dark !== design?.dark) kept.current = design;
  return kept.current;
}

function shapeFor(width: number | null): string {
  if (width === null) return "";
  if (width < NARROW_BELOW) return "cosell-narrow";
  return width >= WIDE_FROM ? "cosell-wide" : "";
}
