import * as React from "react";
import type { Field } from "../model/field-state";
import type { Say } from "../model/strings";
import { Glyph } from "./Glyph";

/** Ids that tie a field's parts together; they differ between two sections on one form. */
export interface FieldIds {
  readonly label: string;
  readonly about: string;
}

export interface FieldFrameProps {
  readonly field: Field;
  readonly id: string;
  readonly say: Say;
  /** What is shown when the field cannot be changed. */
  readonly text: string;
  /** The control to change the field with. */
  readonly children: (ids: FieldIds) => React.ReactNode;
}

const NO_BREAK = "\u00a0";

/** Label, value, and below it what there is to know about a field of the seller. */
export function FieldFrame({ field, id, say, text, children }: FieldFrameProps): React.ReactElement {
  const ids = { label: `${id}-${field.role}-label`, about: `${id}-${field.role}-about` };
  return (
    <div className="cosell-field" data-field={field.role}>
      <div className="cosell-label">
        <span id={ids.label}>{field.label}</span>
        {field.access !== "editable" && (
          // The lock stays beside the last word of a label that needs two lines.
          <>
            {NO_BREAK}
            <Glyph name="lock" label={say("read_only")} />
          </>
        )}
      </div>
      <div className="cosell-value">
        {field.access === "editable" ? children(ids) : <ReadOnlyValue field={field} ids={ids} say={say} text={text} />}
        <About field={field} id={ids.about} />
      </div>
    </div>
  );
}

interface ReadOnlyValueProps extends Omit<FieldFrameProps, "children" | "id"> {
  readonly ids: FieldIds;
}

function ReadOnlyValue({ field, ids, say, text }: ReadOnlyValueProps): React.ReactElement {
  return (
    <div className="cosell-read-only" role="group" aria-labelledby={ids.label} aria-describedby={ids.about}>
      {field.access === "masked" ? say("masked") : text || say("empty")}
    </div>
  );
}

function About({ field: { note, error }, id }: { readonly field: Field; readonly id: string }): React.ReactElement {
  return (
    <div id={id} className="cosell-about">
      {error !== null && (
        <div className="cosell-error">
          <Glyph name="warning" />
          <span>{error}</span>
        </div>
      )}
      {note !== null && <div className="cosell-note">{note}</div>}
    </div>
  );
}
