import * as React from "react";
import { IconButton } from "@fluentui/react";
import type { SolutionEntry } from "../model/solution-ids";
import { solutionLabel } from "../model/solution-search";
import type { Say } from "../model/strings";
import { Glyph } from "./Glyph";

export interface ProductTagListProps {
  readonly entries: readonly SolutionEntry[];
  readonly nameOf: (id: string) => string | null;
  readonly say: Say;
  readonly onRemove: (text: string) => void;
}

/** The solutions of the deal, each with a button that removes it. */
export function ProductTagList(props: ProductTagListProps): React.ReactElement | null {
  const { entries, nameOf, say, onRemove } = props;
  if (entries.length === 0) return null;
  return (
    <ul className="cosell-tags" aria-label={say("products_list")}>
      {entries.map(({ text, valid }) => {
        const name = nameOf(text);
        return (
          <li key={text} className={valid ? "cosell-tag" : "cosell-tag cosell-wrong"}>
            {!valid && <Glyph name="warning" label={say("products_wrong", text)} />}
            <SolutionText id={text} name={name} />
            <IconButton
              className="cosell-tag-remove"
              ariaLabel={say("products_remove", solutionLabel(text, name))}
              onRenderIcon={() => <Glyph name="close" />}
              onClick={() => {
                onRemove(text);
              }}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** A solution's name and, smaller, its id; the id alone where the name is not known. */
export function SolutionText({ id, name }: { readonly id: string; readonly name: string | null }): React.ReactElement {
  if (name === null || name === id) return <span className="cosell-solution">{id}</span>;
  return (
    <span className="cosell-solution">
      <bdi>{name}</bdi> <bdi className="cosell-solution-id">{id}</bdi>
    </span>
  );
}
