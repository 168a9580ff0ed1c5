import type { DataSource } from 'typeorm';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import type { Outbox } from '@anjie/service-kit/messaging';
import { createAgencyTaskService } from './agency-tasks/agency-task-service';
import { createAssistanceApplicationService } from './assistance-applications/assistance-application-service';
import { createDutyService } from './duties/duty-service';
import { createTaskDutyService } from './duties/task-duty-service';
import { createEarlyDisputeService } from './early-disputes/early-dispute-service';
import { createFollowUpPlanService } from './follow-up-visits/follow-up-plan-service';
import { createFollowUpVisitService } from './follow-up-visits/follow-up-visit-service';
import { openKinds, type Kinds } from './kinds';
import { createMediationCentreService } from './mediation-centres/mediation-centre-service';
import { createPublicityService } from './publicity-activities/publicity-activity-service';
import { createCoHandlingService } from './referrals/co-handling-service';
import { createDeliveryService } from './referrals/delivery-service';
import { createReferralBatchService } from './referrals/referral-batch-service';
import { createDisputeService } from './referrals/referral-dispute-service';
import { createMoveService } from './referrals/referral-move-service';
import { createReferralService } from './referrals/referral-service';
import { createStepService } from './referrals/referral-step-service';
import { createStationChecklistService } from './station-checklists/station-checklist-service';
import { createCaseChangeService } from './tasks/case-change-service';
import { createDepartureService } from './tasks/departure-service';
import { createReassignService } from './tasks/reassign-service';

export interface ServiceParts {
  readonly db: DataSource;
  readonly outbox: Outbox;
  /** Without it the books of this release. */
  readonly kinds?: Kinds;
}

/** What this service can do, built once per process. */
export function createServices({ db, outbox, kinds = openKinds() }: ServiceParts) {
  const books = { rules: officeRules(), calendar: officeCalendar() };
  const duties = createDutyService({ outbox, books });
  const taskDuties = createTaskDutyService({ outbox, books });
  const steps = createStepService({ outbox });
  const moving = { db, outbox, kinds, books, steps, duties, taskDuties };
  const visitPlans = createFollowUpPlanService({ outbox, taskDuties, books });
  return {
    kinds,
    referrals: createReferralService({ db, outbox, kinds }),
    moves: createMoveService(moving),
    batches: createReferralBatchService(moving),
    deliveries: createDeliveryService({ steps, duties, kinds }),
    disputes: createDisputeService({ db, outbox }),
    coHandlings: createCoHandlingService({ db, outbox, taskDuties }),
    applications: createAssistanceApplicationService({ db }),
    visits: createFollowUpVisitService({ db, taskDuties }),
    visitPlans,
    agencyTasks: createAgencyTaskService({ db, outbox, kinds, taskDuties }),
    reassignments: createReassignService({ db }),
    departures: createDepartureService({ outbox }),
    caseChanges: createCaseChangeService({ outbox, taskDuties, visitPlans }),
    centres: createMediationCentreService({ db, kinds }),
    checklists: createStationChecklistService({ db, kinds }),
    publicity: createPublicityService({ db, kinds }),
    earlyDisputes: createEarlyDisputeService({ db, kinds, books }),
  };
}
export type Services = ReturnType<typeof createServices>;
