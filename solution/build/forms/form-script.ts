import type { CoSellTabIds } from "../../schema/component-ids";
import { guid, type Placing } from "./form-parts";
import { element, type XmlElement } from "../render/xml";

/** A function of a web resource that Dataverse calls by name. */
export interface ScriptFunction {
  readonly script: string;
  readonly functionName: string;
}

/** The script of the form, and that it is called when the form loads. */
export function renderFormScript(
  ids: CoSellTabIds,
  handler: ScriptFunction,
  placing: Placing,
): readonly [events: XmlElement, libraries: XmlElement] {
  const { loadHandler, library: scriptLibrary } = ids;
  const solutionaction = placing === "added" ? "Added" : undefined;
  const called = element("Handler", {
    functionName: handler.functionName,
    libraryName: handler.script,
    handlerUniqueId: guid(loadHandler),
    enabled: true,
    parameters: "",
    passExecutionContext: true,
    solutionaction,
  });
  // Every Opportunity form of Microsoft's has this event, with these two attributes, and libraries of its own.
  const attributes = { name: "onload", application: placing === "added", active: placing === "added" };
  const library = element("Library", {
    name: handler.script,
    libraryUniqueId: guid(scriptLibrary),
    solutionaction,
  });
  return [
    element("events", {}, [element("event", attributes, [element("Handlers", {}, [called])])]),
    element("formLibraries", {}, [library]),
  ];
}
