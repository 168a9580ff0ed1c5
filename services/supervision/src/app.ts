import { fileRoutes, openFileStorage, unusableStorage } from '@anjie/service-kit/files';
import { openService, refuseUnsafeSettings, serveHealth, serveSubgraph, startCouriers, type ServicePlan } from '@anjie/service-kit/subgraph';
import { closeOnSignal, readMessageKeys, type CommonEnv } from '@anjie/service-kit/runtime';
import { oldestUnfiredS } from '@anjie/service-kit/upkeep';
import { createBackTraceService } from './back-traces/back-trace-service';
import { createCloseReviewService } from './close-reviews/close-review-service';
import { createCloseSampleService } from './close-samples/close-sample-service';
import { createContext } from './context';
import { migrations, tables } from './database';
import { createInquiryService } from './inquiries/inquiry-service';
import { createInspectionFindingService } from './inspections/finding-service';
import { createInspectionService } from './inspections/inspection-service';
import { createInspectionTeamService } from './inspections/team-service';
import { reactions, reportSweeps, sweeps } from './jobs';
import { createLetterService } from './letters/letter-service';
import { createDecisionService } from './meetings/decision-service';
import { createMeetingService } from './meetings/meeting-service';
import { createFocusService } from './focus/focus-service';
import { createFindingService } from './formalism/finding-service';
import { createLadderService } from './ladders/ladder-service';
import { createListingService } from './listings/listing-service';
import { createNotificationService } from './notifications/notification-service';
import { openKinds } from './kinds';
import { createReminderService } from './reminders/reminder-service';
import { createReportServices } from './report-services';
import type { SupervisionEnv } from './env';
import { createUrgentReportService } from './urgent-reports/urgent-report-service';
import { createWebhookService } from './webhooks/webhook-service';
import { webhookSettings } from './webhooks/webhook-settings';
import { buildSupervisionSchema } from './subgraph';

export const plan = (env: CommonEnv): ServicePlan => ({ service: 'supervision', env, tables, migrations });

/** The HTTP process. */
export async function startHttp(env: SupervisionEnv): Promise<void> {
  const open = await openService(plan(env));
  const kinds = openKinds(env.ANJIE_KINDS_DIR);
  const storage = openFileStorage(env, 'supervision');
  await refuseUnsafeSettings(open, 'HTTP', await unusableStorage(storage));
  const services = {
    ...createReportServices({ db: open.db, kinds, storage, linkKey: Buffer.from(readMessageKeys(env).current, 'base64') }),
    letters: createLetterService({ db: open.db, kinds }),
    reminders: createReminderService(open),
    closeReviews: createCloseReviewService(open),
    backTraces: createBackTraceService(open),
    notifications: createNotificationService(open),
    webhooks: createWebhookService({ db: open.db, ...webhookSettings(env) }),
    meetings: createMeetingService({ db: open.db, kinds }),
    meetingDecisions: createDecisionService({ db: open.db, kinds }),
    inspections: createInspectionService({ db: open.db, kinds }),
    inspectionFindings: createInspectionFindingService(open),
    inspectionTeams: createInspectionTeamService(open),
    closeSamples: createCloseSampleService(open),
    inquiries: createInquiryService({ db: open.db, kinds }),
    ladders: createLadderService(open),
    listings: createListingService({ db: open.db, kinds }),
    focus: createFocusService(open),
    findings: createFindingService(open),
    urgentReports: createUrgentReportService({ db: open.db, kinds }),
  };
  const server = await serveSubgraph({
    ...open,
    schema: buildSupervisionSchema(),
    contextFor: (claims) => createContext({ sql: open.db.manager, claims, services, kinds }),
    host: env.ANJIE_HOST,
    port: env.ANJIE_PORT,
    routes: fileRoutes({ ...open, storage, allowedPurposes: [] }),
  });
  open.log.info({ port: server.port }, 'supervision answers');
  closeOnSignal([open, server], open.log);
}

/** The worker process: hears, tells, sounds alarms, sweeps. */
export async function startWorker(env: SupervisionEnv): Promise<void> {
  const open = await openService(plan(env));
  const kinds = openKinds(env.ANJIE_KINDS_DIR);
  const storage = openFileStorage(env, 'supervision');
  await refuseUnsafeSettings(open, 'WORKER', await unusableStorage(storage));
  const parts = [open, await serveHealth(open, [{ name: 'anjie_deadline_oldest_unfired_seconds', read: oldestUnfiredS }]), ...startCouriers(open, reactions(open)), ...sweeps(open, webhookSettings(env), kinds), ...reportSweeps(open, { kinds, storage })];
  open.log.info('supervision works');
  closeOnSignal(parts, open.log);
}
