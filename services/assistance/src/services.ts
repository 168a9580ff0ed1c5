import type { DataSource } from 'typeorm';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import type { Outbox } from '@anjie/service-kit/messaging';
import { createAssistanceApplicationService } from './assistance-applications/assistance-application-service';
import { createDutyService } from './duties/duty-service';
import { createFollowUpVisitService } from './follow-up-visits/follow-up-visit-service';
import { createDeliveryService } from './referrals/delivery-service';
import { createMoveService } from './referrals/referral-move-service';
import { createReferralService } from './referrals/referral-service';
import { createStepService } from './referrals/referral-step-service';

/** What this service can do, built once per process. */
export function createServices({ db, outbox }: { db: DataSource; outbox: Outbox }) {
  const duties = createDutyService({ outbox, books: { rules: officeRules(), calendar: officeCalendar() } });
  const steps = createStepService({ outbox });
  return {
    referrals: createReferralService({ db, outbox }),
    moves: createMoveService({ db, steps, duties }),
    deliveries: createDeliveryService({ steps, duties }),
    applications: createAssistanceApplicationService({ db }),
    visits: createFollowUpVisitService({ db }),
  };
}
export type Services = ReturnType<typeof createServices>;
