import type { Language, Labels } from "../../solution/schema/labels";
import type { Texts } from "./page-texts";
import type { Seen } from "./web-api";

/** How a part of the set-up stands. */
export type CardState = "good" | "todo" | "info" | "unknown" | "loading";

/** A link below a card: in Dynamics, or to the relay. */
export interface CardLink {
  readonly text: string;
  readonly href: string;
}

/** One part of the set-up in the user's words. */
export interface Card {
  readonly id: string;
  readonly title: string;
  readonly state: CardState;
  readonly lines: readonly string[];
  readonly rows?: readonly (readonly [label: string, value: string])[];
  readonly links?: readonly CardLink[];
}

/** The user's language and where the page is. */
export interface Wording {
  readonly texts: Texts;
  readonly language: Language;
  /** A date and time as the user writes it. */
  readonly date: (iso: string) => string;
  /** The time now. */
  readonly time: () => string;
  /** Path of the organisation. */
  readonly organisation: string;
}

/** What a card says, without its name. */
export type CardBody = Omit<Card, "id" | "title">;

/** What one thing of a card says. */
export interface Remark {
  readonly state: CardState;
  readonly line: string;
}

/** The label in the user's language. */
export function labelOf({ language }: Wording, labels: Labels): string {
  return labels[language];
}

/** The value that was seen; a body that says why there is none otherwise. */
export function whenSeen<T>(seen: Seen<T> | undefined, texts: Texts, body: (value: T) => CardBody): CardBody {
  if (seen === undefined) return { state: "loading", lines: [texts("checking")] };
  return seen.kind === "seen" ? body(seen.value) : { state: "unknown", lines: [whyUnseen(seen, texts)] };
}

/** Why something could not be seen. */
export function whyUnseen(seen: Exclude<Seen<unknown>, { readonly kind: "seen" }>, texts: Texts): string {
  switch (seen.kind) {
    case "not-allowed":
      return texts("notAllowed");
    case "failed":
      return texts("failedStatus", { status: seen.status });
    case "no-answer":
      return texts("failedNoAnswer");
    case "unreadable":
      return texts("failedUnreadable");
  }
}

const SEVERITY: readonly CardState[] = ["todo", "loading", "unknown", "info", "good"];

/** A body of several remarks; it stands as its worst remark stands. */
export function bodyOf(remarks: readonly Remark[]): CardBody {
  const state = SEVERITY.find((one) => remarks.some((remark) => remark.state === one)) || "info";
  return { state, lines: remarks.map(({ line }) => line) };
}

/** A remark on something that was seen, or why it was not. */
export function remarkOn<T>(
  seen: Seen<T> | undefined,
  texts: Texts,
  remark: (value: T) => readonly Remark[],
): readonly Remark[] {
  if (seen === undefined) return [{ state: "loading", line: texts("checking") }];
  return seen.kind === "seen" ? remark(seen.value) : [{ state: "unknown", line: whyUnseen(seen, texts) }];
}
