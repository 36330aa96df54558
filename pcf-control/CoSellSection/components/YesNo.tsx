import * as React from "react";
import { Toggle } from "@fluentui/react";
import type { YesNoField } from "../model/panel-model";
import type { Say } from "../model/strings";
import { FieldFrame } from "./FieldFrame";

export interface YesNoProps {
  readonly field: YesNoField;
  readonly id: string;
  readonly say: Say;
  readonly onChange: (value: boolean) => void;
}

/** A yes/no column as a switch. */
export function YesNo({ field, id, say, onChange }: YesNoProps): React.ReactElement {
  return (
    <FieldFrame field={field} id={id} say={say} text={field.value ? field.yes : field.no}>
      {({ about }) => (
        <Toggle
          ariaLabel={field.label}
          aria-describedby={about}
          checked={field.value}
          onText={field.yes}
          offText={field.no}
          onChange={(_, checked) => {
            onChange(checked === true);
          }}
        />
      )}
    </FieldFrame>
  );
}
