import type { DataSource } from 'typeorm';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import type { Outbox } from '@anjie/service-kit/messaging';
import { createAssistanceApplicationService } from './assistance-applications/assistance-application-service';
import { createReliefService } from './assistance-applications/relief-service';
import { createConsultationService } from './consultations/consultation-service';
import { createContractService } from './contracts/contract-service';
import { createDutyService } from './duties/duty-service';
import { createServiceDutyService } from './duties/service-duty-service';
import { createEngagementService } from './engagements/engagement-service';
import { createExplanationService } from './explanations/explanation-service';
import { createFollowUpVisitService } from './follow-up-visits/follow-up-visit-service';
import { createHearingConclusionService } from './hearings/hearing-conclusion-service';
import { createHearingService } from './hearings/hearing-service';
import type { Kinds } from './kinds';
import { createAgreementService } from './mediations/agreement-service';
import { createMediationService } from './mediations/mediation-service';
import { createServingService } from './people-who-serve/serving-service';
import { createDeliveryService } from './referrals/delivery-service';
import { createMoveService } from './referrals/referral-move-service';
import { createReferralService } from './referrals/referral-service';
import { createStepService } from './referrals/referral-step-service';

/** What this service can do, built once per process. */
export function createServices({ db, outbox, kinds }: { db: DataSource; outbox: Outbox; kinds: Kinds }) {
  const duties = createDutyService({ outbox, books: { rules: officeRules(), calendar: officeCalendar() } });
  const steps = createStepService({ outbox });
  const served = { db, outbox, kinds, duties: createServiceDutyService({ outbox, books: { rules: officeRules(), calendar: officeCalendar() } }) };
  return {
    referrals: createReferralService({ db, outbox }),
    moves: createMoveService({ db, steps, duties }),
    deliveries: createDeliveryService({ steps, duties }),
    applications: createAssistanceApplicationService(served),
    relief: createReliefService(served),
    visits: createFollowUpVisitService({ db }),
    kinds,
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
export type Services = ReturnType<typeof createServices>;
