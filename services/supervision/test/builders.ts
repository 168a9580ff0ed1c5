import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource, EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { inTransaction, select } from '@anjie/service-kit/database';
import { putKnownOfficials, putKnownUnits } from '@anjie/service-kit/facts';
import { createOutbox, createSeal } from '@anjie/service-kit/messaging';
import { createFolderStorage } from '@anjie/service-kit/files';
import { createLog } from '@anjie/service-kit/runtime';
import { claimsFor, openTestDatabase, setBusinessNow, subgraphClient } from '@anjie/testing';
import { createBackTraceService } from '../src/back-traces/back-trace-service';
import { createCloseReviewService } from '../src/close-reviews/close-review-service';
import { createCloseSampleService } from '../src/close-samples/close-sample-service';
import { createContext } from '../src/context';
import { migrations, tables } from '../src/database';
import type { Trigger } from '../src/deadlines/deadline-repository';
import { fireDeadlines } from '../src/deadlines/deadline-service';
import type { FireResult } from '../src/deadlines/volley';
import { createInquiryService } from '../src/inquiries/inquiry-service';
import { createInspectionFindingService } from '../src/inspections/finding-service';
import { createInspectionService } from '../src/inspections/inspection-service';
import { createInspectionTeamService } from '../src/inspections/team-service';
import { reactions } from '../src/jobs';
import { openKinds } from '../src/kinds';
import { createLetterService } from '../src/letters/letter-service';
import { createDecisionService } from '../src/meetings/decision-service';
import { createMeetingService } from '../src/meetings/meeting-service';
import { createFocusService } from '../src/focus/focus-service';
import { createFindingService } from '../src/formalism/finding-service';
import { createLadderService } from '../src/ladders/ladder-service';
import { createListingService } from '../src/listings/listing-service';
import type { Declared } from '../src/obligations/obligation-service';
import { createNotificationService } from '../src/notifications/notification-service';
import { createReminderService } from '../src/reminders/reminder-service';
import { createReportServices } from '../src/report-services';
import { readTargets } from '../src/rules/webhook-targets';
import { buildSupervisionSchema } from '../src/subgraph';
import { createUrgentReportService } from '../src/urgent-reports/urgent-report-service';
import { createSecretBox } from '../src/webhooks/webhook-secrets';
import { createWebhookService } from '../src/webhooks/webhook-service';
import type { WebhookSettings } from '../src/webhooks/webhook-settings';

export const COUNTY = '640104';
export const log = createLog('supervision', 'silent');

/** A fresh schema, the subgraph on it, and a measure of how many statements a request sends. */
export async function openSupervision(webhooks: WebhookSettings = { policy: readTargets('', false), box: createSecretBox({ current: randomBytes(32).toString('base64') }) }) {
  const database = await openTestDatabase({ service: 'supervision', tables, migrations });
  const { db } = database;
  const outbox = createOutbox('supervision', createSeal(randomBytes(32).toString('base64')));
  const kinds = openKinds();
  const storage = createFolderStorage(mkdtempSync(join(tmpdir(), 'anjie-supervision-')));
  const services = {
    ...createReportServices({ db, kinds, storage, linkKey: randomBytes(32) }),
    letters: createLetterService({ db, kinds }), reminders: createReminderService({ db }),
    closeReviews: createCloseReviewService({ db, outbox }), backTraces: createBackTraceService({ db }),
    notifications: createNotificationService({ db }),
    webhooks: createWebhookService({ db, ...webhooks }),
    meetings: createMeetingService({ db, kinds }), meetingDecisions: createDecisionService({ db, kinds }),
    inspections: createInspectionService({ db, kinds }), inspectionFindings: createInspectionFindingService({ db }), inspectionTeams: createInspectionTeamService({ db }),
    closeSamples: createCloseSampleService({ db, outbox }), inquiries: createInquiryService({ db, kinds }),
    ladders: createLadderService({ db }), listings: createListingService({ db, kinds }), focus: createFocusService({ db }), findings: createFindingService({ db }),
    urgentReports: createUrgentReportService({ db, kinds }),
  };
  const schema = buildSupervisionSchema();
  let statements = 0;
  const counting = new Proxy(db.manager, {
    get(target, name, receiver) {
      if (name !== 'query') return Reflect.get(target, name, receiver) as unknown;
      return (...args: Parameters<EntityManager['query']>) => {
        statements += 1;
        return target.query(...args);
      };
    },
  });
  const client = subgraphClient(schema, (claims) => createContext({ sql: counting, claims, services, kinds }));
  return {
    ...database, client, services, kinds, storage,
    async counted<Result>(work: () => Promise<Result>): Promise<{ result: Result; statements: number }> {
      statements = 0;
      const result = await work();
      return { result, statements };
    },
  };
}
export type Supervision = Awaited<ReturnType<typeof openSupervision>>;

