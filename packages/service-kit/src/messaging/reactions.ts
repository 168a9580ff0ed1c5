import type { EntityManager } from 'typeorm';
import { SUBSCRIPTIONS, type EventDefinition, type PayloadOf, type ServiceName } from '@anjie/contracts';

export interface IncomingMessage {
  readonly id: string;
  readonly source: string;
  readonly aggregateId: string;
  readonly version: number;
  readonly requestId: string;
}

export interface Incoming<E extends EventDefinition> {
  readonly payload: PayloadOf<E>;
  readonly message: IncomingMessage;
}

export type Effect<E extends EventDefinition> = (tx: EntityManager, payload: PayloadOf<E>, message: IncomingMessage) => Promise<void>;

export interface Reaction {
  readonly event: EventDefinition;
  readonly effectOfMany: (tx: EntityManager, incoming: readonly Incoming<EventDefinition>[]) => Promise<void>;
}

/** "On this event, do that": the effect runs in the transaction that also writes the inbox row and the acknowledgement. */
export const on = <E extends EventDefinition>(event: E, effect: Effect<E>): Reaction =>
  onMany(event, async (tx, incoming) => {
    for (const { payload, message } of incoming) await effect(tx, payload, message);
  });

/** Like `on` for an effect that does many at once; of one aggregate's snapshots only the newest is among them. */
export const onMany = <E extends EventDefinition>(event: E, effect: (tx: EntityManager, incoming: readonly Incoming<E>[]) => Promise<void>): Reaction => ({
  event,
  effectOfMany: effect as Reaction['effectOfMany'],
});

/** @throws Error at start-up when an event that the service is told has no reaction, or two. */
export function reactionTable(service: ServiceName, reactions: readonly Reaction[]): ReadonlyMap<string, Reaction> {
  const told = new Set(SUBSCRIPTIONS.filter((s) => s.listeners.some((l) => l.service === service)).map((s) => s.event.name));
  const table = new Map(reactions.map((reaction) => [reaction.event.name, reaction]));
  const missing = [...told].filter((name) => !table.has(name));
  const idle = [...table.keys()].filter((name) => !told.has(name));
  if (missing.length > 0) throw new Error(`${service} is told ${missing.join(', ')} but has no reaction to it (src/jobs/index.ts)`);
  if (idle.length > 0) throw new Error(`${service} reacts to ${idle.join(', ')} but nobody tells it (contracts/src/subscriptions.ts)`);
  if (table.size !== reactions.length) throw new Error(`${service} has two reactions to one event`);
  return table;
}
