import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { insertRows } from '@anjie/service-kit/database';
import { haveKnownOfficial, haveKnownUnit } from './builders';

/** The instant at which these are due. */
export const WAITING_SINCE = new Date('2025-10-09T01:00:00Z');

/** Rows of obligations that wait since long, as an outage leaves them; straight into the tables, because declaring them takes a minute. */
export async function haveWaitingDeadlines(db: DataSource, count: number, kind: 'OVERDUE' | 'REMIND_DUE' = 'REMIND_DUE'): Promise<{ id: string; version: number; obligationId: string }[]> {
  const unit = await haveKnownUnit(db, { headOfficialId: await haveKnownOfficial(db, null) });
  const rows = Array.from({ length: count }, () => ({ id: randomUUID(), version: 1, obligationId: randomUUID(), caseId: randomUUID() }));
  await insertRows(db.manager, 'obligations', rows.map(({ obligationId, caseId }) => ({
    id: obligationId, case_id: caseId, duty_code: 'T8', state: 'OPEN', obligor_unit_id: unit, subject_type: 'Case', subject_id: caseId, start_on: '2025-08-04', due_raw: '2025-10-03',
    due_on: '2025-10-09', is_provisional: 0, rule_code: 'T8', rule_version: '2022', calendar_version: 'c', jurisdiction_code: '640104', basis: 'b', source: 'cases', declared_version: 1, version: 1,
  })));
  await insertRows(db.manager, 'deadlines', rows.map(({ id, obligationId, caseId }) => ({
    id, obligation_id: obligationId, case_id: caseId, kind, step: 0, due_at: WAITING_SINCE, state: 'ARMED', version: 1,
  })));
  return rows;
}
