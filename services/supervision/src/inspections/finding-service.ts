import type { DataSource, EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, isId, runMutation, updateVersion, type Actor, type Row } from '@anjie/service-kit/database';
import { holdCases } from '../case-facts';
import type { DecideRectificationInput, ReportRectificationInput } from '../generated/graphql';
import { settleOwn } from '../obligations/own-obligation';
import { actsForUnit, todayOf } from '../oversight-facts';
import { isOfficeText } from '../rules/assigned-date';
import { findingAfter, inspectionRefusals as no, isFindingText, type FindingState, type InspectionRefusal } from '../rules/inspections';
import { textOrNull } from '../rules/plain-text';
import { bindFinding, type Bound } from './bind-finding';
import { visibleFindings, type InspectionFindingRow } from './inspection-repository';
import { whyNotInspect } from './open-inspection';

export type FindingAnswer = { readonly findingId: string } | InspectionRefusal;

/** 整改: reported by the unit, accepted or returned by whoever inspects. */
export function createInspectionFindingService({ db }: { db: DataSource }) {
  const mutation =
    <Input extends { idempotencyKey: string }>(operation: string, work: (tx: EntityManager, input: Input, actor: Actor) => Promise<FindingAnswer>) =>
    (input: Input, actor: Actor): Promise<FindingAnswer> =>
      runMutation<FindingAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, actor) });
  return { rectify: mutation('reportRectification', rectify), decide: mutation('decideRectification', decide) };
}
export type InspectionFindingService = ReturnType<typeof createInspectionFindingService>;

const find = async (tx: EntityManager, id: string, { viewer }: Actor): Promise<InspectionFindingRow | undefined> => (isId(id) ? (await visibleFindings(tx, viewer, [id]))[0] : undefined);

interface Move {
  readonly expectedVersion: number;
  readonly state: FindingState;
  readonly set: Row;
}

async function move(tx: EntityManager, row: InspectionFindingRow, { expectedVersion, state, set }: Move): Promise<void> {
  await holdCases(tx, row.caseId ? [row.caseId] : []);
  if (!(await updateVersion(tx, 'inspection_findings', { id: row.id, version: expectedVersion, set: { state, ...set } }))) throw new AppError('CONFLICT', { currentVersion: row.version });
}

async function rectify(tx: EntityManager, input: ReportRectificationInput, actor: Actor): Promise<FindingAnswer> {
  const row = await find(tx, input.findingId, actor);
  if (!row) return no.notFound();
  if (!(await actsForUnit(tx, actor.viewer, row.unitId))) return no.notPermitted();
  if (!isFindingText(input.rectification) || !isOfficeText(input.evidenceRef, { most: 200 })) return no.badText();
  const state = findingAfter(row.state, 'RECTIFY');
  if (!state) return no.wrongState();
  const today = await todayOf(tx);
  await move(tx, row, {
    expectedVersion: input.expectedVersion, state,
    set: { rectification: input.rectification.trim(), rectification_ref: input.evidenceRef.trim(), rectified_on: today, rectified_by: actor.viewer.subject },
  });
  await audit(tx, actor, { action: 'inspectionFinding.rectified', subjectType: 'InspectionFinding', subjectId: row.id, caseId: row.caseId });
  await settleOwn(tx, row.obligationId, { state: 'MET', metOn: today, version: row.version + 1, actor });
  return { findingId: row.id };
}

async function decide(tx: EntityManager, input: DecideRectificationInput, actor: Actor): Promise<FindingAnswer> {
  const row = await find(tx, input.findingId, actor);
  if (!row) return no.notFound();
  const objection = await whyNotInspect(tx, actor.viewer, { divisionCode: row.divisionCode, leadingUnitId: row.leadingUnitId, teamId: row.teamId, unitId: row.unitId });
  if (objection) return objection;
  const isReturn = input.verdict === 'RETURN';
  if (!isOfficeText(input.note, { least: isReturn ? 1 : 0, most: 4_000 })) return no.badText();
  const state = findingAfter(row.state, input.verdict);
  if (!state) return no.wrongState();
  if (isReturn !== (input.rectifyBy != null)) return no.badDate();
  const today = await todayOf(tx);
  const anew = isReturn ? await bindFinding(tx, { ...row, findingId: row.id, today, rectifyBy: input.rectifyBy }) : null;
  if (isReturn && !anew) return no.badDate();
  await move(tx, row, {
    expectedVersion: input.expectedVersion, state, set: { decided_on: today, decided_by: actor.viewer.subject, decision_note: textOrNull(input.note), ...boundColumns(anew) },
  });
  await audit(tx, actor, { action: 'inspectionFinding.decided', subjectType: 'InspectionFinding', subjectId: row.id, caseId: row.caseId, detail: { verdict: input.verdict, ...boundColumns(anew) } });
  await endShared(tx, row, { isMet: !isReturn, today, actor });
  await anew?.declare(actor);
  return { findingId: row.id };
}

const boundColumns = (anew: Bound | null): Row => (anew ? { rectify_by: anew.rectifyBy, obligation_id: anew.obligationId, shared_obligation_id: anew.sharedObligationId } : {});

/** What the leader shared ends with this round; a return begins the next one. */
async function endShared(tx: EntityManager, row: InspectionFindingRow, { isMet, today, actor }: { isMet: boolean; today: string; actor: Actor }): Promise<void> {
  if (row.sharedObligationId) await settleOwn(tx, row.sharedObligationId, { state: isMet ? 'MET' : 'CANCELLED', metOn: isMet ? today : null, version: row.version + 1, actor });
}
