import type { OpenService } from '@anjie/service-kit/subgraph';
import { caseScopeReaction } from '@anjie/service-kit/facts';
import type { Reaction } from '@anjie/service-kit/messaging';
import type { Closable } from '@anjie/service-kit/runtime';

/** What this service does when it is told something. */
export const reactions = (_open: OpenService): readonly Reaction[] => [caseScopeReaction];

/** What it does by itself, again and again. */
export const sweeps = (_open: OpenService): readonly Closable[] => [];
