import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder with a built control. Remove it after use. */
export interface ControlFolder {
  readonly folder: string;
  readonly remove: () => void;
}

const manifest = `<manifest><control namespace="Stand" constructor="In">
  <type-group name="text"><type>SingleLine.Text</type></type-group>
  <property name="sync" of-type="TwoOptions" usage="bound" />
  <property name="products" of-type-group="text" usage="bound" />
  <property name="expiresOn" of-type="DateAndTime.DateAndTime" usage="bound" />
  <property name="hiddenFields" of-type="SingleLine.Text" usage="input" />
  <resources><css path="css/styles.css" /><resx path="strings/In.1033.resx" /><resx path="strings/In.1036.resx" /></resources>
</control></manifest>`;

const resx = (text: string) => `<root><data name="add"><value>${text}</value></data></root>`;

/**
 * A small control with one button that writes two columns, and the faults that the host must notice when a test asks for
 * them through the products column: an image without text, a request that leaves the machine, a part that hosts lack.
 */
const bundle = `
class StandIn {
  init(context, notify) { this.notify = notify; }
  updateView(context) {
    const { products, sync, expiresOn } = context.parameters;
    const fault = products.raw;
    if (fault === "web api") context.webAPI.retrieveRecord("opportunity", "1");
    const create = Reactv16.createElement;
    return create("div", null,
      create("button", { onClick: () => this.notify() }, context.resources.getString("add") + " " + sync.raw),
      create("output", { style: { display: "block" } }, [products.type, fault, sync.security && sync.security.readable,
        expiresOn.raw instanceof Date, context.mode.isControlDisabled, Reactv16.version].join(" | ")),
      fault === "image" && create("img", { src: "data:," }),
      fault === "request" && create("img", { src: "https://elsewhere.example/x.png", alt: "x" }));
  }
  getOutputs() { return { sync: true, products: undefined }; }
  destroy() { document.title = "destroyed"; }
}
ComponentFramework.registerControl("Stand.In", StandIn);`;

export function standInControl(): ControlFolder {
  const folder = mkdtempSync(join(tmpdir(), "cosell-control-"));
  for (const part of ["css", "strings"]) mkdirSync(join(folder, part));
  writeFileSync(join(folder, "ControlManifest.xml"), manifest);
  writeFileSync(join(folder, "bundle.js"), bundle);
  writeFileSync(join(folder, "css/styles.css"), ".Stand\\.In button { font: inherit; }");
  writeFileSync(join(folder, "strings/In.1033.resx"), resx("Add"));
  writeFileSync(join(folder, "strings/In.1036.resx"), resx("Ajouter"));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
