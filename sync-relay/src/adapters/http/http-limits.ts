/** What a stranger may cost the relay. Every limit holds before anything is verified. */
export interface HttpLimits {
  /** Dataverse leaves parts out above 256 KB; twice that leaves room for escaping. */
  readonly dataverseBodyBytes: number;
  /** A Partner Center event has less than 1 KB. */
  readonly partnerCenterBodyBytes: number;
  readonly headerBytes: number;
  /** Time for all headers to arrive. */
  readonly headersWithinMs: number;
  /** Time for the whole request to arrive. */
  readonly requestWithinMs: number;
  /** How often late requests are looked for; Node's own 30 s would make the limits above meaningless. */
  readonly lateCheckEveryMs: number;
  /** How long an idle connection is kept for the next request. */
  readonly keepAliveMs: number;
  readonly connections: number;
}

export const httpLimits: HttpLimits = {
  dataverseBodyBytes: 512 * 1024,
  partnerCenterBodyBytes: 16 * 1024,
  headerBytes: 16 * 1024,
  headersWithinMs: 10_000,
  requestWithinMs: 15_000,
  lateCheckEveryMs: 1_000,
  keepAliveMs: 65_000,
  connections: 500,
};
