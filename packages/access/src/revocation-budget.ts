/**
 * How long a right that was taken away may still be believed, part by part, in milliseconds. A key that left the provider's
 * set: keys + fetch + token. An official who left, moved or whose sessions were ended: delivery of the fact + standing.
 */
export const REVOCATION_BUDGET = {
  /** The promise: on every subgraph (S16 of the design). */
  promisedMs: 60_000,
  /** The provider's key set is fetched again after this time. */
  keysKeptMs: 30_000,
  /** A fetch of the key set takes at most this long, discovery included. */
  keyFetchMs: 3_000,
  /** A key id that the set does not hold is looked for again at most this often: a flood of made-up ids is no flood of fetches. */
  keyLookMs: 10_000,
  /** The gateway believes a verified token without looking at its signature again. */
  tokenKeptMs: 20_000,
  /** A subgraph believes what it read of an official's posts and sessions. */
  standingKeptMs: 15_000,
} as const;
