// What the solutions are made of besides the schema: files that other builds made.

import type { Labels } from "../schema/labels";
import type { ScriptFunction } from "./forms/form-script";

/** Files of a folder by path below it, with forward slashes. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A web resource as its own build lists it. */
export interface WebResourceListing {
  readonly name: string;
  /** Dataverse's number of the kind. */
  readonly type: number;
  readonly labels: Labels;
  readonly languageCode?: number;
  readonly dependsOn?: readonly string[];
}

/** Everything that goes into the solutions. */
export interface BuildInputs {
  /** Version of the package, three numbers. */
  readonly version: string;
  /** The folder that `npm run build:control` made. */
  readonly control: Files;
  /** The folder that `npm run build:webresources` made, and what is in it. */
  readonly webResourceFiles: Files;
  readonly webResources: readonly WebResourceListing[];
  /** Functions of web resources that the forms and views call. */
  readonly formLoad: ScriptFunction;
  readonly viewIcon: ScriptFunction;
}
