// What the built control brings along: its manifest, its texts and its class.

/** A property of the built manifest. */
export interface ManifestProperty {
  readonly name: string;
  readonly usage: "bound" | "input";
  /** First type it may have. */
  readonly type: string;
}

/** The built control, ready to be put on the form. */
export interface BuiltControl {
  /** Namespace and constructor, as Dataverse names it and as its CSS class is. */
  readonly fullName: string;
  readonly properties: readonly ManifestProperty[];
  readonly text: (languageCode: number, id: string) => string;
  readonly create: () => VirtualControl;
}

export type Parameters = Readonly<Record<string, unknown>>;

/** What every virtual control is. */
export type VirtualControl = ComponentFramework.ReactControl<Parameters, Readonly<Record<string, unknown>>>;

type Texts = ReadonlyMap<string, string>;

/** English stands in for languages that the control does not have. */
const FALLBACK_LANGUAGE = 1033;

export async function loadBuiltControl(): Promise<BuiltControl> {
  const manifest = await xmlOf("ControlManifest.xml");
  const control = manifest.querySelector("control");
  if (control === null) throw new Error("The built manifest holds no control.");
  const texts = new Map<number, Texts>();
  for (const resx of manifest.querySelectorAll("resx")) {
    const path = attribute(resx, "path");
    texts.set(Number(/\.(\d+)\.resx$/.exec(path)?.[1]), await textsOf(path));
  }
  for (const css of manifest.querySelectorAll("css")) await loadStyles(attribute(css, "path"));
  const fullName = `${attribute(control, "namespace")}.${attribute(control, "constructor")}`;
  const registered = await loadBundle(fullName);
  return {
    fullName,
    properties: [...manifest.querySelectorAll("property")].map((property) => propertyOf(property, manifest)),
    text: (languageCode, id) => texts.get(languageCode)?.get(id) ?? texts.get(FALLBACK_LANGUAGE)?.get(id) ?? id,
    create: () => new registered(),
  };
}

function propertyOf(property: Element, manifest: Document): ManifestProperty {
  const group = property.getAttribute("of-type-group");
  const ofGroup = manifest.querySelector(`type-group[name="${group ?? ""}"] type`)?.textContent?.trim();
  const usage = attribute(property, "usage") === "bound" ? "bound" : "input";
  return { name: attribute(property, "name"), usage, type: ofGroup ?? attribute(property, "of-type") };
}

async function textsOf(path: string): Promise<Texts> {
  const entries = [...(await xmlOf(path)).querySelectorAll("data")];
  return new Map(entries.map((entry) => [attribute(entry, "name"), entry.querySelector("value")?.textContent ?? ""]));
}

async function xmlOf(path: string): Promise<Document> {
  const answer = await fetch(`/control/${path}`);
  if (!answer.ok) throw new Error(`The built control has no ${path}.`);
  return new DOMParser().parseFromString(await answer.text(), "application/xml");
}

function loadStyles(path: string): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = `/control/${path}`;
  return loaded(link, `The built control has no ${path}.`);
}

/** The bundle registers its class with the platform, under the manifest's name. */
async function loadBundle(fullName: string): Promise<new () => VirtualControl> {
  const classes = new Map<string, new () => VirtualControl>();
  const registerControl = (name: string, control: new () => VirtualControl) => classes.set(name, control);
  Object.assign(window, { ComponentFramework: { registerControl } });
  const script = document.createElement("script");
  script.src = "/control/bundle.js";
  await loaded(script, "The control is not built.");
  const registered = classes.get(fullName);
  if (registered === undefined)
    throw new Error(`The bundle registered ${[...classes.keys()].join()}, not ${fullName}.`);
  return registered;
}

function loaded(element: HTMLElement, complaint: string): Promise<void> {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", () => resolve());
    element.addEventListener("error", () => reject(new Error(complaint)));
    document.head.append(element);
  });
}

function attribute(element: Element, name: string): string {
  return element.getAttribute(name) ?? "";
}
