import type { ServiceName } from './services';
import * as events from './events';
import type { EventDefinition } from './events';

/** The listener's queue is `{service}.{concern}`; one concern's burst cannot delay another's. */
export interface Listener {
  readonly service: ServiceName;
  readonly concern: string;
}
export interface Subscription {
  readonly event: EventDefinition;
  readonly source: ServiceName;
  readonly listeners: readonly Listener[];
}

const to = (concern: string, ...services: ServiceName[]): Listener[] => services.map((service) => ({ service, concern }));

/** Who tells what to whom, on one screen. */
export const SUBSCRIPTIONS: readonly Subscription[] = [
  { event: events.DivisionChanged, source: 'officials', listeners: to('directory', 'cases', 'supervision', 'assistance') },
  { event: events.UnitChanged, source: 'officials', listeners: to('directory', 'cases', 'supervision', 'assistance') },
  { event: events.OfficialChanged, source: 'officials', listeners: to('directory', 'cases', 'supervision', 'assistance') },
  { event: events.CaseScopeChanged, source: 'cases', listeners: to('scopes', 'officials', 'supervision', 'assistance') },
  { event: events.SponsorNamed, source: 'cases', listeners: to('sponsorships', 'officials') },
  { event: events.CaseCrewChanged, source: 'officials', listeners: to('parties', 'cases') },
  { event: events.ObligationDeclared, source: 'cases', listeners: to('obligations', 'supervision') },
  { event: events.ObligationDeclared, source: 'assistance', listeners: to('obligations', 'supervision') },
  { event: events.ObligationDeclared, source: 'officials', listeners: to('obligations', 'supervision') },
  { event: events.ReferralSent, source: 'assistance', listeners: to('referrals', 'assistance') },
  { event: events.ReferralMoved, source: 'assistance', listeners: to('parties', 'cases') },
  { event: events.ReferralDisputed, source: 'assistance', listeners: to('coordination', 'supervision') },
  { event: events.HearingConcluded, source: 'assistance', listeners: to('hearings', 'cases') },
  { event: events.ClosingOpinionSigned, source: 'officials', listeners: to('closing', 'cases') },
  { event: events.CloseReviewRequested, source: 'cases', listeners: to('closing', 'supervision') },
  { event: events.CloseReviewDecided, source: 'supervision', listeners: to('closing', 'cases') },
  { event: events.CloseReviewOverturned, source: 'supervision', listeners: to('closing', 'cases') },
  { event: events.CaseRelapsed, source: 'cases', listeners: to('closing', 'supervision', 'assistance') },
  { event: events.AgencyTaskMoved, source: 'assistance', listeners: to('agency', 'cases') },
  { event: events.NoticeRaised, source: 'assistance', listeners: to('notices', 'supervision') },
  { event: events.NoticeRaised, source: 'cases', listeners: to('notices', 'supervision') },
  { event: events.NoticeRaised, source: 'officials', listeners: to('notices', 'supervision') },
  { event: events.ActivityReported, source: 'officials', listeners: to('activities', 'supervision') },
];

export const listenersOf = (source: ServiceName, eventName: string): readonly Listener[] =>
  SUBSCRIPTIONS.filter((s) => s.source === source && s.event.name === eventName).flatMap((s) => s.listeners);

/** The queues a service's worker must serve, without its acknowledgement queue. */
export const concernsOf = (service: ServiceName): readonly string[] => [
  ...new Set(SUBSCRIPTIONS.flatMap((s) => s.listeners.filter((l) => l.service === service).map((l) => l.concern))),
];

export const eventNamed = (name: string): EventDefinition | undefined => SUBSCRIPTIONS.find((s) => s.event.name === name)?.event;

/** Queues of a service for work of its own, beside those that carry messages. */
const OWN_CONCERNS: Readonly<Partial<Record<ServiceName, readonly string[]>>> = { supervision: ['deadlines'] };

/** All queues that a service's worker serves: for metrics and the board. */
export const queueConcernsOf = (service: ServiceName): readonly string[] => [...concernsOf(service), 'acks', ...(OWN_CONCERNS[service] ?? [])];
