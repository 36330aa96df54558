import type { Card, CardBody, CardLink, Wording } from "./card";
import { columnSecurityBody, rolesBody } from "./cards/security-cards";
import { productsBody, relayBody, solutionBody, variablesBody } from "./cards/setup-cards";
import { syncBody, webhookBody } from "./cards/sync-cards";
import type { Findings } from "./findings";
import { nextStepOf, type NextStep } from "./next-step";
import type { PageTextKey } from "./page-texts";

/** Everything that the page shows, in the user's words. */
export interface PageModel {
  readonly nextStep: NextStep;
  readonly cards: readonly Card[];
  /** Who helps in this organisation; a link when it is an address that can be opened. */
  readonly support: { readonly text: string; readonly href: string | null } | null;
}

const cards: readonly (readonly [
  id: string,
  title: PageTextKey,
  body: (findings: Findings, wording: Wording) => CardBody,
])[] = [
  ["sync", "syncTitle", syncBody],
  ["solution", "solutionTitle", solutionBody],
  ["variables", "variablesTitle", variablesBody],
  ["relay", "relayTitle", relayBody],
  ["webhook", "webhookTitle", webhookBody],
  ["roles", "rolesTitle", rolesBody],
  ["security", "securityTitle", columnSecurityBody],
  ["products", "productsTitle", productsBody],
];

/** The page that follows from what was found so far. */
export function pageModelOf(findings: Findings, wording: Wording): PageModel {
  return {
    nextStep: nextStepOf(findings, wording),
    cards: cards.map(([id, title, body]) => ({ id, title: wording.texts(title), ...body(findings, wording) })),
    support: supportOf(findings),
  };
}

function supportOf({ variables }: Findings): PageModel["support"] {
  const variable = variables !== undefined && variables.kind === "seen" ? variables.value.supportAddress : undefined;
  const text = variable === undefined ? null : variable.value;
  return text === null ? null : { text, href: openable(text) };
}

/** Web and mail addresses only: whatever else stands in the variable is shown and not opened. */
function openable(text: string): CardLink["href"] | null {
  if (/^[^\s@:/?#]+@[^\s@:/?#]+\.[^\s@:/?#]+$/.test(text)) return `mailto:${text}`;
  try {
    const { protocol, href } = new URL(text);
    return protocol === "https:" || protocol === "http:" || protocol === "mailto:" ? href : null;
  } catch {
    return null;
  }
}
