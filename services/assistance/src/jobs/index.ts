import { directoryReactions } from '@anjie/service-kit/facts';
import type { Reaction } from '@anjie/service-kit/messaging';
import type { Closable } from '@anjie/service-kit/runtime';
import type { Services } from '../services';
import { onCaseScopeChanged } from './on-case-scope-changed';
import { onReferralSent } from './on-referral-sent';

/** What this service does when it is told something. */
export const reactions = (services: Services): readonly Reaction[] => [...directoryReactions, onCaseScopeChanged, onReferralSent(services.deliveries)];

/** What it does by itself, again and again: nothing; due dates are watched in supervision. */
export const sweeps = (): readonly Closable[] => [];
