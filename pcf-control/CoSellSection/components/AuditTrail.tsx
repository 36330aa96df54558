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
  const shown = keyed(entries).slice(0, unfolded ? entries.length : FOLDED);
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
          {shown.map(({ key, entry }) => (
            <AuditLine key={key} entry={entry} say={say} />
          ))}
        </ol>
      )}
    </div>
  );
}

/** Entries with keys that stay the same when new ones come on top: only these are then drawn. */
function keyed(entries: readonly AuditEntry[]): readonly { readonly key: string; readonly entry: AuditEntry }[] {
  const times = new Map<string, number>();
  const fromOldest = [...entries].reverse().map((entry) => {
    const text = [entry.isoTime, entry.direction, entry.what, entry.correlationId].join("\n");
    const n = (times.get(text) ?? 0) + 1;
    times.set(text, n);
    return { key: `${n} ${text}`, entry };
  });
  return fromOldest.reverse();
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

/** Most lines of a long trail are the same from one view of the form to the next; all that they are made of is text. */
const AuditLine = React.memo(AuditLineView, ({ entry: a }, { entry: b }) => {
  const texts = (entry: AuditEntry): string => JSON.stringify(entry);
  return texts(a) === texts(b);
});
