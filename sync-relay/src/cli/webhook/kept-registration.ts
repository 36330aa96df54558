import type { WebhookRegistration } from "../../adapters/partner-center/registration";
import type { OpenStore } from "../open/with-store";

/** Name in the secret store: addresses of others may hold secrets of theirs. */
const NAME = "partner-center-registration-before";

/** The foreign registration that this relay's has replaced. */
export interface KeptRegistration {
  read(): Promise<WebhookRegistration | null>;
  keep(registration: WebhookRegistration): Promise<void>;
  forget(): Promise<void>;
}

export function keptRegistration({ store, sealing }: OpenStore): KeptRegistration {
  return {
    async read() {
      const sealed = await store.secrets.load(NAME);
      return sealed === null ? null : (JSON.parse(sealing.open(NAME, sealed)) as WebhookRegistration);
    },
    keep: (registration) => store.secrets.save(NAME, sealing.seal(NAME, JSON.stringify(registration))),
    forget: () => store.secrets.remove(NAME),
  };
}
