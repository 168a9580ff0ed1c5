import type { ServiceName } from '@anjie/contracts';
import { readAnchors, verifyAudit, type AuditReport } from '@anjie/service-kit/audit';
import { auditSealOf } from '@anjie/service-kit/database';
import type { System } from './system';

export interface VerifiedAudit extends AuditReport {
  readonly service: ServiceName;
}

/** Looks at every audit entry of every service, against the anchors where a file is named. */
export async function verifyAudits(system: System, anchorFile: string | undefined): Promise<readonly VerifiedAudit[]> {
  const reports: VerifiedAudit[] = [];
  for (const service of system.services) {
    const db = system.db(service);
    const anchors = anchorFile === undefined ? [] : await readAnchors(anchorFile, service, auditSealOf(db.manager));
    reports.push({ service, ...(await verifyAudit(db, anchors)) });
  }
  return reports;
}
