import { RelayError } from "../../core/errors";

/** Largest answer that is read. A page of 200 full referrals is about 2 MB; more would also keep others waiting. */
const MAX_ANSWER_BYTES = 3 * 1024 * 1024;

/** The body as text. Throws CS-1106 when it is too large; the rest is not read. Counts decompressed bytes. */
export async function readBounded(response: Response): Promise<string> {
  if (response.body === null) return "";
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MAX_ANSWER_BYTES) {
      // A reset while cancelling changes nothing: the answer is refused either way.
      await reader.cancel().catch(() => undefined);
      throw new RelayError("CS-1106");
    }
    chunks.push(value);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
