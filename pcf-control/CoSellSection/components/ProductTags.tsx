import * as React from "react";
import type { ITextField } from "@fluentui/react";
import type { ProductsField } from "../model/panel-model";
import { solutionLabel } from "../model/solution-search";
import type { Say } from "../model/strings";
import type { SolutionCatalogue } from "../solution-catalogue";
import { FieldFrame, type FieldIds } from "./FieldFrame";
import { ProductBox } from "./ProductBox";
import { ProductTagList } from "./ProductTagList";
import { useNames } from "./use-catalogue";
import { useProductEntries } from "./use-product-entries";

export interface ProductTagsProps {
  readonly field: ProductsField;
  readonly catalogue: SolutionCatalogue;
  readonly id: string;
  readonly say: Say;
  readonly onChange: (value: string | null) => void;
}

/** The solution ids as tags, and a box to find, type or paste more of them. */
export function ProductTags(props: ProductTagsProps): React.ReactElement {
  const { field, id, say, catalogue } = props;
  useNames(
    catalogue,
    field.entries.flatMap(({ text, valid }) => (valid ? [text] : [])),
  );
  const text = field.entries.map((entry) => solutionLabel(entry.text, catalogue.nameOf(entry.text))).join(", ");
  return (
    <FieldFrame field={field} id={id} say={say} text={text}>
      {(ids) => <ProductEditor {...props} ids={ids} />}
    </FieldFrame>
  );
}

function ProductEditor(props: ProductTagsProps & { readonly ids: FieldIds }): React.ReactElement {
  const { field, catalogue, id, say, onChange, ids } = props;
  const box = React.useRef<ITextField>(null);
  const { nameOf } = catalogue;
  const labelOf = (solution: string): string => solutionLabel(solution, nameOf(solution));
  const { typed, setTyped, outcome, add, remove } = useProductEntries({ field, say, labelOf, onChange });
  return (
    <>
      <ProductTagList
        entries={field.entries}
        nameOf={nameOf}
        say={say}
        onRemove={(text) => {
          remove(text);
          // The button that had the focus goes away.
          box.current?.focus();
        }}
      />
      <ProductBox
        {...{ box, catalogue, say, typed, add, id }}
        label={field.label}
        about={ids.about}
        chosen={field.entries}
        onType={setTyped}
      />
      <div className="cosell-outcome" role="status" aria-live="polite">
        {outcome}
      </div>
    </>
  );
}
