/** Access tokens by audience. Cached; one renewal at a time. */
export interface TokenSource {
  /**
   * A token that is good for at least another minute. `stale` names a token that the upstream refused: it is not
   * handed out again. Throws RelayError (CS-1201 … CS-1204).
   */
  token(options?: { readonly stale?: string }): Promise<string>;
}
