import { join } from 'node:path';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { assignmentResolvers } from './assignments/assignment-resolvers';
import { campaignResolvers } from './campaigns/campaign-resolvers';
import { caseResolvers } from './cases/case-resolvers';
import { importResolvers } from './imports/import-resolvers';
import { petitionResolvers } from './petitions/petition-resolvers';
import { planResolvers } from './plans/plan-resolvers';
import { rollupResolvers } from './rollups/rollup-resolvers';

const nouns = [caseResolvers, petitionResolvers, campaignResolvers, assignmentResolvers, planResolvers, rollupResolvers, importResolvers];

/** schema/ + resolvers. Each noun brings its own types and its part of Query and Mutation. */
export function buildCasesSchema() {
  const { Query: _query, Mutation: _mutation, ...types } = Object.assign({}, ...nouns) as Record<string, object>;
  const roots = (name: 'Query' | 'Mutation'): object => Object.assign({}, ...nouns.map((noun) => (noun as Record<string, object>)[name] ?? {})) as object;
  return buildSubgraph(join(__dirname, '../schema'), { ...scalarResolvers, ...types, Query: roots('Query'), Mutation: roots('Mutation') });
}
