import { CaseRelapsed } from '@anjie/contracts';
import { on, serviceViewer, type Reaction } from '@anjie/service-kit/messaging';
import { lockOpenCase } from '../cases/case-repository';
import { recountCase } from '../figures/figure-service';
import type { FollowUpPlanService } from '../follow-up-visits/follow-up-plan-service';

/** 办结后仍重复信访的及时回访: the unit asks what it left undone. */
export const onCaseRelapsed = ({ visitPlans }: { visitPlans: FollowUpPlanService }): Reaction =>
  on(CaseRelapsed, async (tx, told, message) => {
    const scope = await lockOpenCase(tx, told.caseId);
    if (!scope) return;
    const actor = { viewer: serviceViewer(message.source), requestId: message.requestId };
    await visitPlans.plan(tx, actor, { caseId: told.caseId, divisionCode: told.divisionCode, unitId: told.unitId, origin: 'RELAPSED', on: told.repeatedOn, occasion: told.relapseId });
    await recountCase(tx, told.caseId);
  });
