import { findingWords } from "../../sync-relay/src/operate/doctor/area";
import { examine } from "../../sync-relay/src/operate/doctor/examine";
import type { CrmEnvironment } from "../../sync-relay/src/ports/crm-environment";
import { healthyParts, PUBLIC_URL, REFERRAL_LINK } from "./doctor-parts";

async function wordsOf(environment: Partial<CrmEnvironment>, publicUrl: string | null = PUBLIC_URL) {
  const { addresses } = healthyParts();
  const parts = healthyParts({ environment, parts: { addresses: { ...addresses, public: publicUrl } } });
  const solution = (await examine(parts)).find(({ name }) => name === "solution");
  return (solution?.findings ?? []).map((one) => ({
    id: one.id,
    ...findingWords(one, "en"),
    fr: findingWords(one, "fr"),
  }));
}

test.each([
  ["English", [1033], []],
  ["French", [1031, 1036], []],
  ["neither", [1031, 3082], ["language-missing"]],
  ["none", [], ["language-missing"]],
])("[DC41] with %s switched on, labels can be read or not", async (_what, languages, ids) => {
  expect((await wordsOf({ languages: async () => languages })).map(({ id }) => id)).toEqual(ids);
});

const variables = (address: string | null, link: string | null) => async () => [
  { name: "cosell_RelayAddress", value: address },
  { name: "cosell_ReferralLink", value: link },
  { name: "cosell_SupportAddress", value: null },
];

test.each<[string, string | null, string | null, readonly string[]]>([
  ["as set in the relay", PUBLIC_URL, REFERRAL_LINK, []],
  ["with a slash and a host in capitals", `${PUBLIC_URL.toUpperCase().replace("HTTPS", "https")}/`, REFERRAL_LINK, []],
  ["without values", null, null, ["variable-unset", "variable-unset"]],
  ["of another relay", "https://old.example", REFERRAL_LINK, ["variable-differs"]],
  ["of another path", `${PUBLIC_URL}/Relay`, REFERRAL_LINK, ["variable-differs"]],
  ["with another link", PUBLIC_URL, "https://example.com/{referralId}", ["variable-differs"]],
])("[DC42] environment variables %s", async (_what, address, link, ids) => {
  expect((await wordsOf({ variables: variables(address, link) })).map(({ id }) => id)).toEqual(ids);
});

test("[DC42] what mends a variable names its label in the reader's language, the right value and where to set it", async () => {
  const [found] = await wordsOf({ variables: variables("https://old.example", REFERRAL_LINK) });
  expect(found?.what).toContain("cosell_RelayAddress is https://old.example");
  expect(found?.mend).toContain(`give “Relay address” the value ${PUBLIC_URL} (make.powerapps.com`);
  expect(found?.fr.mend).toContain(`donnez à « Adresse du relais » la valeur ${PUBLIC_URL} (make.powerapps.com`);
});

test("[DC42] a variable that the solution should have brought is missing; without a public address nothing is compared", async () => {
  const [missing] = await wordsOf({ variables: async () => [] });
  expect(missing).toMatchObject({ id: "variable-missing" });
  expect(missing?.what).toContain("cosell_RelayAddress, cosell_ReferralLink, cosell_SupportAddress");
  expect(await wordsOf({ variables: variables("https://old.example", REFERRAL_LINK) }, null)).toEqual([]);
  expect(await wordsOf({ variables: variables(null, REFERRAL_LINK) }, null)).toEqual([]);
});
