import type { Card, CardLink, CardState } from "./card";
import type { PageModel } from "./page-model";
import type { PageTextKey, Texts } from "./page-texts";

// Draws the page. Everything is set as text or as an attribute; nothing that anybody typed becomes an element.

/** What stays while the content changes: heading, button, and the line that a screen reader follows. */
export interface Frame {
  readonly button: HTMLButtonElement;
  readonly status: HTMLElement;
  readonly content: HTMLElement;
}

type Child = Node | string;

/** An element with attributes and children. */
function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  children: readonly Child[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  Object.keys(attributes).forEach((name) => made.setAttribute(name, attributes[name] || ""));
  children.forEach((child) => made.append(child));
  return made;
}

/** Puts the frame into the page. */
export function drawFrame(into: HTMLElement, texts: Texts): Frame {
  const button = element("button", { type: "button" }, [texts("checkAgain")]);
  const status = element("p", { role: "status", class: "quiet" });
  const content = element("div", {});
  const heading = element("h1", {}, [texts("title")]);
  const intro = element("p", { class: "quiet" }, [texts("intro")]);
  into.replaceChildren(heading, intro, element("div", { class: "bar" }, [button, status]), content);
  return { button, status, content };
}

/** Puts what was found into the frame. */
export function drawContent({ content }: Frame, model: PageModel, texts: Texts): void {
  const cards = element(
    "ul",
    { class: "cards", role: "list" },
    model.cards.map((card) => cardElement(card, texts)),
  );
  const next = element("section", { class: "next", "aria-labelledby": "next" }, [
    element("h2", { id: "next" }, [texts("nextTitle")]),
    element("p", {}, [model.nextStep.text]),
    ...linkParagraphs(model.nextStep.link === undefined ? [] : [model.nextStep.link]),
  ]);
  // Links that are drawn anew lose the keyboard's place; the one that had it gets it back.
  const focused = content.contains(document.activeElement) ? document.activeElement : null;
  const href = focused === null ? null : focused.getAttribute("href");
  content.replaceChildren(next, cards, ...supportElements(model.support, texts));
  if (href === null) return;
  const again = Array.from(content.querySelectorAll("a")).find((link) => link.getAttribute("href") === href);
  if (again !== undefined) again.focus();
}

function cardElement(card: Card, texts: Texts): HTMLElement {
  const titleId = `card-${card.id}`;
  return element("li", { class: "card", "aria-labelledby": titleId, "data-card": card.id, "data-state": card.state }, [
    element("div", { class: "head" }, [element("h2", { id: titleId }, [card.title]), stateElement(card.state, texts)]),
    ...(card.rows === undefined ? [] : [rowsElement(card.rows)]),
    ...card.lines.map((line) => element("p", {}, [line])),
    ...linkParagraphs(card.links || []),
  ]);
}

function rowsElement(rows: NonNullable<Card["rows"]>): HTMLElement {
  const entries = rows.map(([label, value]) => [element("dt", {}, [label]), element("dd", {}, [value])]);
  return element(
    "dl",
    {},
    entries.reduce<readonly Node[]>((all, entry) => [...all, ...entry], []),
  );
}

function linkParagraphs(links: readonly CardLink[]): readonly Node[] {
  return links.map(({ text, href }) =>
    element("p", {}, [element("a", { href, target: "_blank", rel: "noopener noreferrer" }, [text])]),
  );
}

function supportElements(support: PageModel["support"], texts: Texts): readonly Node[] {
  if (support === null) return [];
  const { text, href } = support;
  const address = href === null ? text : element("a", { href, target: "_blank", rel: "noopener noreferrer" }, [text]);
  return [element("p", { class: "support quiet" }, [`${texts("support")} `, address])];
}

const stateTexts: { readonly [S in CardState]: PageTextKey } = {
  good: "stateGood",
  todo: "stateTodo",
  info: "stateInfo",
  unknown: "stateUnknown",
  loading: "stateLoading",
};

/** The shapes differ, so that no state is told by its colour alone. */
const statePaths: { readonly [S in CardState]: string } = {
  good: "M3 8.5l3.5 3.5L13 5",
  todo: "M8 2.5L1.8 13.5h12.4zM8 6.5v3.2M8 11.6v.1",
  info: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.3v3.5M8 5.1v.1",
  unknown: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM6.3 6.2a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.9.7-.9 1.3M8 11.2v.1",
  loading: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5v3.2l2 1.3",
};

const SVG = "http://www.w3.org/2000/svg";

function stateElement(state: CardState, texts: Texts): HTMLElement {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", statePaths[state]);
  picture.append(path);
  return element("span", { class: `state ${state}` }, [picture, texts(stateTexts[state])]);
}
