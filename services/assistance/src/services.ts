import type { DataSource } from 'typeorm';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import type { Outbox } from '@anjie/service-kit/messaging';
import { createAgencyTaskService } from './agency-tasks/agency-task-service';
import { createAssistanceApplicationService } from './assistance-applications/assistance-application-service';
import { createReliefService } from './assistance-applications/relief-service';
import { createConsultationService } from './consultations/consultation-service';
import { createContractService } from './contracts/contract-service';
import { createDutyService } from './duties/duty-service';
import { createServiceDutyService } from './duties/service-duty-service';
import { createEngagementService } from './engagements/engagement-service';
import { createExplanationService } from './explanations/explanation-service';
import { createHearingConclusionService } from './hearings/hearing-conclusion-service';
import { createHearingService } from './hearings/hearing-service';
import { createAgreementService } from './mediations/agreement-service';
import { createMediationService } from './mediations/mediation-service';
import { createServingService } from './people-who-serve/serving-service';
import { createTaskDutyService } from './duties/task-duty-service';
import { createEarlyDisputeService } from './early-disputes/early-dispute-service';
import { createFollowUpPlanService } from './follow-up-visits/follow-up-plan-service';
import { createFollowUpVisitService } from './follow-up-visits/follow-up-visit-service';
import type { Kinds } from './kinds';
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
  readonly kinds: Kinds;
}

/** Help that a case is offered: relief, dialogue, advice. */
function servedServices(served: Served) {
  return {
    applications: createAssistanceApplicationService(served),
    relief: createReliefService(served),
    mediations: createMediationService(served),
    agreements: createAgreementService(served),
    hearings: createHearingService(served),
    hearingConclusions: createHearingConclusionService(served),
    serving: createServingService(served),
    consultations: createConsultationService(served),
    contracts: createContractService(served),
    engagements: createEngagementService(served),
    explanations: createExplanationService(served),
  };
}
type Served = ServiceParts & { readonly duties: ReturnType<typeof createServiceDutyService> };

/** What this service can do, built once per process. */
export function createServices({ db, outbox, kinds }: ServiceParts) {
  const books = { rules: officeRules(), calendar: officeCalendar() };
  const duties = createDutyService({ outbox, books });
  const taskDuties = createTaskDutyService({ outbox, books });
  const serviceDuties = createServiceDutyService({ outbox, books });
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
    ...servedServices({ db, outbox, kinds, duties: serviceDuties }),
    visits: createFollowUpVisitService({ db, taskDuties }),
    visitPlans,
    agencyTasks: createAgencyTaskService({ db, outbox, kinds, taskDuties }),
    reassignments: createReassignService({ db }),
    departures: createDepartureService({ db, outbox }),
    caseChanges: createCaseChangeService({ outbox, taskDuties, visitPlans }),
    centres: createMediationCentreService({ db, kinds }),
    checklists: createStationChecklistService({ db, kinds }),
    publicity: createPublicityService({ db, kinds }),
    earlyDisputes: createEarlyDisputeService({ db, outbox, kinds, duties: serviceDuties }),
  };
}
export type Services = ReturnType<typeof createServices>;
