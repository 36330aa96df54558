// A form with one or more controls on it: hands them their context, takes their outputs and shows them the new values.

import type { BuiltControl, VirtualControl } from "./built-control";
import { fakeContext, type Context } from "./fake-context";
import type { HostEvent, Scene, SceneValue } from "./scene";

/** The parts of React DOM that the platform uses; both versions have them. */
interface ReactDom {
  readonly render: (element: React.ReactElement, container: Element) => void;
  readonly unmountComponentAtNode: (container: Element) => boolean;
}

declare const ReactDOM: ReactDom;

export interface Form {
  readonly write: (columns: Scene["columns"]) => void;
  readonly render: () => void;
  readonly remove: () => void;
}

interface PlacedControl {
  readonly control: VirtualControl;
  readonly container: HTMLElement;
  readonly context: () => Context;
}

/** Puts the controls of a scene on the form. */
export function openForm(
  built: BuiltControl,
  opened: Scene,
  { place, record }: { readonly place: HTMLElement; readonly record: (event: HostEvent) => void },
): Form {
  let scene = opened;

  function render(): void {
    for (const { control, container, context } of placed) ReactDOM.render(control.updateView(context()), container);
  }

  function placeControl(instance: number): PlacedControl {
    const container = document.createElement("div");
    container.className = built.fullName;
    place.append(container);
    const control = built.create();
    const context = () => fakeContext({ scene, control: built, container, record, requestRender: render });
    // The platform asks for outputs some time after it was notified, not within the call.
    const onChange = () => setTimeout(() => takeOutputs(control, instance), 0);
    control.init(context(), onChange, {}, container);
    return { control, container, context };
  }

  function takeOutputs(control: VirtualControl, instance: number): void {
    const outputs = Object.entries(control.getOutputs?.() ?? {}).map(([name, value]) => [name, plain(value)] as const);
    record({ kind: "outputs", instance, outputs: Object.fromEntries(outputs) });
    write(Object.fromEntries(outputs));
  }

  function write(columns: Scene["columns"]): void {
    scene = { ...scene, columns: { ...scene.columns, ...columns } };
    render();
  }

  const placed = Array.from({ length: opened.instances }, (_, instance) => placeControl(instance));
  render();
  return {
    write,
    render,
    remove: () => {
      for (const { control, container } of placed) {
        ReactDOM.unmountComponentAtNode(container);
        control.destroy();
        container.remove();
      }
    },
  };
}

/** A key that is present with `undefined` empties the column, as on the platform. */
function plain(value: unknown): SceneValue {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
