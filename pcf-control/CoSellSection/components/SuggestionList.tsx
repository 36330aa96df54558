import * as React from "react";
import { Callout, DirectionalHint, useTheme } from "@fluentui/react";
import type { Say } from "../model/strings";
import { PanelLook } from "./panel-look";
import { SolutionText } from "./ProductTagList";
import type { OpenList } from "./use-open-list";

export interface SuggestionListProps {
  readonly list: OpenList;
  readonly listId: string;
  readonly say: Say;
  /** The box below which the list stands. */
  readonly place: React.RefObject<HTMLDivElement>;
  readonly onTake: (id: string) => void;
}

/** Solutions to choose from. The focus stays in the box; this list only shows where the seller is in it. */
export function SuggestionList(props: SuggestionListProps): React.ReactElement {
  const { list, listId, say, place, onTake } = props;
  const { suggested, active, more, close } = list;
  const { rtl, fonts } = useTheme();
  const colours = React.useContext(PanelLook);
  const current = React.useRef<HTMLLIElement>(null);
  React.useEffect(() => {
    keepInView(current.current);
  }, [active]);
  return (
    <Callout
      target={place}
      isBeakVisible={false}
      gapSpace={2}
      directionalHint={DirectionalHint.bottomLeftEdge}
      calloutWidth={place.current?.clientWidth ?? 0}
      onDismiss={close}
    >
      <div
        className="cosell-suggestions"
        dir={rtl === true ? "rtl" : "ltr"}
        style={{ ...colours, fontFamily: fonts.medium.fontFamily }}
        onMouseDown={(event) => {
          // The focus stays in the box.
          event.preventDefault();
        }}
      >
        <ul id={listId} role="listbox" aria-label={say("products_suggestions")}>
          {suggested.map(({ id, name }, n) => (
            <li
              key={id}
              id={`${listId}-${n}`}
              ref={n === active ? current : undefined}
              role="option"
              aria-selected={n === active}
              className={n === active ? "cosell-suggestion cosell-active" : "cosell-suggestion"}
              onClick={() => {
                onTake(id);
              }}
            >
              <SolutionText id={id} name={name} />
            </li>
          ))}
        </ul>
        {more && <p className="cosell-note">{say("products_more")}</p>}
      </div>
    </Callout>
  );
}

/** Scrolls the list, and nothing around it, so that an entry is in view. */
function keepInView(entry: HTMLLIElement | null): void {
  const list = entry?.parentElement;
  if (entry === null || list === null || list === undefined) return;
  const end = entry.offsetTop + entry.offsetHeight;
  if (entry.offsetTop < list.scrollTop) list.scrollTop = entry.offsetTop;
  else if (end > list.scrollTop + list.clientHeight) list.scrollTop = end - list.clientHeight;
}
