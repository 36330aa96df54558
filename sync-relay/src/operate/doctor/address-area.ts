import { phrase, verbatim } from "../phrase";
import { area, finding, type Area } from "./area";
import type { DoctorParts } from "./doctor-parts";

const answers = { en: "{url} answers as CoSell Sync {version}", fr: "{url} répond en tant que CoSell Sync {version}" };

/** Whether the clouds' way to the relay leads to it. Tried from here, which is not where the clouds are. */
export async function addressArea({ addresses, probe }: Pick<DoctorParts, "addresses" | "probe">): Promise<Area> {
  const url = addresses.public;
  if (url === null) return area("address", verbatim("–"), [finding("address-unset")]);
  const found = await probe(url);
  if (found.kind === "unreachable") return area("address", verbatim(url), [finding("address-unreachable", { url })]);
  if (found.kind === "other") return area("address", verbatim(url), [finding("address-other", { url })]);
  return area("address", phrase(answers, { url, version: found.version }));
}
