// The configuration page without a browser: from an environment to what the page says of it.

import type { Language } from "../../solution/schema/labels";
import type { Card, Wording } from "../../webresources/configuration-page/card";
import { runChecks } from "../../webresources/configuration-page/checks/run-checks";
import type { Findings, RelayAnswer } from "../../webresources/configuration-page/findings";
import { pageModelOf, type PageModel } from "../../webresources/configuration-page/page-model";
import { textsOf } from "../../webresources/configuration-page/page-texts";
import type { Row, Seen, WebApi } from "../../webresources/configuration-page/web-api";
import { answerTo, collectionOf, type FakeEnvironment } from "./fake-web-api";

export const RELAY = "https://cosell.contoso.example";
export const alive: RelayAnswer = { kind: "alive", address: RELAY };

/** The fake Web API as the page's own reader would hand it on. */
export function apiOn(environment: FakeEnvironment, asked: string[] = []): WebApi {
  return {
    async get(address): Promise<Seen<Row>> {
      asked.push(address);
      const refusal = environment.refusals[collectionOf(address)];
      if (refusal === "cut" || refusal === "silence") return { kind: "no-answer" };
      if (refusal === "nonsense") return { kind: "unreadable" };
      const { status, body } = answerTo(environment, address);
      if (status === 200) return { kind: "seen", value: body as Row };
      if (status === 403) return { kind: "not-allowed" };
      return { kind: "failed", status, code: (body as { error: { code: string } }).error.code };
    },
  };
}

export function wording(language: Language = "en"): Wording {
  return { texts: textsOf(new Map()), language, date: (iso) => iso.slice(0, 10), organisation: "", time: () => "" };
}

/** What is found; the network beyond the Web API is not asked, the relay's answer is given. */
export async function findingsOf(environment: FakeEnvironment, relay: RelayAnswer): Promise<Findings> {
  const before = globalThis.fetch;
  globalThis.fetch = () => Promise.reject(new Error("no network here"));
  try {
    return { ...(await runChecks(apiOn(environment), () => undefined)), relay };
  } finally {
    globalThis.fetch = before;
  }
}

export async function modelOf(environment: FakeEnvironment, relay: RelayAnswer = alive): Promise<PageModel> {
  return pageModelOf(await findingsOf(environment, relay), wording());
}

export function card({ cards }: PageModel, id: string): Card {
  const found = cards.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no card ${id}.`);
  return found;
}

/** How everything stands where everything is set up; column security is nobody's duty. */
export const statesWhenComplete = {
  sync: "good",
  solution: "good",
  variables: "good",
  relay: "good",
  webhook: "good",
  roles: "good",
  security: "info",
  products: "good",
};

export const states = ({ cards }: PageModel): object => Object.fromEntries(cards.map(({ id, state }) => [id, state]));
export const said = (model: PageModel, id: string): string => card(model, id).lines.join(" ");
