import { textIn } from "../../../sync-relay/src/cli/texts/text";
import { referralColumns } from "../../../sync-relay/src/core/section";
import { say } from "../../../sync-relay/src/core/text/messages";
import { phrase, phraseIn } from "../../../sync-relay/src/operate/phrase";
import { textsOf } from "../../../webresources/configuration-page/page-texts";
import { englishPageTexts } from "../../../webresources/configuration-page/english-page-texts";
import { aPair, aReferral } from "../../support/builders";

/** What somebody may type who hopes that it is looked at once more. */
const HOSTILE = [
  "{reason}",
  "{url}",
  "{other}",
  "$&",
  "$1",
  "$`",
  "{{reason}}",
  "%s",
  "${7*7}",
  "<%= 7*7 %>",
  "{__proto__}",
];

test.each(HOSTILE)("[OB11] the value %s stands in every text as it is", (value) => {
  const text = { en: "a {reason} b {other} c", fr: "a {reason} b {other} c" };
  const wanted = `a ${value} b 1 c`;
  expect(phraseIn("en", phrase(text, { reason: value, other: 1 }))).toBe(wanted);
  expect(textIn("fr", text, { reason: value, other: 1 })).toBe(wanted);
  expect(say("en", "refused", { reason: value })).toBe(
    say("en", "refused", { reason: "\0" }).replace("\0", () => value),
  );
});

test.each(HOSTILE)("[OB11] the value %s stands in the texts of the configuration page as it is", (value) => {
  const texts = textsOf(new Map());
  const keys = (Object.keys(englishPageTexts) as (keyof typeof englishPageTexts)[]).filter((key) =>
    /\{\w+\}/.test(englishPageTexts[key]),
  );
  expect(keys.length).toBeGreaterThan(5);
  for (const key of keys) {
    const names = [...englishPageTexts[key].matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
    const shown = texts(key, Object.fromEntries(names.map((name) => [name, value])));
    expect(shown).toBe(
      names
        .reduce((text, name) => text.split(`{${name}}`).join("\0"), englishPageTexts[key])
        .split("\0")
        .join(value),
    );
  }
});

test.each([...HOSTILE, "../../evil", "a?b=c#d", '" onclick="x'])(
  "[OB11] a referral with the id %s makes a link to where the setting says, with the id as one value",
  (id) => {
    const template = "https://partner.microsoft.com/referrals/v2/inbox?id={referralId}";
    const { referralLink } = referralColumns(aPair(), aReferral({ id }), template);
    const link = new URL(referralLink ?? "");
    expect([link.origin, link.pathname, link.hash]).toEqual([
      "https://partner.microsoft.com",
      "/referrals/v2/inbox",
      "",
    ]);
    expect([...link.searchParams]).toEqual([["id", id]]);
  },
);
