import type { ServiceName } from '@anjie/contracts';
import type { PageArgs } from '../subgraph';
import { readAudit, type AuditFilter, type Reading } from './read-audit';

type Asked = PageArgs & { readonly filter?: AuditFilter | null };

/** The root field through which this service's audit is read; its types are the same in every service. */
export const auditResolvers = (service: ServiceName, field: string) => ({
  Query: { [field]: (_root: unknown, { filter, ...page }: Asked, context: Reading) => readAudit(service, context, { filter: filter ?? {}, page }) },
});
