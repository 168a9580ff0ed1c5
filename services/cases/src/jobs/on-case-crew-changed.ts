import { CaseCrewChanged } from '@anjie/contracts';
import { insertRows, selectIn, write } from '@anjie/service-kit/database';
import { onMany } from '@anjie/service-kit/messaging';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { publishScopes } from '../cases/scope-service';

/** Sponsors and task forces as officials sees them become parts in their cases: from now on they see them. */
export const onCaseCrewChanged = ({ outbox }: OpenService) =>
  onMany(CaseCrewChanged, async (tx, incoming) => {
    // in key order, so that two workers never wait for each other crosswise
    const found = await selectIn<{ id: string }>(tx, 'SELECT id FROM cases WHERE id IN (?) ORDER BY id FOR UPDATE', incoming.map(({ payload }) => payload.caseId));
    const caseIds = found.map((row) => row.id);
    if (caseIds.length === 0) return;
    const crews = incoming.map(({ payload }) => payload).filter((crew) => caseIds.includes(crew.caseId));
    await write(tx, 'DELETE FROM case_crew_members WHERE case_id IN (?)', [caseIds]);
    await insertRows(tx, 'case_crew_members', crews.flatMap((crew) => [
      ...[...new Set(crew.sponsorIds)].map((id) => ({ case_id: crew.caseId, official_id: id, role: 'SPONSOR' })),
      ...[...new Set(crew.taskForceIds)].map((id) => ({ case_id: crew.caseId, official_id: id, role: 'TASK_FORCE' })),
    ]));
    await publishScopes(tx, outbox, { caseIds, requestId: incoming[0]?.message.requestId ?? '' });
  });
