import type { DataSource, EntityManager } from 'typeorm';
import { addDays } from '@anjie/calendar';
import { isInDivision, isRefusal } from '@anjie/contracts';
import { audit, isId, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import { knownUnit, ledgersOf } from '@anjie/service-kit/facts';
import { addFigures } from '@anjie/service-kit/figures';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { holdCases } from '../case-facts';
import type { CloseInspectionInput, MoveInspectionInput, PlanInspectionInput, RecordInspectionFindingInput, ReportInspectionInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { notifyOwn } from '../notifications/notify';
import { declareOwn, settleOwn } from '../obligations/own-obligation';
import { areNamed, casesSeen, todayOf } from '../oversight-facts';
import { assignedTerms, isOfficeText } from '../rules/assigned-date';
import { inspectionRefusals as no, isFindingText, isReportText, mayInspectCase, REPORT_DUTY, type InspectionAct, type InspectionRefusal } from '../rules/inspections';
import { textOrNull } from '../rules/plain-text';
import { bindFinding } from './bind-finding';
import { hasOpenFindings, putFinding, type InspectionRow } from './inspection-repository';
import { moveInspection, openInspection, type InspectionAnswer, type InspectionDoing, type OpenInspection } from './open-inspection';
import { planInspection } from './plan-inspection';

type Work<Input> = (tx: EntityManager, input: Input, doing: InspectionDoing) => Promise<InspectionAnswer>;

/** 督查: planned, under way, reported, closed. */
export function createInspectionService({ db, kinds }: { db: DataSource; kinds: Pick<Kinds, 'inspections'> }) {
  const mutation = <Input extends { idempotencyKey: string }>(operation: string, work: Work<Input>) => (input: Input, actor: Actor): Promise<InspectionAnswer> =>
    runMutation<InspectionAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, { actor, kinds }) });
  return {
    plan: mutation<PlanInspectionInput>('planInspection', planInspection),
    start: mutation<MoveInspectionInput>('startInspection', step('START', start)),
    find: mutation<RecordInspectionFindingInput>('recordInspectionFinding', step('FIND', find)),
    report: mutation<ReportInspectionInput>('reportInspection', step('REPORT', report)),
    close: mutation<CloseInspectionInput>('closeInspection', step('CLOSE', close)),
  };
}
export type InspectionService = ReturnType<typeof createInspectionService>;

/** An act on an inspection that the viewer carries, when it is its turn. */
const step = <Input extends MoveInspectionInput>(act: InspectionAct, work: (tx: EntityManager, input: Input, open: OpenInspection) => Promise<InspectionAnswer>): Work<Input> =>
  async (tx, input, doing) => {
    const open = await openInspection(tx, { inspectionId: input.inspectionId, expectedVersion: input.expectedVersion, act }, doing);
    return isRefusal(open) ? (open as InspectionRefusal) : work(tx, input, open);
  };

const note = (tx: EntityManager, { row, actor }: OpenInspection, { action, detail }: { action: string; detail?: Record<string, unknown> }): Promise<void> =>
  audit(tx, actor, { action: `inspection.${action}`, subjectType: 'Inspection', subjectId: row.id, caseId: row.caseId, ...(detail ? { detail } : {}) });

const holdCaseOf = (tx: EntityManager, { caseId }: Pick<InspectionRow, 'caseId'>): Promise<number> => holdCases(tx, caseId ? [caseId] : []);

async function start(tx: EntityManager, _input: MoveInspectionInput, open: OpenInspection): Promise<InspectionAnswer> {
  const { row, kind, actor, after } = open;
  await holdCaseOf(tx, row);
  const today = await todayOf(tx);
  const jurisdictionCode = (await knownUnit(tx, row.leadingUnitId))?.divisionCode ?? row.divisionCode;
  const dueOn = kind.reportDueDays === undefined ? null : addDays(today, kind.reportDueDays);
  const terms = assignedTerms({ code: REPORT_DUTY, startOn: today, jurisdictionCode }, dueOn, { rules: officeRules(), calendar: officeCalendar() });
  const obligationId = terms ? newId() : null;
  await moveInspection(tx, row, { state: after, started_on: today, report_due_on: terms?.due.dueEffective ?? null, report_obligation_id: obligationId });
  await note(tx, open, { action: 'started' });
  if (terms && obligationId) {
    await declareOwn(tx, {
      ...terms, obligationId, caseId: row.caseId, campaignId: row.campaignId, dutyCode: REPORT_DUTY, obligorUnitId: row.leadingUnitId, subject: { type: 'Inspection', id: row.id }, jurisdictionCode,
    }, actor);
  }
  return { inspectionId: row.id };
}

