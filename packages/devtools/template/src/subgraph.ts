import { join } from 'node:path';
import { buildSubgraph } from '@anjie/service-kit/subgraph';
import { entryResolvers } from './entries/entry-resolvers';

/** schema/ + resolvers. */
export const buildSampleSchema = () => buildSubgraph(join(__dirname, '../schema'), { ...entryResolvers });
