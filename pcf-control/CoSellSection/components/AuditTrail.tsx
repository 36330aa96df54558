import * as React from "react";
import { ActionButton } from "@fluentui/react";
import type { AuditEntry } from "../model/audit-trail";
import type { AuditField } from "../model/panel-model";
import type { Say } from "../model/strings";

export interface AuditTrailProps {
  readonly field: AuditField;
  readonly id: string;
  readonly say: Say;
}

/** Entries that are shown of a long trail: what fits without scrolling the form away. */
const FOLDED = 5;

/** What the sync did, as a list that unfolds. */
export function AuditTrail({ field, id, say }: AuditTrailProps): React.ReactElement {
  const [unfolded, setUnfolded] = React.useState(false);
  const { entries } = field;
  const listId = `${id}-audit-list`;
  const shown = unfolded ? entries : entries.slice(0, FOLDED);
  return (
    <div className="cosell-audit" data-field="audit">
      <div className="cosell-audit-head">
        <span id={`${id}-audit`} className="cosell-label">
          {field.label}
        </span>
        {entries.length > FOLDED && (
          <ActionButton
            className="cosell-unfold"
            aria-expanded={unfolded}
            aria-controls={listId}
            onClick={() => {
              setUnfolded(!unfolded);
            }}
          >
            {unfolded ? say("audit_fewer") : say("audit_more", entries.length)}
          </ActionButton>
        )}
      </div>
      {shown.length === 0 ? (
        <p className="cosell-note">{say(field.access === "masked" ? "masked" : "audit_none")}</p>
      ) : (
        <ol id={listId} aria-labelledby={`${id}-audit`}>
          {shown.map((entry, n) => (
            <AuditLine key={n} entry={entry} say={say} />
          ))}
        </ol>
      )}
    </div>
  );
}

interface AuditLineProps {
  readonly entry: AuditEntry;
  readonly say: Say;
}

function AuditLineView({ entry, say }: AuditLineProps): React.ReactElement {
  return (
    <li>
      {entry.isoTime !== null && <time dateTime={entry.isoTime}>{entry.time}</time>}{" "}
      {entry.direction !== null && <span className="cosell-direction">{entry.direction}</span>}{" "}
      <span className="cosell-what">{entry.what}</span>{" "}
      {entry.resultText !== null && (
        <span className={`cosell-result cosell-result-${entry.result ?? "done"}`}>{entry.resultText}</span>
      )}{" "}
      {entry.correlationId !== null && (
        <span className="cosell-correlation">{say("audit_correlation", entry.correlationId)}</span>
      )}
    </li>
  );
}

/** Most lines of a long trail are the same from one view of the form to the next. */
const AuditLine = React.memo(AuditLineView, ({ entry: a }, { entry: b }) => {
  return a.time === b.time && a.what === b.what && a.resultText === b.resultText && a.correlationId === b.correlationId;
});
