import type { WebhookRegistration } from "../../adapters/partner-center/registration";
import type { OpenStore } from "../open/with-store";

/** Names in the secret store: addresses of others may hold secrets of theirs. */
const KEPT_NAME = "partner-center-registration-before";
const DISPLACED_NAME = "partner-center-registration-displaced";

/** A foreign registration that is kept to be put back. */
export interface KeptRegistration {
  read(): Promise<WebhookRegistration | null>;
  keep(registration: WebhookRegistration): Promise<void>;
  forget(): Promise<void>;
}

/** The one that this relay's has replaced. */
export function keptRegistration(open: OpenStore): KeptRegistration {
  return keptUnder(KEPT_NAME, open);
}

/** The one that gives way while the kept one is put back: until then both are needed. */
export function displacedRegistration(open: OpenStore): KeptRegistration {
  return keptUnder(DISPLACED_NAME, open);
}

function keptUnder(name: string, { store, sealing }: OpenStore): KeptRegistration {
  return {
    async read() {
      const sealed = await store.secrets.load(name);
      return sealed === null ? null : (JSON.parse(sealing.open(name, sealed)) as WebhookRegistration);
    },
    keep: (registration) => store.secrets.save(name, sealing.seal(name, JSON.stringify(registration))),
    forget: () => store.secrets.remove(name),
  };
}
