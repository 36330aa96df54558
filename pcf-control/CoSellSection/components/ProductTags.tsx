import * as React from "react";
import {
  IconButton,
  TextField,
  type ITextField,
  type ITextFieldStyleProps,
  type ITextFieldStyles,
} from "@fluentui/react";
import type { ProductsField } from "../model/panel-model";
import { isList, MOST_SOLUTIONS, solutionText, withSolutions, type Addition } from "../model/solution-ids";
import type { SolutionEntry } from "../model/solution-ids";
import type { Say } from "../model/strings";
import { FieldFrame, type FieldIds } from "./FieldFrame";
import { Glyph } from "./Glyph";

export interface ProductTagsProps {
  readonly field: ProductsField;
  readonly id: string;
  readonly say: Say;
  readonly onChange: (value: string | null) => void;
}

/** The solution ids as tags, and a box to type or paste more of them. */
export function ProductTags(props: ProductTagsProps): React.ReactElement {
  const { field, id, say } = props;
  const text = field.entries.map((entry) => entry.text).join(", ");
  return (
    <FieldFrame field={field} id={id} say={say} text={text}>
      {(ids) => <ProductEditor {...props} ids={ids} />}
    </FieldFrame>
  );
}

function ProductEditor({
  field,
  say,
  onChange,
  ids,
}: ProductTagsProps & { readonly ids: FieldIds }): React.ReactElement {
  const box = React.useRef<ITextField>(null);
  const { typed, setTyped, outcome, add, remove } = useEntries({ field, say, onChange });
  return (
    <>
      <Tags
        entries={field.entries}
        label={say("products_list")}
        say={say}
        onRemove={(text) => {
          remove(text);
          // The button that had the focus goes away.
          box.current?.focus();
        }}
      />
      <TextField
        componentRef={box}
        styles={boxStyles}
        ariaLabel={field.label}
        aria-describedby={ids.about}
        placeholder={say("products_placeholder")}
        autoComplete="off"
        value={typed}
        onChange={(_, text) => {
          setTyped(text ?? "");
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          add(typed);
        }}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text");
          // A box of one line would run the lines of a list together.
          if (!isList(pasted)) return;
          event.preventDefault();
          add(`${typed} ${pasted}`);
        }}
        onBlur={() => {
          if (typed.trim() !== "") add(typed);
        }}
      />
      <div className="cosell-outcome" role="status" aria-live="polite">
        {outcome}
      </div>
    </>
  );
}

/** A box stands beside a list, so it gets the same edge: in the new look none until it is used. */
function boxStyles({ focused, theme }: ITextFieldStyleProps): Partial<ITextFieldStyles> {
  return { fieldGroup: focused === true ? {} : { borderBottomColor: theme.semanticColors.inputBorder } };
}

interface Entries {
  readonly typed: string;
  readonly setTyped: (text: string) => void;
  /** What became of the last edit, in words. */
  readonly outcome: string;
  readonly add: (text: string) => void;
  readonly remove: (text: string) => void;
}

/** The entries while they are edited. */
function useEntries({ field, say, onChange }: Pick<ProductTagsProps, "field" | "say" | "onChange">): Entries {
  const [typed, setTyped] = React.useState("");
  const [outcome, setOutcome] = React.useState("");
  // A second edit may come before the form shows the first one: until it does, the edits themselves are the latest.
  const shown = React.useRef(field.entries);
  const latest = React.useRef(field.entries);
  if (shown.current !== field.entries) {
    shown.current = field.entries;
    latest.current = field.entries;
  }

  const change = (next: readonly SolutionEntry[], message: string): void => {
    setOutcome(message);
    if (next.length === latest.current.length) return;
    latest.current = next;
    onChange(solutionText(next));
  };
  const add = (text: string): void => {
    const addition = withSolutions(latest.current, text);
    // What was not taken stays in the box, to be corrected.
    setTyped([...addition.refused, ...addition.noRoom].join(" "));
    change(addition.entries, outcomeText(addition, say));
  };
  const remove = (text: string): void => {
    const rest = latest.current.filter((entry) => entry.text !== text);
    change(rest, say("products_removed", text));
  };
  return { typed, setTyped, outcome, add, remove };
}

interface TagsProps {
  readonly entries: readonly SolutionEntry[];
  readonly label: string;
  readonly say: Say;
  readonly onRemove: (text: string) => void;
}

function Tags({ entries, label, say, onRemove }: TagsProps): React.ReactElement | null {
  if (entries.length === 0) return null;
  return (
    <ul className="cosell-tags" aria-label={label}>
      {entries.map(({ text, valid }) => (
        <li key={text} className={valid ? "cosell-tag" : "cosell-tag cosell-wrong"}>
          {!valid && <Glyph name="warning" label={say("products_wrong", text)} />}
          <span>{text}</span>
          <IconButton
            className="cosell-tag-remove"
            ariaLabel={say("products_remove", text)}
            onRenderIcon={() => <Glyph name="close" />}
            onClick={() => {
              onRemove(text);
            }}
          />
        </li>
      ))}
    </ul>
  );
}

function outcomeText({ added, duplicates, refused, noRoom }: Addition, say: Say): string {
  const sentences = [
    added.length > 0 && say("products_added", added.join(", ")),
    duplicates.length > 0 && say("products_duplicates", duplicates.join(", ")),
    refused.length > 0 && say("products_refused", refused.join(", ")),
    noRoom.length > 0 && say("products_full", noRoom.join(", "), MOST_SOLUTIONS),
  ];
  return sentences.filter((sentence) => sentence !== false).join(" ");
}
