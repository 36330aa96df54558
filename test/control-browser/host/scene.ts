// One situation on the form, as plain data: what the columns hold and how the host behaves. Tests write scenes, the host
// page plays them.

import type { OpportunityColumnRole } from "../../../solution/schema/opportunity-columns";

/** Properties of the control that are bound to a column; the names of the manifest are the roles of the schema. */
export type SceneRole = Exclude<OpportunityColumnRole, "syncState">;

/** Value of a column as a scene writes it: times as ISO text, choices as their option value. */
export type SceneValue = string | number | boolean | null;

/** Column security on one column. A column without it has no security at all. */
export type SceneSecurity = "read-only" | "masked" | "editable";

/** A solution of the partner, as a row of its table. */
export interface SceneSolution {
  readonly id: string;
  readonly name: string;
  /** Rows are active unless a scene says otherwise. */
  readonly active?: boolean;
}

/** Why the table of solutions cannot be read: no such table or no right to it, or a host without the Web API. */
export type NoSolutions = "refused" | "no-web-api";

/** The host's look: tokens of the new look, or the classic look, which has none. */
export type SceneTheme = "light" | "dark" | "classic";

export interface Scene {
  /** Columns bound to the control. A role that is absent is left unbound. */
  readonly columns: { readonly [R in SceneRole]?: SceneValue };
  readonly security: { readonly [R in SceneRole]?: SceneSecurity };
  /** Complaints of the host about present values. */
  readonly errors: { readonly [R in SceneRole]?: string };
  /** What the customiser typed into the control's own settings. */
  readonly inputs: { readonly hiddenFields?: string; readonly disabledFields?: string };
  readonly solutions: readonly SceneSolution[] | NoSolutions;
  /** The form is read-only. */
  readonly disabled: boolean;
  /** Whether the host hands out labels and options of columns. */
  readonly metadata: boolean;
  readonly theme: SceneTheme;
  readonly languageCode: number;
  readonly rightToLeft: boolean;
  /** Minutes that the user's time zone is ahead of UTC. */
  readonly minutesAheadOfUtc: number;
  /** Width of the form's section, in pixels. */
  readonly width: number;
  /** Controls of this kind on the form, all bound to the same columns. */
  readonly instances: number;
}

/** What a control did, in the order it happened. */
export type HostEvent =
  | { readonly kind: "outputs"; readonly instance: number; readonly outputs: Readonly<Record<string, SceneValue>> }
  | { readonly kind: "open-url"; readonly url: string }
  | { readonly kind: "query"; readonly options: string }
  | { readonly kind: "not-offered"; readonly what: string };

/** What the page offers to a test, as `window.coSellHost`. */
export interface ControlHost {
  readonly show: (scene: Scene) => Promise<void>;
  /** Somebody else wrote columns, as the relay does: every control is shown the new values. */
  readonly write: (columns: Scene["columns"]) => void;
  /** The host shows the present values again, as it does for many reasons. */
  readonly refresh: () => void;
  /** Takes the controls off the form. */
  readonly remove: () => void;
  readonly events: () => readonly HostEvent[];
  /** Times of one render from scratch and of updates with a changed value, in milliseconds. */
  readonly measure: (scene: Scene, rounds: number) => Promise<RenderTimes>;
}

/** Times of rounds, in milliseconds. */
export interface RenderTimes {
  readonly firstRenderMs: readonly number[];
  readonly updateMs: readonly number[];
  /** Updates while the whole trail is shown. */
  readonly unfoldedUpdateMs: readonly number[];
}
