import type { HostState } from "../../pcf-control/CoSellSection/model/host-state";
import { rememberChoices } from "../../pcf-control/CoSellSection/model/one-way";
import { panelModel, type PanelModel } from "../../pcf-control/CoSellSection/model/panel-model";
import { createSay, type Say } from "../../pcf-control/CoSellSection/model/strings";
import { readContext } from "../../pcf-control/CoSellSection/read-context";
import { createFakeHost, textsOf, type HostOptions } from "./fake-context";

/** The moment at which every model of these tests is looked at. */
export const NOW = Date.parse("2026-11-23T10:00:00Z");

export function sayIn(languageCode: number): Say {
  const texts = textsOf(languageCode);
  return createSay((id) => texts.get(id));
}

export function hostStateOf(options: HostOptions = {}): HostState {
  return readContext(createFakeHost(options).context(), NOW);
}

/** What a form that was just opened shows. */
export function modelOf(options: HostOptions = {}): PanelModel {
  const host = hostStateOf(options);
  const say = sayIn(options.languageCode ?? 1033);
  return panelModel({ host, columns: host.columns, sent: rememberChoices(null, host.columns), say });
}
