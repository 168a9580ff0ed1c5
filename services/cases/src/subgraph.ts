import { join } from 'node:path';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { assignmentResolvers } from './assignments/assignment-resolvers';
import { campaignResolvers } from './campaigns/campaign-resolvers';
import { caseResolvers } from './cases/case-resolvers';
import { importResolvers } from './imports/import-resolvers';
import { petitionResolvers } from './petitions/petition-resolvers';
import { planResolvers } from './plans/plan-resolvers';
import { repeatResolvers } from './repeats/repeat-resolvers';
import { rollupResolvers } from './rollups/rollup-resolvers';

const nouns: readonly Readonly<Record<string, object>>[] = [
  caseResolvers,
  petitionResolvers,
  campaignResolvers,
  assignmentResolvers,
  planResolvers,
  rollupResolvers,
  repeatResolvers,
  importResolvers,
];

/** schema/ + resolvers. Each noun brings its own fields; fields of one type that two nouns bring are joined. */
export function buildCasesSchema() {
  const resolvers: Record<string, object> = { ...scalarResolvers };
  for (const [type, fields] of nouns.flatMap((noun) => Object.entries(noun))) resolvers[type] = { ...resolvers[type], ...fields };
  return buildSubgraph(join(__dirname, '../schema'), resolvers);
}
