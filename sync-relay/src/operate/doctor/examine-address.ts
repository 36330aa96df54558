import { addressArea } from "./address-area";
import { examined, markOf, skippedArea, type Area } from "./area";
import type { DoctorParts } from "./doctor-parts";
import { tlsArea, tlsNotNeeded } from "./tls-area";

/** The public address: first the certificate that it shows, then whether the relay answers there. */
export async function examineAddress(parts: DoctorParts): Promise<readonly Area[]> {
  const url = parts.addresses.public;
  const address = (): Promise<Area> => examined("address", () => addressArea(parts));
  if (url === null) return [await address(), skippedArea("tls", "address")];
  if (url.startsWith("http:")) return [await address(), tlsNotNeeded()];
  const look = await parts.certificate(url);
  if (look.kind === "unreachable") return [await address(), skippedArea("tls", "address")];
  const tls = tlsArea(look, url, parts.clock.now());
  // Nothing can be asked over a connection that is not to be trusted.
  return [markOf(tls) === "bad" ? skippedArea("address", "tls") : await address(), tls];
}
