import type { z } from 'zod';

/**
 * SNAPSHOT: carries the whole state of its aggregate, the newest version wins and older ones are STALE.
 * ONCE: a fact that is applied exactly once, whatever its order.
 */
export type EventOrdering = 'SNAPSHOT' | 'ONCE';

export interface EventDefinition<Name extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly name: Name;
  readonly schemaVersion: number;
  readonly ordering: EventOrdering;
  readonly payload: Schema;
}

export const defineEvent = <Name extends string, Schema extends z.ZodType>(
  event: EventDefinition<Name, Schema>,
): EventDefinition<Name, Schema> => event;

export type PayloadOf<E> = E extends EventDefinition<string, infer S> ? z.infer<S> : never;
