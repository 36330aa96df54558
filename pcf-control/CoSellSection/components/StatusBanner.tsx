import * as React from "react";
import type { StatusLine, SyncState } from "../model/sync-state";
import { Glyph, type GlyphName } from "./Glyph";

interface Look {
  readonly tone: "quiet" | "good" | "warn" | "bad";
  readonly glyph: GlyphName;
}

const looks: { readonly [S in SyncState]: Look } = {
  "not-shared": { tone: "quiet", glyph: "circle" },
  "after-save": { tone: "quiet", glyph: "clock" },
  waiting: { tone: "quiet", glyph: "clock" },
  synced: { tone: "good", glyph: "check" },
  retrying: { tone: "warn", glyph: "retry" },
  "needs-attention": { tone: "bad", glyph: "warning" },
  closed: { tone: "quiet", glyph: "ended" },
  stopped: { tone: "quiet", glyph: "ended" },
  unknown: { tone: "warn", glyph: "info" },
};

/** Where the sync stands. A live region: screen readers say it when it changes. */
export function StatusBanner({ status }: { readonly status: StatusLine }): React.ReactElement {
  const { tone, glyph } = looks[status.state];
  const [only, ...others] = status.details;
  return (
    <div
      className={`cosell-status cosell-${tone}`}
      role="status"
      aria-live="polite"
      aria-atomic="true"
      data-state={status.state}
    >
      <Glyph name={glyph} />
      <div className="cosell-status-text">
        <span className="cosell-status-title">{status.lead}</span>{" "}
        {others.length === 0 ? <span>{only}</span> : <Sentences sentences={status.details} />}
      </div>
    </div>
  );
}

function Sentences({ sentences }: { readonly sentences: readonly string[] }): React.ReactElement {
  return (
    <ul className="cosell-sentences">
      {sentences.map((sentence, n) => (
        <li key={n}>{sentence}</li>
      ))}
    </ul>
  );
}
