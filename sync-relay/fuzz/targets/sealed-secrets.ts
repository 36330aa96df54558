import { createSealing } from "../../src/adapters/sealing/sealing";
import { mutateText } from "../byte-mutations";
import { promised, type FuzzTarget } from "../fuzz-target";
import { checkedCall } from "../upstream-promises";

/** Envelopes from a database that was tampered with. */
export const sealedSecretTarget: FuzzTarget = {
  name: "sealed-secret",
  perMille: 10,
  start: () => {
    const sealing = createSealing({ keys: [new Uint8Array(32).fill(7)] });
    const sealed = sealing.seal("purpose", "secret");
    return Promise.resolve({
      input: (dice) => {
        const text = mutateText(sealed, dice);
        return checkedCall(() => {
          promised(sealing.open("purpose", text) === "secret", "an envelope that opens holds what was sealed");
          return Promise.resolve();
        });
      },
    });
  },
};
