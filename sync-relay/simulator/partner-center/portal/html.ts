/** Markup that is safe to send: made by `html`, which escapes everything put into it. */
export interface Html {
  readonly kind: "html";
  readonly text: string;
}

type Piece = Html | readonly Html[] | string | number;

/** A template whose values are escaped unless they are markup themselves. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const text = texts.map((part, position) => part + (position < pieces.length ? rendered(pieces[position] ?? "") : ""));
  return { kind: "html", text: text.join("") };
}

const ESCAPES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function rendered(piece: Piece): string {
  if (typeof piece === "string" || typeof piece === "number") {
    return String(piece).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
  }
  return "kind" in piece ? piece.text : piece.map((part) => part.text).join("");
}
