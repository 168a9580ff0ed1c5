import type { DataSource, EntityManager } from 'typeorm';
import { auditAll, audit, businessTime, inTransaction, insertRows, isId, newId, runMutation, selectIn, type Actor, type Sql } from '@anjie/service-kit/database';
import { knownUnits } from '@anjie/service-kit/facts';
import { serviceViewer } from '@anjie/service-kit/messaging';
import { scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import type { Logger } from '@anjie/service-kit/runtime';
import { isUnitExcluded } from '../case-facts';
import type { AcknowledgeUrgentReportInput, SendUrgentReportInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { notifyOwn } from '../notifications/notify';
import { acknowledgeBy, lastDay, mayReport, urgentObjection, urgentRefusals as no, type UrgentReportRefusal } from '../rules/urgent-reports';
import { acknowledge, eraseWords, expiredIds, receiversOf, visibleUrgentReports } from './urgent-report-repository';

export type UrgentReportAnswer = { readonly reportId: string } | UrgentReportRefusal;

const MAX_RECEIVERS = 20;
/** 报告本级党委和政府、通报本级联席办 (第二十五条). */
const MUST_HEAR = ['PARTY', 'GOVERNMENT', 'PETITION_OFFICE', 'JOINT_OFFICE'];

/** 信访要情、重大紧急信息: sent, acknowledged, and gone when their days are over. */
export function createUrgentReportService({ db, kinds }: { db: DataSource; kinds: Kinds }) {
  return {
    send: (input: SendUrgentReportInput, actor: Actor): Promise<UrgentReportAnswer> =>
      runMutation<UrgentReportAnswer>(db, { actor, operation: 'sendUrgentReport', key: input.idempotencyKey, input, work: (tx) => send(tx, { input, actor, kinds }) }),
    acknowledge: (input: AcknowledgeUrgentReportInput, actor: Actor): Promise<UrgentReportAnswer> =>
      runMutation<UrgentReportAnswer>(db, { actor, operation: 'acknowledgeUrgentReport', key: input.idempotencyKey, input, work: (tx) => confirm(tx, input, actor) }),
  };
}
export type UrgentReportService = ReturnType<typeof createUrgentReportService>;

interface Sending {
  readonly input: SendUrgentReportInput;
  readonly actor: Actor;
  readonly kinds: Kinds;
}

async function send(tx: EntityManager, { input, actor, kinds }: Sending): Promise<UrgentReportAnswer> {
  const { viewer } = actor;
  const caseId = input.caseId ?? null;
  const receivers = [...new Set(input.receiverUnitIds.map((id) => id.toLowerCase()))];
  const hidden = caseId === null ? null : await caseObjection(tx, viewer, caseId);
  if (hidden) return hidden;
  if (!mayReport(viewer)) return no.notPermitted();
  const kind = kinds.urgentReports.usable(input.kind);
  if (!kind) return no.kindUnknown();
  const wrong = urgentObjection(kind, input) ?? (await receiverObjection(tx, { viewer, caseId, receivers }));
  if (wrong) return wrong;
  const { now, today } = await businessTime(tx);
  const id = newId();
  await insertRows(tx, 'urgent_reports', [{
    id, kind: kind.code, level: input.level, reporter_unit_id: viewer.unitId, case_id: caseId, issue: input.issue.trim(), content: input.content.trim(), sent_by: viewer.subject,
    sent_on: today, sent_at: now, acknowledge_by: acknowledgeBy(now, kind), expires_on: lastDay(today, kind),
  }]);
  await insertRows(tx, 'urgent_report_receivers', receivers.map((unitId) => ({ report_id: id, unit_id: unitId })));
  await audit(tx, actor, { action: 'urgentReport.sent', subjectType: 'UrgentReport', subjectId: id, caseId, detail: { kind: kind.code, level: input.level, receivers } });
  await notifyOwn(tx, receivers.map((unitId) => ({ kind: 'URGENT_REPORT_SENT' as const, recipient: { kind: 'UNIT' as const, id: unitId }, caseId, subjectId: id, occasion: 'sent' })));
  return { reportId: id };
}

async function caseObjection(tx: Sql, viewer: Viewer, caseId: string): Promise<UrgentReportRefusal | null> {
  if (!isId(caseId)) return no.notFound();
  const seen = visibleCases(viewer, scopeColumns('s'));
  const [scope] = await selectIn<{ isSealed: number }>(tx, `SELECT s.is_sealed AS isSealed FROM case_scopes s WHERE s.case_id IN (?) AND (${seen.sql})`, [caseId], seen.params);
  if (!scope) return no.notFound();
  return Number(scope.isSealed) === 1 ? no.sealed() : null;
}

async function receiverObjection(tx: Sql, { viewer, caseId, receivers }: { viewer: Viewer; caseId: string | null; receivers: readonly string[] }): Promise<UrgentReportRefusal | null> {
  if (receivers.length === 0 || receivers.length > MAX_RECEIVERS || !receivers.every(isId) || receivers.includes(viewer.unitId ?? '')) return no.badReceivers();
  const units = await knownUnits(tx, receivers);
  if (units.length < receivers.length || !units.some((unit) => MUST_HEAR.includes(unit.kind))) return no.badReceivers();
  if (caseId === null) return null;
  for (const unitId of receivers) if (await isUnitExcluded(tx, caseId, unitId)) return no.unitExcluded();
  return null;
}

async function confirm(tx: EntityManager, input: AcknowledgeUrgentReportInput, actor: Actor): Promise<UrgentReportAnswer> {
  const { viewer } = actor;
  const [row] = isId(input.reportId) ? await visibleUrgentReports(tx, viewer, [input.reportId]) : [];
  if (!row) return no.notFound();
  const own = (await receiversOf(tx, [row.id])).find((one) => one.unitId === viewer.unitId);
  if (!own || !mayReport(viewer)) return no.notPermitted();
  if (Number(row.isExpired) === 1) return no.expired();
  const { now } = await businessTime(tx);
  // who comes second finds it done: acknowledging again changes nothing
  if (!(await acknowledge(tx, { reportId: row.id, unitId: own.unitId, by: viewer.subject, at: now }))) return { reportId: row.id };
  await audit(tx, actor, { action: 'urgentReport.acknowledged', subjectType: 'UrgentReport', subjectId: row.id, caseId: row.caseId, detail: { unitId: own.unitId } });
  await notifyOwn(tx, [{ kind: 'URGENT_REPORT_ACKNOWLEDGED', recipient: { kind: 'UNIT', id: row.reporterUnitId }, caseId: row.caseId, subjectId: row.id, occasion: `by-${own.unitId}` }]);
  return { reportId: row.id };
}

const BATCH = 500;

/** Erases what has expired; the fact, its sender, its receivers and its days stay. @returns how many */
export async function expireUrgentReports(db: DataSource, log: Logger): Promise<number> {
  const actor: Actor = { viewer: serviceViewer('supervision'), requestId: 'expire-urgent-reports' };
  let erased = 0;
  for (;;) {
    const ids = await expiredIds(db.manager, BATCH);
    erased += await inTransaction(db, async (tx) => {
      const count = await eraseWords(tx, ids);
      await auditAll(tx, ids.map((id) => ({ actor, note: { action: 'urgentReport.expired', subjectType: 'UrgentReport', subjectId: id } })));
      return count;
    });
    if (ids.length < BATCH) break;
  }
  if (erased > 0) log.info({ erased }, 'urgent reports have expired, their words are gone');
  return erased;
}
