import * as React from "react";
import type { DealLine } from "../model/deal-line";

/** The deal type that follows from the choices, and what Microsoft will see. */
export function DealSteps({ deal, id }: { readonly deal: DealLine; readonly id: string }): React.ReactElement {
  return (
    <div className="cosell-field" data-field="deal">
      <div className="cosell-label">
        <span id={`${id}-deal`}>{deal.label}</span>
      </div>
      <div className="cosell-value">
        <ol className="cosell-steps" aria-labelledby={`${id}-deal`}>
          {deal.steps.map(({ text, current }) => (
            <li key={text} className={current ? "cosell-step cosell-current" : "cosell-step"} aria-current={current}>
              {text}
            </li>
          ))}
        </ol>
        <p className="cosell-note" role="status" aria-live="polite">
          <strong>{deal.seesLabel}</strong> {deal.sees}
        </p>
      </div>
    </div>
  );
}
