import { join } from 'node:path';
import { auditResolvers } from '@anjie/service-kit/audit-reading';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { closingOpinionResolvers } from './closing-opinions/closing-opinion-resolvers';
import { directoryResolvers } from './directory/directory-resolvers';
import { directoryImportResolvers } from './directory-imports/directory-import-resolvers';
import { divisionResolvers } from './divisions/division-resolvers';
import type { CaseResolvers } from './generated/graphql';
import { officialResolvers } from './officials/official-resolvers';
import { portalClientResolvers } from './portal-clients/portal-client-resolvers';
import { sessionResolvers } from './officials/session-resolvers';
import { readinessResolvers } from './readiness/readiness-resolvers';
import { rollupResolvers } from './rollups/rollup-resolvers';
import { sponsorshipResolvers } from './sponsorships/sponsorship-resolvers';
import { taskForceResolvers } from './task-forces/task-force-resolvers';
import { unitResolvers } from './units/unit-resolvers';

const Case: CaseResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.visibleCase.load(id),
  ...sponsorshipResolvers.Case,
  ...taskForceResolvers.Case,
  ...readinessResolvers.Case,
  ...closingOpinionResolvers.Case,
};

const nouns = [
  divisionResolvers, unitResolvers, officialResolvers, sponsorshipResolvers, taskForceResolvers, readinessResolvers, rollupResolvers, directoryResolvers,
  directoryImportResolvers,
  closingOpinionResolvers,
  portalClientResolvers,
  sessionResolvers,
  auditResolvers('officials', 'auditOfOfficials'),
];

/** Every noun's `Query` or `Mutation` fields as one type. */
const rootOf = (type: 'Query' | 'Mutation'): object => Object.assign({}, ...nouns.map((noun) => (noun as Partial<Record<typeof type, object>>)[type] ?? {}));

/** schema/ + resolvers. Each noun's resolvers bring their own Query, Mutation and types. */
export const buildOfficialsSchema = () =>
  buildSubgraph(join(__dirname, '../schema'), {
    ...scalarResolvers, ...Object.assign({}, ...nouns), Query: rootOf('Query'), Mutation: rootOf('Mutation'), Case,
  });
