import type { Writable } from "node:stream";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 80;
const ERASE_LINE = "\r\x1b[2K";

/** Tells a person that something goes on, on a terminal only. */
export interface Progress {
  /** Shows a line while the work runs. `say` changes the line, e.g. to count. */
  during<T>(text: string, work: (say: (text: string) => void) => Promise<T>): Promise<T>;
}

export function createProgress(options: { readonly stderr: Writable; readonly shown: boolean }): Progress {
  const { stderr, shown } = options;
  return {
    async during(text, work) {
      if (!shown) return work(() => undefined);
      let words = text;
      let frame = 0;
      const draw = (): void => {
        frame = (frame + 1) % FRAMES.length;
        stderr.write(`${ERASE_LINE}${FRAMES[frame] ?? ""} ${words}`);
      };
      draw();
      const timer = setInterval(draw, FRAME_MS);
      try {
        return await work((changed) => (words = changed));
      } finally {
        clearInterval(timer);
        stderr.write(ERASE_LINE);
      }
    },
  };
}
