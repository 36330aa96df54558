import { render, type RenderResult } from "@testing-library/react";
import { CoSellSection } from "../../pcf-control/CoSellSection/index";
import type { Role } from "../../pcf-control/CoSellSection/model/host-state";
import type { SectionOutputs } from "../../pcf-control/CoSellSection/section-parameters";
import { createFakeHost, type FakeHost, type HostOptions } from "./fake-context";

/** A control on a form that takes its outputs at once and shows them. */
export interface MountedSection {
  readonly control: CoSellSection;
  readonly host: FakeHost;
  /** Outputs in the order the form took them. */
  readonly outputs: readonly SectionOutputs[];
  readonly view: RenderResult;
  /** The form's values changed; the control is told. */
  readonly refresh: (values?: Partial<Record<Role, unknown>>) => void;
}

export function mountSection(options: HostOptions = {}): MountedSection {
  const host = createFakeHost(options);
  const control = new CoSellSection();
  const outputs: SectionOutputs[] = [];
  const onChange = (): void => {
    const taken = control.getOutputs();
    outputs.push(taken);
    host.set(taken);
    view.rerender(control.updateView(host.context()));
  };
  control.init(host.context(), onChange);
  const view = render(control.updateView(host.context()));
  const refresh = (values: Partial<Record<Role, unknown>> = {}): void => {
    host.set(values);
    view.rerender(control.updateView(host.context()));
  };
  return { control, host, outputs, view, refresh };
}
