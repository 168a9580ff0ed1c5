import type { EntityManager } from 'typeorm';
import type { Notice } from '@anjie/service-kit/messaging';
import { areNamed } from '../oversight-facts';
import type { InquiryFindingRow, InquiryRow } from './inquiry-repository';

/** One notice to each official and each unit that a finding concerns, of the conclusion to the traced unit as well; never to one whom the case's report names. */
export async function noticesTo(
  tx: EntityManager, { row, findings, kind }: { row: InquiryRow; findings: readonly InquiryFindingRow[]; kind: 'INQUIRY_FINDINGS_SENT' | 'INQUIRY_CONCLUDED' },
): Promise<Notice[]> {
  const concerned = new Map<string, 'UNIT' | 'OFFICIAL'>(findings.map((one) => (one.officialId ? [one.officialId, 'OFFICIAL'] : [one.unitId, 'UNIT'])));
  if (kind === 'INQUIRY_CONCLUDED') concerned.set(row.tracedUnitId, 'UNIT');
  const notices: Notice[] = [];
  for (const [id, party] of concerned) {
    const isNamed = await areNamed(tx, [row.caseId], party === 'UNIT' ? { unitIds: [id], officialIds: [] } : { unitIds: [], officialIds: [id] });
    if (!isNamed) notices.push({ kind, recipient: { kind: party, id }, caseId: row.caseId, subjectId: row.id, occasion: 'told' });
  }
  return notices;
}
