import { phrase, verbatim } from "../phrase";
import { area, finding, type Area, type Finding } from "./area";
import type { AddressProbe, DoctorParts } from "./doctor-parts";

const answersAlone = { en: "{url} answers as CoSell Sync", fr: "{url} répond en tant que CoSell Sync" };
const answers = { en: "{url} answers as CoSell Sync {version}", fr: "{url} répond en tant que CoSell Sync {version}" };

/** Whether the clouds' way to the relay leads to it. Tried from here, which is not where the clouds are. */
export async function addressArea({ addresses, probe }: Pick<DoctorParts, "addresses" | "probe">): Promise<Area> {
  const url = addresses.public;
  if (url === null) return area("address", verbatim("–"), [finding("address-unset")]);
  const found = await probe(url);
  if (found.kind === "unreachable") return area("address", verbatim(url), [finding("address-unreachable", { url })]);
  if (found.kind === "other") return area("address", verbatim(url), [finding("address-other", { url })]);
  const { version } = found;
  const words = version === null ? phrase(answersAlone, { url }) : phrase(answers, { url, version });
  return area("address", words, openToAll(url, found));
}

type RelayFound = Extract<AddressProbe, { readonly kind: "relay" }>;

/** An address without TLS is one of this machine, which is open to nobody else. */
function openToAll(url: string, { openPages, inTheClear }: RelayFound): readonly Finding[] {
  if (!url.startsWith("https:")) return [];
  return [
    ...(inTheClear ? [finding("address-in-clear", { url })] : []),
    ...(openPages.length > 0 ? [finding("pages-open", { url, pages: openPages.join(", ") })] : []),
  ];
}
