import { directoryReactions } from '@anjie/service-kit/facts';
import type { Reaction } from '@anjie/service-kit/messaging';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import type { OpenService } from '@anjie/service-kit/subgraph';
import type { Services } from '../services';
import { onCaseRelapsed } from './on-case-relapsed';
import { onCaseScopeChanged } from './on-case-scope-changed';
import { onOfficialChanged } from './on-official-changed';
import { onReferralSent } from './on-referral-sent';

/** What this service does when it is told something. */
export const reactions = (services: Services): readonly Reaction[] => {
  const officials = onOfficialChanged(services);
  return [
    ...directoryReactions.filter(({ event }) => event.name !== officials.event.name),
    officials,
    onCaseScopeChanged(services),
    onCaseRelapsed(services),
    onReferralSent(services.deliveries),
  ];
};

/** What it does by itself, again and again; due dates are watched in supervision. */
export const sweeps = ({ log }: Pick<OpenService, 'log'>, { disputes, agencyTasks, departures }: Services): readonly Closable[] => [
  repeat('open-unanswered-disputes', 60_000, { log, work: () => disputes.openUnanswered() }),
  repeat('end-outlived-authorities', 60_000, { log, work: () => agencyTasks.endOutlived() }),
  repeat('follow-ended-posts', 60_000, { log, work: () => departures.followEnded() }),
];