async function find(tx: EntityManager, input: RecordInspectionFindingInput, open: OpenInspection): Promise<InspectionAnswer> {
  const { row, actor, after } = open;
  const objection = await findingObjection(tx, input, open);
  if (objection) return objection;
  const caseId = input.caseId ?? row.caseId;
  await holdCaseOf(tx, { caseId });
  const today = await todayOf(tx);
  const id = newId();
  const bound = await bindFinding(tx, { findingId: id, unitId: input.unitId, caseId, campaignId: row.campaignId, teamId: row.teamId, today, rectifyBy: input.rectifyBy });
  if (!bound) return no.badDate();
  await moveInspection(tx, row, { state: after });
  await putFinding(tx, {
    id, inspection_id: row.id, unit_id: input.unitId, case_id: caseId, ground: input.ground, text: input.text.trim(), evidence_ref: input.evidenceRef.trim(), found_on: today,
    found_by: actor.viewer.subject, rectify_by: bound.rectifyBy, obligation_id: bound.obligationId, shared_obligation_id: bound.sharedObligationId, state: 'OPEN', version: 1,
  });
  await note(tx, open, { action: 'found', detail: { findingId: id, unitId: input.unitId, ground: input.ground } });
  await bound.declare(actor);
  await notifyOwn(tx, [{ kind: 'INSPECTION_FOUND', recipient: { kind: 'UNIT', id: input.unitId }, caseId, subjectId: id, occasion: 'found' }]);
  return { inspectionId: row.id };
}

/** The inspected unit, one below it, or one in the inspected region; on a case that is open and whose report does not name it. */
async function findingObjection(tx: EntityManager, input: RecordInspectionFindingInput, open: OpenInspection): Promise<InspectionRefusal | null> {
  const { row } = open;
  if (!isFindingText(input.text) || !isOfficeText(input.evidenceRef, { most: 200 })) return no.badText();
  const unit = isId(input.unitId) ? await knownUnit(tx, input.unitId) : undefined;
  if (!unit) return no.partyUnknown();
  if (!isInDivision(unit.divisionCode, row.divisionCode) && unit.id !== row.unitId) return no.outsideDivision();
  const caseId = input.caseId ?? row.caseId;
  if (caseId === null) return null;
  return (await caseObjection(tx, caseId, open)) ?? ((await areNamed(tx, [caseId], { unitIds: [unit.id], officialIds: [] })) ? no.partyNamed() : null);
}

async function caseObjection(tx: EntityManager, caseId: string, { row, actor }: OpenInspection): Promise<InspectionRefusal | null> {
  const [seen] = await casesSeen(tx, actor.viewer, [caseId]);
  // a member of the team may not see the inspection's own case; another case has to be seen
  if (!seen) return caseId === row.caseId ? null : no.notFound();
  if (!mayInspectCase(actor.viewer, { divisionCode: seen.divisionCode, teamId: row.teamId })) return no.outsideDivision();
  return Number(seen.isSealed) === 1 ? no.sealed() : null;
}

async function report(tx: EntityManager, input: ReportInspectionInput, open: OpenInspection): Promise<InspectionAnswer> {
  const { row, actor, after } = open;
  if (!isReportText(input.report)) return no.badText();
  await holdCaseOf(tx, row);
  const today = await todayOf(tx);
  await moveInspection(tx, row, { state: after, report: input.report.trim(), reported_on: today, reported_by: actor.viewer.subject });
  await note(tx, open, { action: 'reported' });
  if (row.reportObligationId) await settleOwn(tx, row.reportObligationId, { state: 'MET', metOn: today, version: row.version + 1, actor });
  await countReported(tx, row, today);
  return { inspectionId: row.id };
}

/** Once, in the ledgers that count its case on the day of the report, and in its campaign. Last, because figures hold one row until commit. */
async function countReported(tx: EntityManager, row: InspectionRow, on: string): Promise<void> {
  const ledgers = row.caseId ? await ledgersOf(tx, row.caseId) : [];
  const own = row.campaignId && !ledgers.some((one) => one.campaignId === row.campaignId) ? [{ campaignId: row.campaignId, divisionCode: row.divisionCode }] : [];
  await addFigures(tx, [...ledgers, ...own].map(({ campaignId, divisionCode }) => ({ campaignId, divisionCode, figure: 'INSPECTIONS_REPORTED', on, delta: 1 })));
}

async function close(tx: EntityManager, input: CloseInspectionInput, open: OpenInspection): Promise<InspectionAnswer> {
  const { row, after } = open;
  if (!isOfficeText(input.note, { least: row.state === 'PLANNED' ? 1 : 0, most: 4_000 })) return no.badText();
  if (await hasOpenFindings(tx, row.id)) return no.findingsOpen();
  const today = await todayOf(tx);
  await moveInspection(tx, row, { state: after, closed_on: today, close_note: textOrNull(input.note) });
  await note(tx, open, { action: 'closed' });
  return { inspectionId: row.id };
}
