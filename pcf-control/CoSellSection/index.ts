import * as React from "react";
import { CoSellPanel } from "./components/CoSellPanel";
import { rememberChoices, type SentChoices } from "./model/one-way";
import { panelModel } from "./model/panel-model";
import { give, hasOpenEdits, noEdits, settle, withEdits, withPending, type Edits } from "./model/pending-edits";
import { safeLink } from "./model/safe-link";
import { createSay } from "./model/strings";
import { readContext, solutionReader, toOutputs } from "./read-context";
import type { SectionInputs, SectionOutputs } from "./section-parameters";
import { createCatalogue } from "./solution-catalogue";

type Context = ComponentFramework.Context<SectionInputs>;

/** The platform class: the context becomes the section's model, the seller's edits become outputs. Nothing else. */
export class CoSellSection implements ComponentFramework.ReactControl<SectionInputs, SectionOutputs> {
  private notifyOutputChanged: () => void = () => undefined;
  private pending = noEdits;
  private sent: SentChoices | null = null;
  private context: Context | null = null;
  private catalogue = createCatalogue(null);

  public init(context: Context, notifyOutputChanged: () => void): void {
    this.notifyOutputChanged = notifyOutputChanged;
    this.catalogue = createCatalogue(solutionReader(context));
    context.mode.trackContainerResize(true);
  }

  public updateView(context: Context): React.ReactElement {
    this.context = context;
    const host = readContext(context, Date.now());
    this.pending = settle(this.pending, host.columns);
    this.sent = rememberChoices(this.sent, host.columns);
    const say = createSay((id) => context.resources.getString(id));
    const columns = withPending(host.columns, this.pending.open);
    const { design, rightToLeft, width } = host;
    const model = panelModel({ host, columns, sent: this.sent, say });
    const { catalogue, onEdit, onOpenLink } = this;
    return React.createElement(CoSellPanel, { model, say, catalogue, design, rightToLeft, width, onEdit, onOpenLink });
  }

  public getOutputs(): SectionOutputs {
    this.pending = give(this.pending);
    return toOutputs(this.pending.given);
  }

  public destroy(): void {
    this.notifyOutputChanged = () => undefined;
    this.context = null;
  }

  private readonly onEdit = (edits: Edits): void => {
    if (this.context === null) return;
    const before = this.pending;
    this.pending = withEdits(before, readContext(this.context, Date.now()).columns, edits);
    // A list may report the same choice twice; a form that is told of nothing would still look for changes.
    if (hasOpenEdits(before) || hasOpenEdits(this.pending)) this.notifyOutputChanged();
  };

  private readonly onOpenLink = (address: string): void => {
    const safe = safeLink(address);
    if (safe !== null) this.context?.navigation.openUrl(safe);
  };
}
