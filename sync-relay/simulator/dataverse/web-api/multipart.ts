import { badRequest } from "../dataverse-error";

/** One part of a multipart body. */
export interface Part {
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** The boundary in a `Content-Type: multipart/mixed; boundary=…`. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const match = /^multipart\/mixed\s*;.*?boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(contentType ?? "");
  return match?.[1] ?? match?.[2];
}

/** The parts of a multipart body. */
export function parseMultipart(body: string, boundary: string): readonly Part[] {
  const lines = `\n${body.replaceAll("\r\n", "\n")}\n`;
  const pieces = lines.split(`\n--${boundary}`);
  const end = pieces.findIndex((piece, n) => n > 0 && piece.startsWith("--"));
  if (end < 0) throw badRequest("The multipart body has no end.");
  return pieces.slice(1, end).map((piece) => parsePart(piece.replace(/^[ \t]*\n/, "")));
}

/** Headers, a blank line, a body. */
export function parsePart(text: string): Part {
  const blank = text.startsWith("\n") ? 0 : text.indexOf("\n\n");
  const head = blank < 0 ? text : text.slice(0, blank);
  const body = blank < 0 ? "" : text.slice(blank).replace(/^\n+/, "");
  const headers = new Map<string, string>();
  for (const line of head.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body };
}
