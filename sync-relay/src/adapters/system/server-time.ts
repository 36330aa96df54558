const ANSWERS_WITHIN_MS = 5_000;

/** The time by the clock of a server, from the date that every HTTP answer carries; null when it cannot be had. */
export async function serverTime(url: string): Promise<number | null> {
  try {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const answer = await fetch(url, { method: "HEAD", signal, redirect: "manual" });
    const timeMs = Date.parse(answer.headers.get("date") ?? "");
    return Number.isNaN(timeMs) ? null : timeMs;
  } catch {
    return null;
  }
}
