// The page that stands for a model-driven form: loads the built control and plays scenes on it.

import { loadBuiltControl } from "./built-control";
import { openForm, type Form } from "./form";
import { dressPage } from "./look";
import type { ControlHost, HostEvent, RenderTimes, Scene } from "./scene";

declare global {
  interface Window {
    coSellHost: ControlHost;
  }
}

const built = loadBuiltControl();
let events: HostEvent[] = [];
let form: Form | null = null;

async function show(scene: Scene): Promise<void> {
  const control = await built;
  form?.remove();
  events = [];
  const place = formPlace();
  dressPage(scene, place);
  form = openForm(control, scene, { place, record: (event) => events.push(event) });
  await document.fonts.ready;
}

/** Each round shows the scene from scratch, gets a new line of the trail, and with the trail unfolded another one. */
async function measure(scene: Scene, rounds: number): Promise<RenderTimes> {
  const control = await built;
  const place = formPlace();
  const firstRenderMs: number[] = [];
  const updateMs: number[] = [];
  const unfoldedUpdateMs: number[] = [];
  dressPage(scene, place);
  for (let round = 0; round < rounds; round++) {
    let opened: Form | null = null;
    firstRenderMs.push(timed(() => (opened = openForm(control, scene, { place, record: () => undefined })), place));
    const shown = opened as Form | null;
    const news = (minute: number): Scene["columns"] => ({
      audit: `2026-11-23 09:${String(minute % 60).padStart(2, "0")} UTC · linked · done · x\n${String(scene.columns.audit)}`,
    });
    updateMs.push(timed(() => shown?.write(news(round)), place));
    place.querySelector<HTMLElement>("button[aria-expanded=false]")?.click();
    unfoldedUpdateMs.push(timed(() => shown?.write(news(round + 1)), place));
    shown?.remove();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { firstRenderMs, updateMs, unfoldedUpdateMs };
}

/** Time of an action together with the layout that it makes necessary. */
function timed(action: () => void, place: HTMLElement): number {
  const start = performance.now();
  action();
  place.getBoundingClientRect();
  return performance.now() - start;
}

function formPlace(): HTMLElement {
  const place = document.getElementById("section");
  if (place === null) throw new Error("The page has no place for the control.");
  return place;
}

window.coSellHost = {
  show,
  write: (columns) => form?.write(columns),
  refresh: () => form?.render(),
  remove: () => {
    form?.remove();
    form = null;
  },
  events: () => events,
  measure,
};
