import type { DataSource } from 'typeorm';
import type { FileStorage } from '@anjie/service-kit/files';
import { createAssessmentService } from './assessments/assessment-service';
import { createBulletinService } from './bulletins/bulletin-service';
import { createChecklistService } from './checklists/checklist-service';
import { createDecisionReviewService } from './decision-reviews/decision-review-service';
import type { Kinds } from './kinds';
import { createProgrammeService } from './programmes/programme-service';

/** What reports, programmes and assessments are done by. */
export const createReportServices = ({ db, kinds, storage, linkKey }: { db: DataSource; kinds: Kinds; storage: FileStorage; linkKey: Buffer }) => ({
  bulletins: createBulletinService({ db, kinds, storage, linkKey }),
  programmes: createProgrammeService({ db, kinds }),
  checklists: createChecklistService({ db, kinds }),
  assessments: createAssessmentService({ db, kinds }),
  decisionReviews: createDecisionReviewService({ db }),
});
export type ReportServices = ReturnType<typeof createReportServices>;
