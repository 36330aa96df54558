/** Sealed secrets that change at run time (rotating refresh tokens). Values are opaque, already encrypted text. */
export interface SecretStore {
  load(name: string): Promise<string | null>;
  save(name: string, sealed: string): Promise<void>;
  /** Forgets a secret; nothing happens when there is none. */
  remove(name: string): Promise<void>;
  /** Names of all secrets. */
  names(): Promise<readonly string[]>;
}
