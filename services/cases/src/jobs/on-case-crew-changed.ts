import { CaseCrewChanged } from '@anjie/contracts';
import { insertRows, selectIn, write } from '@anjie/service-kit/database';
import { on } from '@anjie/service-kit/messaging';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { publishScopes } from '../cases/scope-service';

/** Sponsor and task force as officials sees them become parts in the case: from now on they see it. */
export const onCaseCrewChanged = ({ outbox }: OpenService) =>
  on(CaseCrewChanged, async (tx, crew, message) => {
    const [found] = await selectIn<{ id: string }>(tx, 'SELECT id FROM cases WHERE id IN (?) FOR UPDATE', [crew.caseId]);
    if (!found) return;
    await write(tx, 'DELETE FROM case_crew_members WHERE case_id = ?', [crew.caseId]);
    await insertRows(tx, 'case_crew_members', [
      ...[...new Set(crew.sponsorIds)].map((id) => ({ case_id: crew.caseId, official_id: id, role: 'SPONSOR' })),
      ...[...new Set(crew.taskForceIds)].map((id) => ({ case_id: crew.caseId, official_id: id, role: 'TASK_FORCE' })),
    ]);
    await publishScopes(tx, outbox, { caseIds: [crew.caseId], requestId: message.requestId });
  });
