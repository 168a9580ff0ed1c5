import { graphql } from 'graphql';
import type { EntityManager } from 'typeorm';
import { claimsFor } from '@anjie/testing';
import { createContext } from '../src/context';
import { buildCasesSchema } from '../src/subgraph';
import { people, type CasesWorld } from './world';

const schema = buildCasesSchema();

/** Answers a document as the county's office and says how many statements it cost: the manager itself, with a counter on its query. */
export async function costOf(world: CasesWorld, source: string, variableValues: Record<string, unknown>): Promise<{ statements: number; data: Record<string, unknown> }> {
  let statements = 0;
  const sql = new Proxy(world.db.manager, {
    get(manager, name) {
      const value: unknown = Reflect.get(manager, name);
      if (name !== 'query') return value;
      return (...args: Parameters<EntityManager['query']>) => ((statements += 1), manager.query(...args));
    },
  });
  const result = await graphql({ schema, source, variableValues, contextValue: createContext({ sql, claims: claimsFor(people.county), services: world.services }) });
  expect(result.errors).toBeUndefined();
  return { statements, data: JSON.parse(JSON.stringify(result.data)) as Record<string, unknown> };
}
