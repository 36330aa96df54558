import * as React from "react";
import { TextField, type ITextField, type ITextFieldStyleProps, type ITextFieldStyles } from "@fluentui/react";
import { isList, type SolutionEntry } from "../model/solution-ids";
import { solutionNamed } from "../model/solution-search";
import type { Say } from "../model/strings";
import type { SolutionCatalogue } from "../solution-catalogue";
import { SuggestionList } from "./SuggestionList";
import { useOpenList, type OpenList } from "./use-open-list";

export interface ProductBoxProps {
  readonly box: React.RefObject<ITextField>;
  readonly catalogue: SolutionCatalogue;
  readonly id: string;
  readonly say: Say;
  readonly label: string;
  /** Id of what is said about the field. */
  readonly about: string;
  /** What the deal has already: it is not suggested again. */
  readonly chosen: readonly SolutionEntry[];
  readonly typed: string;
  readonly onType: (text: string) => void;
  readonly add: (text: string) => void;
}

/**
 * The box for more products. Where the table of solutions can be read it is a combobox: what is typed finds solutions by
 * name, and nothing is chosen until the seller does. Solution ids can be typed or pasted in any case.
 */
export function ProductBox(props: ProductBoxProps): React.ReactElement {
  const { box, catalogue, id, say, label, about, typed, onType } = props;
  const place = React.useRef<HTMLDivElement>(null);
  const list = useOpenList(props);
  const { take, takeTyped } = takingInto(props, list);
  const searches = catalogue.available();
  const listId = `${id}-suggestions`;
  return (
    <div ref={place}>
      <TextField
        componentRef={box}
        styles={boxStyles}
        ariaLabel={label}
        aria-describedby={about}
        placeholder={say(searches ? "products_search" : "products_placeholder")}
        autoComplete="off"
        value={typed}
        {...(searches && comboboxOf(list, listId))}
        onChange={(_, text) => {
          onType(text ?? "");
          list.open(null);
        }}
        onClick={() => {
          list.open(null);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || !onKey(event.key)) return;
          event.preventDefault();
          // A dialog or form around the section would close or save.
          event.stopPropagation();
        }}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text");
          // A box of one line would run the lines of a list together.
          if (!isList(pasted)) return;
          event.preventDefault();
          take(`${typed} ${pasted}`);
        }}
        onBlur={() => {
          list.close();
          if (typed.trim() !== "") takeTyped();
        }}
      />
      {list.showing && <SuggestionList {...{ list, listId, say, place }} onTake={take} />}
      {searches && (
        <div className="cosell-unseen" role="status" aria-live="polite">
          {list.showing ? say("products_offered", list.suggested.length) : ""}
        </div>
      )}
    </div>
  );

  /** Whether the key was for the box or its list. */
  function onKey(key: string): boolean {
    if (key === "Escape" && list.showing) list.close();
    else if (key === "Enter") takeTyped();
    else if (searches && (key === "ArrowDown" || key === "ArrowUp")) list.step(key === "ArrowDown" ? 1 : -1);
    else return false;
    return true;
  }
}

interface Taking {
  readonly take: (text: string) => void;
  /** Takes the suggestion that is chosen, that which bears the typed name, or the typed ids. */
  readonly takeTyped: () => void;
}

function takingInto({ add, typed }: ProductBoxProps, { close, active, suggested }: OpenList): Taking {
  const take = (text: string): void => {
    close();
    add(text);
  };
  const chosen = active === null ? null : suggested[active];
  return {
    take,
    takeTyped: () => {
      take((chosen ?? solutionNamed(suggested, typed))?.id ?? typed);
    },
  };
}

function comboboxOf({ showing, active }: OpenList, listId: string): React.AriaAttributes & { readonly role: string } {
  return {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": showing,
    "aria-controls": showing ? listId : undefined,
    "aria-activedescendant": active === null ? undefined : `${listId}-${active}`,
  };
}

/** A box stands beside a list, so it gets the same edge: in the new look none until it is used. */
function boxStyles({ focused, theme }: ITextFieldStyleProps): Partial<ITextFieldStyles> {
  return { fieldGroup: focused === true ? {} : { borderBottomColor: theme.semanticColors.inputBorder } };
}
