// A solution as a value: everything that is in it, before it is a zip or a folder.

import type { PackageNaming } from "../schema/solution-packages";
import type { TablePart } from "./table";
import type { XmlElement } from "./render/xml";

/** One entry of the list of components. It is found by its name, or by its id where names may change. */
export interface RootComponent {
  readonly type: number;
  readonly schemaName?: string;
  readonly id?: string;
  /** 0: everything of it; 2: only what the solution says of it. */
  readonly behavior: 0 | 2;
}

/** Something that must be there before the import, so that it is refused in words and not in the middle of the work. */
export interface NeededComponent {
  readonly required: Readonly<Record<string, string | number>>;
  readonly dependent: Readonly<Record<string, string | number>>;
  /** True for what only the managed solution needs. */
  readonly managedOnly: boolean;
}

/** A definition that is found by its name. */
export interface NamedDefinition {
  readonly name: string;
  readonly definition: XmlElement;
}

/** A definition whose content is a file of its own. */
export interface WebResourcePart extends NamedDefinition {
  readonly path: string;
  readonly content: Uint8Array;
}

/** A control with all its files. */
export interface ControlPart {
  /** Prefix of the publisher, namespace and constructor. */
  readonly name: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Everything of one solution. */
export interface SolutionPackage {
  readonly naming: PackageNaming;
  /** Four numbers. */
  readonly version: string;
  /** True for a solution that only changes what belongs to others: unmanaged, it would be empty or do harm. */
  readonly managedOnly: boolean;
  readonly rootComponents: readonly RootComponent[];
  readonly neededComponents: readonly NeededComponent[];
  readonly tables: readonly TablePart[];
  readonly roles: readonly NamedDefinition[];
  readonly profiles: readonly XmlElement[];
  readonly choices: readonly NamedDefinition[];
  readonly webResources: readonly WebResourcePart[];
  readonly controls: readonly ControlPart[];
  readonly environmentVariables: readonly NamedDefinition[];
}

/** Which of the two zips of a solution. */
export type Kind = "managed" | "unmanaged";

/** Dataverse's numbers for the kinds of components. */
export const componentTypes = {
  table: 1,
  column: 2,
  choice: 9,
  role: 20,
  view: 26,
  form: 60,
  webResource: 61,
  control: 66,
  columnSecurityProfile: 70,
  environmentVariable: 380,
} as const;
