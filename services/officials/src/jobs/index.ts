import type { OpenService } from '@anjie/service-kit/subgraph';
import type { Reaction } from '@anjie/service-kit/messaging';
import type { Closable } from '@anjie/service-kit/runtime';
import { onCaseScopeChanged } from './on-case-scope-changed';
import { onSponsorNamed } from './on-sponsor-named';

/** What this service does when it is told something. */
export const reactions = ({ outbox }: OpenService): readonly Reaction[] => [onCaseScopeChanged, onSponsorNamed(outbox)];

/** What it does by itself, again and again. */
export const sweeps = (_open: OpenService): readonly Closable[] => [];