/** T8 第三十四条: 2025-08-04 + 60 日, due 2025-10-09 after 国庆节. */
export const aDeclaration = (part: Partial<Declared> = {}): Declared => ({
  obligationId: randomUUID(), caseId: randomUUID(), dutyCode: 'T8', state: 'OPEN', obligorUnitId: randomUUID(), obligorOfficialId: null,
  subject: { type: 'Case', id: randomUUID() }, startOn: '2025-08-04', dueRaw: '2025-10-03', dueOn: '2025-10-09', isProvisional: false, ruleCode: 'T8',
  ruleVersion: '2022', calendarVersion: 'chinese-days@1.5.7', jurisdictionCode: COUNTY, basis: '《信访工作条例》第三十四条', metOn: null, ...part,
});

/** Tells an event to the service's own reaction, as its consumer would. */
export const tell = (db: DataSource, eventName: string, told: Told): Promise<void> => inTransaction(db, (tx) => tellWithin(tx, eventName, told));

interface Told {
  readonly payload: unknown;
  readonly version?: number;
  readonly source?: string;
}

export async function tellWithin(tx: EntityManager, eventName: string, { payload, version = 1, source = 'cases' }: Told): Promise<void> {
  const reaction = reactions(undefined as never).find((one) => one.event.name === eventName);
  if (!reaction) throw new Error(`no reaction to ${eventName}`);
  await reaction.effectOfMany(tx, [{ payload: reaction.event.payload.parse(payload), message: { id: randomUUID(), source, aggregateId: randomUUID(), version, requestId: 'test' } }]);
}

export async function declare(db: DataSource, part: Partial<Declared> = {}, version = 1): Promise<Declared> {
  const payload = aDeclaration(part);
  await tell(db, 'obligation-declared', { payload, version });
  return payload;
}

export async function haveKnownUnit(db: DataSource, part: { unitId?: string; ancestorIds?: string[]; headOfficialId?: string | null; kind?: string; divisionCode?: string } = {}): Promise<string> {
  const unitId = part.unitId ?? randomUUID();
  await putKnownUnits(db.manager, [{
    unitId, code: unitId.slice(0, 8), name: '某局', kind: part.kind ?? 'DEPARTMENT', divisionCode: part.divisionCode ?? COUNTY, ancestorIds: part.ancestorIds ?? [],
    headOfficialId: part.headOfficialId ?? null, successorUnitId: null, validTo: null,
  }]);
  return unitId;
}

export async function haveKnownOfficial(db: DataSource, unitId: string | null, officialId: string = randomUUID()): Promise<string> {
  await putKnownOfficials(db.manager, [{ officialId, staffNo: officialId.slice(0, 8), name: '干部', unitId, validTo: null }]);
  return officialId;
}

export interface StoredDeadline {
  readonly id: string;
  readonly kind: string;
  readonly step: number;
  readonly due_at: Date;
  readonly state: string;
  readonly version: number;
  readonly fired_by: string | null;
  readonly armed_version: number;
}

export const deadlinesIn = (db: DataSource, obligationId: string): Promise<StoredDeadline[]> =>
  select<StoredDeadline>(db.manager, 'SELECT id, kind, step, due_at, state, version, fired_by, armed_version FROM deadlines WHERE obligation_id = ? ORDER BY due_at, kind', [obligationId]);

export async function deadlineOf(db: DataSource, obligationId: string, kind: string, step = 0): Promise<StoredDeadline> {
  const found = (await deadlinesIn(db, obligationId)).find((one) => one.kind === kind && one.step === step);
  if (!found) throw new Error(`no deadline ${kind} ${step}`);
  return found;
}

/** Fires one deadline, as an alarm or the sweep would. */
export const fireDeadline = async (db: DataSource, { id, version, by }: { id: string; version: number; by: Trigger }): Promise<FireResult | undefined> =>
  (await fireDeadlines(db, by, [{ id, version }])).results[0];

export const countRows = async (db: DataSource, table: string): Promise<number> => Number((await select<{ n: string }>(db.manager, `SELECT COUNT(*) AS n FROM ${table}`))[0]?.n ?? 0);

export const at = (db: DataSource, instant: string): Promise<void> => setBusinessNow(db, new Date(instant));

export const key = (): string => `key-${randomUUID()}`;

export const actorOf = (viewer: Viewer) => ({ viewer, requestId: claimsFor(viewer).requestId });
