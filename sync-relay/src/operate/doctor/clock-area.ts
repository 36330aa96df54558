import { phrase } from "../phrase";
import { area, finding, type Area } from "./area";
import type { DoctorParts } from "./doctor-parts";

/** Smaller differences are those of the network. */
const NOTICED_MS = 30_000;
/** From here on the authority takes an assertion for expired or for one of the future. */
const REFUSED_MS = 5 * 60_000;

const agrees = {
  en: "agrees with Microsoft's to {seconds} s",
  fr: "s’accorde avec celle de Microsoft à {seconds} s près",
};
const unknown = { en: "not compared: no cloud tells its time", fr: "non comparée : aucun service ne dit son heure" };

/** The clock of this machine, compared with what a cloud says between question and answer. */
export async function clockArea({ clock, cloudTime }: Pick<DoctorParts, "clock" | "cloudTime">): Promise<Area> {
  const askedMs = clock.now();
  const theirs = await cloudTime();
  if (theirs === null) return { ...area("clock", phrase(unknown)), skipped: true };
  const offMs = offBy(theirs, { fromMs: askedMs, untilMs: clock.now() });
  const seconds = Math.round(offMs / 1_000);
  const findings = offMs < NOTICED_MS ? [] : [finding(offMs < REFUSED_MS ? "clock-off" : "clock-wrong", { seconds })];
  return area("clock", phrase(agrees, { seconds: Math.max(1, seconds) }), findings);
}

/** How far a time lies outside of a span; it was told somewhere within it, in whole seconds. */
function offBy(timeMs: number, { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number }): number {
  return Math.max(0, fromMs - (timeMs + 1_000), timeMs - untilMs);
}
