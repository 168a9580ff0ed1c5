import type { EntityManager } from 'typeorm';
import { audit, type Actor } from '@anjie/service-kit/database';
import { settleOwn } from '../obligations/own-obligation';
import { endCandidate, lockCandidate, releaseCandidates } from './coordination-candidate-repository';

/** What a meeting decided settles the dispute and meets the office's duty; what it did not decide waits again. */
export async function settleCandidates(tx: EntityManager, { meetingId, decidedIds, today, actor }: { meetingId: string; decidedIds: readonly string[]; today: string; actor: Actor }): Promise<void> {
  for (const id of [...new Set(decidedIds)].sort()) {
    const row = await lockCandidate(tx, id);
    if (row?.state !== 'ON_AGENDA') continue;
    await endCandidate(tx, { id, state: 'SETTLED', settledOn: today });
    await audit(tx, actor, { action: 'coordinationCandidate.settled', subjectType: 'CoordinationCandidate', subjectId: id, caseId: row.caseId, detail: { meetingId } });
    if (row.obligationId) await settleOwn(tx, row.obligationId, { state: 'MET', metOn: today, version: row.version + 1, actor });
  }
  await releaseCandidates(tx, meetingId);
}
