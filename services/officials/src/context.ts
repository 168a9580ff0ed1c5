import type { EntityManager } from 'typeorm';
import type { InternalClaims, Viewer } from '@anjie/access';
import { visibleCaseLoader } from '@anjie/service-kit/facts';
import { loaderBy, loaderOfMany } from '@anjie/service-kit/subgraph';
import { childrenOf, divisionsByCodes, type DivisionRow } from './divisions/division-repository';

/** Per request: who asks, and one viewer-aware loader per entity for root fields and references alike. */
export function createContext({ sql, claims }: { sql: EntityManager; claims: InternalClaims }) {
  const { viewer, requestId } = claims;
  return { viewer, requestId, sql, loaders: createLoaders(sql, viewer) };
}
export type Context = ReturnType<typeof createContext>;

function createLoaders(sql: EntityManager, viewer: Viewer) {
  return {
    visibleCase: visibleCaseLoader(sql, viewer),
    divisionByCode: loaderBy<string, DivisionRow>((row) => row.code, (codes) => divisionsByCodes(sql, codes)),
    childrenOfDivision: loaderOfMany<DivisionRow>((row) => row.parentCode ?? '', (codes) => childrenOf(sql, codes)),
  };
}
