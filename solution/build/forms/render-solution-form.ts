import { solutionFormPartIds } from "../../schema/component-ids";
import { ownForms, solutionFormLabels } from "../../schema/forms";
import { solutionColumns } from "../../schema/solution-table";
import { standardOpportunityColumns } from "../../schema/standard-columns";
import { renderField, renderHeader, renderSection } from "./form-parts";
import type { FormPart } from "../table";
import { standardField, wholeForm, wholeTab } from "./whole-form";
import { element } from "../render/xml";

/** The form of the table of solutions. */
export function solutionForm(): FormPart {
  const { tab, section, header, cells } = solutionFormPartIds;
  const { name, solutionId, solutionType } = solutionColumns;
  const rows = [
    renderField({ id: cells.name, column: name.logicalName, control: "text", labels: name.labels }),
    renderField({ id: cells.solutionId, column: solutionId.logicalName, control: "text", labels: solutionId.labels }),
    renderField({
      id: cells.solutionType,
      column: solutionType.logicalName,
      control: "choice",
      labels: solutionType.labels,
    }),
  ];
  const only = {
    id: section,
    name: "solution",
    labels: solutionFormLabels.section,
    shown: true,
    titled: false,
    rows,
  };
  // Rows are made active and inactive by their commands, not by a field.
  const state = standardField(standardOpportunityColumns.state, cells.header_statecode, { locked: true });
  const form = element("form", { headerdensity: "HighWithControls" }, [
    element("tabs", {}, [
      wholeTab(tab, { name: "general", labels: solutionFormLabels.tab }, [
        { width: 100, sections: [renderSection(only, "whole")] },
      ]),
    ]),
    renderHeader(header, [renderField(state, "header")]),
    element("DisplayConditions", { Order: 0, FallbackForm: true }, [element("Everyone")]),
  ]);
  return wholeForm(ownForms.coSellSolution, form);
}
