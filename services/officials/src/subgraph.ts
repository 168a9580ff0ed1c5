import { join } from 'node:path';
import { auditResolvers } from '@anjie/service-kit/audit-reading';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { activityResolvers } from './activities/activity-resolvers';
import { agendaItemResolvers } from './agenda-items/agenda-item-resolvers';
import { appointmentResolvers } from './appointments/appointment-resolvers';
import { closingOpinionResolvers } from './closing-opinions/closing-opinion-resolvers';
import { coverageResolvers } from './coverage/coverage-resolvers';
import { DecimalScalar } from './decimal';
import { directoryResolvers } from './directory/directory-resolvers';
import { directoryImportResolvers } from './directory-imports/directory-import-resolvers';
import { divisionResolvers } from './divisions/division-resolvers';
import type { CaseResolvers } from './generated/graphql';
import { handOverResolvers } from './hand-overs/hand-over-resolvers';
import { officialResolvers } from './officials/official-resolvers';
import { portalClientResolvers } from './portal-clients/portal-client-resolvers';
import { promiseResolvers } from './promises/promise-resolvers';
import { recusalResolvers } from './recusals/recusal-resolvers';
import { resourceResolvers } from './resources/resource-resolvers';
import { treeResolvers } from './responsibility-tree/tree-resolvers';
import { sessionResolvers } from './officials/session-resolvers';
import { sponsorDutyResolvers } from './sponsor-duties/sponsor-duty-resolvers';
import { readinessResolvers } from './readiness/readiness-resolvers';
import { rollupResolvers } from './rollups/rollup-resolvers';
import { sponsorshipResolvers } from './sponsorships/sponsorship-resolvers';
import { taskForceResolvers } from './task-forces/task-force-resolvers';
import { unitResolvers } from './units/unit-resolvers';

const Case: Pick<CaseResolvers, '__resolveReference'> = {
  __resolveReference: ({ id }, { loaders }) => loaders.visibleCase.load(id),
};

const nouns: readonly object[] = [
  { Case },
  divisionResolvers, unitResolvers, officialResolvers, sponsorshipResolvers, taskForceResolvers, readinessResolvers, rollupResolvers, directoryResolvers,
  directoryImportResolvers,
  closingOpinionResolvers,
  portalClientResolvers,
  sessionResolvers,
  activityResolvers, promiseResolvers, appointmentResolvers, coverageResolvers, sponsorDutyResolvers, handOverResolvers, recusalResolvers, treeResolvers,
  agendaItemResolvers, resourceResolvers,
  auditResolvers('officials', 'auditOfOfficials'),
];

/** Nouns hang their fields on each other's types: what they all say of one type is put together. */
function merged(): Record<string, object> {
  const types: Record<string, object> = {};
  for (const noun of nouns) for (const [type, fields] of Object.entries(noun) as [string, object][]) types[type] = { ...types[type], ...fields };
  return types;
}

/** schema/ + resolvers. Each noun's resolvers bring their own Query, Mutation and types. */
export const buildOfficialsSchema = () => buildSubgraph(join(__dirname, '../schema'), { ...scalarResolvers, Decimal: DecimalScalar, ...merged() });
