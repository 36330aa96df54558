import type { Pair } from "../core/pair";
import { referralLinkOf } from "../core/section";
import type { OperatorStore } from "../ports/operator-store";

const PAGE = 500;
const HEAD = "opportunity_id,referral_id,referral_link";
const LINE_END = "\r\n";

/** Every linked pair as CSV, a page at a time. */
export async function* linkLines(
  operator: Pick<OperatorStore, "pairsAfter">,
  linkTemplate: string,
): AsyncGenerator<string> {
  yield HEAD + LINE_END;
  let after: string | null = null;
  for (;;) {
    const page: readonly Pair[] = await operator.pairsAfter(after, PAGE);
    const lines = page.flatMap((pair) => lineOf(pair, linkTemplate));
    if (lines.length > 0) yield lines.join("");
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.opportunityId;
  }
}

function lineOf({ opportunityId, referralId }: Pair, linkTemplate: string): readonly string[] {
  if (referralId === null) return [];
  return [[opportunityId, referralId, referralLinkOf(linkTemplate, referralId)].map(cell).join(",") + LINE_END];
}

/** RFC 4180: quoted where needed; a spreadsheet must not take a value for a formula. */
function cell(value: string): string {
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
