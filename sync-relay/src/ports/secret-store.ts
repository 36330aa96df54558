/** Sealed secrets that change at run time (rotating refresh tokens). Values are opaque, already encrypted text. */
export interface SecretStore {
  load(name: string): Promise<string | null>;
  save(name: string, sealed: string): Promise<void>;
  /** Saves `to` only where `from` is stored still; false when it was changed or forgotten meanwhile. */
  replace(name: string, change: { readonly from: string; readonly to: string }): Promise<boolean>;
  /** Forgets a secret; nothing happens when there is none. */
  remove(name: string): Promise<void>;
  /** Names of all secrets. */
  names(): Promise<readonly string[]>;
}
