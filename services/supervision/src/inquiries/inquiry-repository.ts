import { inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { insertRows, newId, select, selectIn, write, type Row, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { notNamedInReport, placeOfUnit } from '../case-facts';
import { byId } from '../close-reviews/close-review-list';
import type { InquiryAppealResult, InquiryFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import type { AccountabilityGround } from '../rules/accountability';
import { isOversight, type InquiryResult, type InquiryState, type Responsibility } from '../rules/inquiry';
import type { PlacedStep } from '../rules/inquiry-timeline';

export interface InquiryRow {
  readonly id: string;
  readonly requestId: string;
  readonly caseId: string;
  readonly divisionCode: string;
  readonly tracedUnitId: string;
  readonly conductingUnitId: string;
  readonly conductingDivisionCode: string;
  readonly openedOn: string;
  readonly dueOn: string;
  readonly obligationId: string;
  readonly state: InquiryState;
  readonly replyUntil: string | null;
  readonly result: InquiryResult | null;
  readonly conclusion: string | null;
  readonly instrumentKind: string | null;
  readonly proposedById: string | null;
  readonly confirmedById: string | null;
  readonly concludedOn: string | null;
  readonly returnReason: string | null;
  readonly appealUntil: string | null;
  readonly appealedById: string | null;
  readonly appealedOn: string | null;
  readonly appeal: string | null;
  readonly appealUnitId: string | null;
  readonly appealDivisionCode: string | null;
  readonly appealObligationId: string | null;
  readonly appealDecidedById: string | null;
  readonly appealDecidedOn: string | null;
  readonly appealResult: InquiryAppealResult | null;
  readonly appealReason: string | null;
  readonly version: number;
}

const COLUMNS = `q.id, q.request_id AS requestId, q.case_id AS caseId, q.division_code AS divisionCode, q.traced_unit_id AS tracedUnitId,
  q.conducting_unit_id AS conductingUnitId, q.opened_on AS openedOn, q.due_on AS dueOn, q.obligation_id AS obligationId, q.state, q.reply_until AS replyUntil, q.result,
  q.conclusion, q.instrument_kind AS instrumentKind, q.proposed_by AS proposedById, q.confirmed_by AS confirmedById, q.concluded_on AS concludedOn,
  q.return_reason AS returnReason, q.appeal_until AS appealUntil, q.appealed_by AS appealedById, q.appealed_on AS appealedOn, q.appeal, q.appeal_unit_id AS appealUnitId,
  q.appeal_obligation_id AS appealObligationId, q.appeal_decided_by AS appealDecidedById, q.appeal_decided_on AS appealDecidedOn, q.appeal_result AS appealResult,
  q.appeal_reason AS appealReason, q.version,
  ${placeOfUnit('q.conducting_unit_id', 'q.division_code')} AS conductingDivisionCode,
  ${placeOfUnit('q.appeal_unit_id', 'NULL')} AS appealDivisionCode`;
const FROM = 'inquiries q JOIN case_scopes s ON s.case_id = q.case_id';

const subjectOf = (viewer: Viewer): string | null => (viewer.kind === 'OFFICIAL' ? viewer.subject : null);

/** Whoever conducts it, decides its appeal, or oversees the case as a joint office; never from within the traced unit. */
function inside(viewer: Viewer): SqlPredicate {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const [conducts, judges] = [inOwnUnits(viewer, 'q.conducting_unit_id'), inOwnUnits(viewer, 'q.appeal_unit_id')];
  const byCase = isOversight(viewer) ? visibleCases(viewer, scopeColumns('s')) : { sql: 'FALSE', params: [] };
  const notNamed = notNamedInReport(viewer);
  return {
    sql: `(${conducts.sql} OR ${judges.sql} OR (${byCase.sql})) AND ${notNamed.sql}
      AND NOT EXISTS (SELECT 1 FROM unit_closure qt WHERE qt.descendant_id = ? AND qt.ancestor_id = q.traced_unit_id)`,
    params: [...conducts.params, ...judges.params, ...byCase.params, ...notNamed.params, viewer.unitId],
  };
}

/** Those concerned see it once they were told: the traced unit, and whom a finding names. */
function seesInquiry(viewer: Viewer): SqlPredicate {
  const within = inside(viewer);
  const [traced, named] = [inOwnUnits(viewer, 'q.traced_unit_id'), inOwnUnits(viewer, 'qf.unit_id')];
  const notNamed = notNamedInReport(viewer);
  return {
    sql: `(${within.sql}) OR (${notNamed.sql} AND (q.reply_until IS NOT NULL OR q.concluded_on IS NOT NULL) AND (${traced.sql}
      OR EXISTS (SELECT 1 FROM inquiry_findings qf WHERE qf.inquiry_id = q.id AND qf.sent_on IS NOT NULL AND (qf.official_id = ? OR (qf.official_id IS NULL AND ${named.sql})))))`,
    params: [...within.params, ...notNamed.params, ...traced.params, subjectOf(viewer), ...named.params],
  };
}

export const visibleInquiries = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<InquiryRow[]> => {
  const seen = seesInquiry(viewer);
  return selectIn<InquiryRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE q.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const inquiriesOfRequests = (sql: Sql, viewer: Viewer, requestIds: readonly string[]): Promise<InquiryRow[]> => {
  const seen = seesInquiry(viewer);
  return selectIn<InquiryRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE q.request_id IN (?) AND (${seen.sql})`, requestIds, seen.params);
};

/** Of these, those that the viewer sees from within: with what is not told yet. */
export const insideInquiries = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<{ id: string }[]> => {
  const within = inside(viewer);
  return selectIn<{ id: string }>(sql, `SELECT q.id FROM ${FROM} WHERE q.id IN (?) AND (${within.sql})`, ids, within.params);
};

export const inquiryList = (viewer: Viewer, filter: InquiryFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: FROM,
  where: allOf([
    seesInquiry(viewer), ...byId('q.case_id', filter?.caseId), ...byId('q.traced_unit_id', filter?.tracedUnitId), ...byId('q.conducting_unit_id', filter?.conductingUnitId),
    ...(filter?.state ? [{ sql: 'q.state = ?', params: [filter.state] }] : []),
  ]),
  sort: [{ column: 'q.opened_on', descending: true }, { column: 'q.id' }],
});

export const inquiriesUnder = (viewer: Viewer, kind: 'case' | 'unit'): ParentList => ({ ...inquiryList(viewer, null), parent: kind === 'case' ? 'q.case_id' : 'q.traced_unit_id' });

/** Held until commit. */
export const lockInquiry = async (tx: Sql, id: string): Promise<InquiryRow | undefined> =>
  (await select<InquiryRow>(tx, `SELECT ${COLUMNS} FROM inquiries q WHERE q.id = ? FOR UPDATE`, [id]))[0];

export interface InquiryFindingRow {
  readonly id: string;
  readonly inquiryId: string;
  readonly ordinal: number;
  readonly ground: AccountabilityGround;
  readonly unitId: string;
  readonly officialId: string | null;
  readonly responsibility: Responsibility;
  readonly occurredOn: string;
  readonly text: string;
  readonly evidenceRef: string;
  readonly recordedById: string;
  readonly sentOn: string | null;
  readonly reply: string | null;
  readonly repliedById: string | null;
  readonly repliedOn: string | null;
  readonly stands: number | null;
}

const FINDING_COLUMNS = `f.id, f.inquiry_id AS inquiryId, f.ordinal, f.ground, f.unit_id AS unitId, f.official_id AS officialId, f.responsibility, f.occurred_on AS occurredOn, f.text,
  f.evidence_ref AS evidenceRef, f.recorded_by AS recordedById, f.sent_on AS sentOn, f.reply, f.replied_by AS repliedById, f.replied_on AS repliedOn, f.stands`;

export const findingsOfInquiry = (tx: Sql, inquiryId: string): Promise<InquiryFindingRow[]> =>
  select<InquiryFindingRow>(tx, `SELECT ${FINDING_COLUMNS} FROM inquiry_findings f WHERE f.inquiry_id = ? ORDER BY f.ordinal`, [inquiryId]);

/** All from within; to those concerned what was sent to them: an official theirs, a unit its own. */
export const visibleInquiryFindings = (sql: Sql, viewer: Viewer, inquiryIds: readonly string[]): Promise<InquiryFindingRow[]> => {
  const [within, own] = [inside(viewer), inOwnUnits(viewer, 'f.unit_id')];
  return selectIn<InquiryFindingRow>(
    sql,
    `SELECT ${FINDING_COLUMNS} FROM inquiry_findings f JOIN inquiries q ON q.id = f.inquiry_id JOIN case_scopes s ON s.case_id = q.case_id
      WHERE f.inquiry_id IN (?) AND ((${within.sql}) OR (f.sent_on IS NOT NULL AND (f.official_id = ? OR (f.official_id IS NULL AND ${own.sql})))) ORDER BY f.inquiry_id, f.ordinal`,
    inquiryIds, [...within.params, subjectOf(viewer), ...own.params],
  );
};

export interface ObjectionRow {
  readonly inquiryId: string;
  readonly officialId: string;
  readonly objectedOn: string;
  readonly text: string;
  readonly evidenceRef: string;
  readonly recordedOn: string;
}

const OBJECTION_COLUMNS = 'e.inquiry_id AS inquiryId, e.official_id AS officialId, e.objected_on AS objectedOn, e.text, e.evidence_ref AS evidenceRef, e.recorded_on AS recordedOn';

export const objectionsOf = (tx: Sql, inquiryIds: readonly string[]): Promise<ObjectionRow[]> =>
  selectIn<ObjectionRow>(tx, `SELECT ${OBJECTION_COLUMNS} FROM inquiry_objections e WHERE e.inquiry_id IN (?) ORDER BY e.inquiry_id, e.objected_on, e.id`, inquiryIds);

export const putInquiry = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'inquiries', [row]);
export const putInquiryFinding = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'inquiry_findings', [row]);
export const putObjection = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'inquiry_objections', [row]);

export const putSteps = (tx: Sql, inquiryId: string, steps: readonly PlacedStep[]): Promise<void> =>
  insertRows(tx, 'inquiry_steps', steps.map((one) => ({
    id: newId(), inquiry_id: inquiryId, ordinal: one.ordinal, source: one.source, source_id: one.sourceId, code: one.code, unit_id: one.unitId, official_id: one.officialId,
    official_ground: one.officialGround, started_on: one.startedOn, due_on: one.dueOn, actual_on: one.actualOn, is_late: one.isLate,
  })));

export interface StepRow extends Omit<PlacedStep, 'isLate'> {
  readonly id: string;
  readonly isLate: number;
}

/** Steps of inquiries that the viewer sees. */
export const stepsUnderInquiry: ParentList = {
  columns: `z.id, z.ordinal, z.source, z.source_id AS sourceId, z.code, z.unit_id AS unitId, z.official_id AS officialId, z.official_ground AS officialGround,
    z.started_on AS startedOn, z.due_on AS dueOn, z.actual_on AS actualOn, z.is_late AS isLate`,
  from: 'inquiry_steps z', where: { sql: 'TRUE', params: [] }, parent: 'z.inquiry_id', sort: [{ column: 'z.ordinal' }, { column: 'z.id' }],
};

export const markSent = (tx: Sql, inquiryId: string, on: string): Promise<number> => write(tx, 'UPDATE inquiry_findings SET sent_on = ? WHERE inquiry_id = ?', [on, inquiryId]);

export const noteReply = (tx: Sql, { findingId, reply, by, on }: { findingId: string; reply: string; by: string; on: string }): Promise<number> =>
  write(tx, 'UPDATE inquiry_findings SET reply = ?, replied_by = ?, replied_on = ? WHERE id = ? AND replied_on IS NULL', [reply, by, on, findingId]);

export async function noteJudgements(tx: Sql, inquiryId: string, judgements: readonly { readonly findingId: string; readonly stands: boolean }[]): Promise<void> {
  for (const { findingId, stands } of judgements) await write(tx, 'UPDATE inquiry_findings SET stands = ? WHERE id = ? AND inquiry_id = ?', [stands, findingId, inquiryId]);
}
