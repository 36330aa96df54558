// Limits that every store keeps, whatever it is made of.

/** A worker that said nothing for so long is taken for dead (pg-boss allows no less). */
export const HEARTBEAT_MS = 10_000;

/** Events that one claim hands out; the rest follows in the next run of the key. Bounds memory. */
export const EVENTS_PER_CLAIM = 1_000;

/** Workers that died on the same work in a row before the pair becomes a dead letter: the work itself kills them. */
export const DEATHS_BEFORE_DEAD = 12;

/** How long an event that does not wait any more is remembered, from its arrival, so that a repetition is recognised. */
export const EVENTS_KEPT_MS = 7 * 24 * 3_600_000;

/** How long audit entries are kept; the newest lines are also on the opportunity. */
export const AUDIT_KEPT_MS = 90 * 24 * 3_600_000;
