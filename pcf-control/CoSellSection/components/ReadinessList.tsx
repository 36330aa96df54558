import * as React from "react";
import type { Readiness } from "../model/readiness";
import type { Say } from "../model/strings";
import { Glyph } from "./Glyph";

export interface ReadinessListProps {
  readonly readiness: Readiness;
  readonly id: string;
  readonly say: Say;
}

/** What is still missing before the switch does anything. */
export function ReadinessList({ readiness, id, say }: ReadinessListProps): React.ReactElement {
  return (
    <div className="cosell-ready" role="group" aria-labelledby={`${id}-ready`}>
      <div id={`${id}-ready`} className="cosell-ready-title">
        {say("ready_title")}
      </div>
      <ul>
        {readiness.items.map(({ text, done }) => (
          <li key={text} className={done ? "cosell-done" : "cosell-missing"}>
            <Glyph name={done ? "check" : "circle"} label={say(done ? "ready_done" : "ready_missing")} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      <p className="cosell-note">{readiness.also}</p>
    </div>
  );
}
