import * as React from "react";
import { Dropdown, ResponsiveMode, type IDropdown, type IDropdownOption } from "@fluentui/react";
import type { ChoiceField } from "../model/panel-model";
import type { Say } from "../model/strings";
import { FieldFrame } from "./FieldFrame";
import { Glyph } from "./Glyph";

export interface HelpChoiceProps {
  readonly field: ChoiceField;
  readonly id: string;
  readonly say: Say;
  readonly onChange: (value: number | null) => void;
}

const NO_HELP = "none";

/** Keys that would change the choice of a closed list, one output for each press. */
const STEP_KEYS: readonly string[] = ["ArrowDown", "ArrowUp", "Home", "End"];

/** "How can Microsoft help?" as a list with one choice. */
export function HelpChoice({ field, id, say, onChange }: HelpChoiceProps): React.ReactElement {
  const list = React.useRef<IDropdown>(null);
  return (
    <FieldFrame field={field} id={id} say={say} text={field.text}>
      {({ about }) => (
        <Dropdown
          componentRef={list}
          ariaLabel={field.label}
          aria-describedby={about}
          options={optionsOf(field, say)}
          selectedKey={field.value ?? NO_HELP}
          // The panel of small screens draws its button with Fluent's icon font.
          responsiveMode={ResponsiveMode.large}
          onKeyDown={(event) => {
            if (!STEP_KEYS.includes(event.key) || event.altKey || event.metaKey) return;
            // A choice that cannot be taken back is not stepped through: the list opens, and Enter chooses.
            event.preventDefault();
            list.current?.focus(true);
          }}
          onRenderCaretDown={() => <Glyph name="down" />}
          onChange={(_, option) => {
            onChange(typeof option?.key === "number" ? option.key : null);
          }}
        />
      )}
    </FieldFrame>
  );
}

function optionsOf({ value, text, options }: ChoiceField, say: Say): IDropdownOption[] {
  const listed = options.map((option) => ({ key: option.value, text: option.label }));
  // A value that the choice does not know any more stays what it is until the seller chooses another.
  const unlisted = value === null || listed.some(({ key }) => key === value) ? [] : [{ key: value, text }];
  return [{ key: NO_HELP, text: say("help_none") }, ...listed, ...unlisted];
}
