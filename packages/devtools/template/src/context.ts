import type { EntityManager } from 'typeorm';
import type { InternalClaims } from '@anjie/access';
import { loaderById } from '@anjie/service-kit/subgraph';
import { entriesByIds, type EntryRow } from './entries/entry-repository';

/** Per request: who asks, and one loader per entity for root fields and references alike. */
export function createContext(sql: EntityManager, { viewer, requestId }: InternalClaims) {
  return { viewer, requestId, actor: { viewer, requestId }, loaders: { entryById: loaderById<EntryRow>((ids) => entriesByIds(sql, ids)) } };
}
export type Context = ReturnType<typeof createContext>;
