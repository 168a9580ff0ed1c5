import type { Reaction } from '@anjie/service-kit/messaging';

/** What this service does when it is told something: one file `on-<event>.ts` each. */
export const reactions: readonly Reaction[] = [];
