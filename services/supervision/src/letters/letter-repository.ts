import { hasRole, inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { isId, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { inCaseOrWithout, inOfficeDivision, notNamedInReport } from '../case-facts';
import type { LetterCapacity, SupervisionGround, SupervisionLetterFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import type { Adoption } from '../rules/instruments';
import type { LetterState } from '../rules/letters';

export interface LetterRow {
  readonly id: string;
  readonly fromUnitId: string;
  readonly divisionCode: string | null;
  readonly numberYear: number | null;
  readonly serial: number | null;
  readonly kind: string;
  readonly caseId: string | null;
  readonly toUnitId: string;
  readonly toOfficialId: string | null;
  readonly aboutUnitId: string | null;
  readonly issuedById: string;
  readonly issuedAs: LetterCapacity;
  readonly ground: SupervisionGround;
  readonly body: string;
  readonly evidence: string | null;
  readonly accountabilityGrounds: string;
  readonly askedReplyOn: string | null;
  readonly replyDueOn: string | null;
  readonly issuedOn: string | null;
  readonly state: LetterState;
  readonly approverUnitId: string | null;
  readonly approvedById: string | null;
  readonly approvingUnitId: string | null;
  readonly approvedOn: string | null;
  readonly approvalReference: string | null;
  readonly reply: string | null;
  readonly repliedOn: string | null;
  readonly repliedById: string | null;
  readonly adoption: Adoption | null;
  readonly adoptionReason: string | null;
  readonly closedOn: string | null;
  readonly hasProgress: number | null;
  readonly withdrawnOn: string | null;
  readonly withdrawalReason: string | null;
  readonly objection: string | null;
  readonly objectedById: string | null;
  readonly objectedOn: string | null;
  readonly objectionDecision: 'UPHELD' | 'REJECTED' | null;
  readonly objectionReason: string | null;
  readonly objectionDecidedById: string | null;
  readonly objectionDecidedOn: string | null;
  readonly obligationId: string | null;
  readonly version: number;
}

const COLUMNS = `l.id, l.from_unit_id AS fromUnitId, COALESCE(l.division_code, (SELECT k.division_code FROM known_units k WHERE k.id = l.from_unit_id)) AS divisionCode,
  l.number_year AS numberYear, l.serial, l.kind, l.case_id AS caseId, l.to_unit_id AS toUnitId, l.to_official_id AS toOfficialId, l.about_unit_id AS aboutUnitId,
  l.issued_by AS issuedById, l.issued_as AS issuedAs, l.ground, l.body, l.evidence, l.accountability_grounds AS accountabilityGrounds, l.asked_reply_on AS askedReplyOn,
  l.reply_due_on AS replyDueOn, l.issued_on AS issuedOn, l.state, l.approver_unit_id AS approverUnitId, l.approved_by AS approvedById, l.approving_unit_id AS approvingUnitId,
  l.approved_on AS approvedOn, l.approval_reference AS approvalReference, l.reply, l.replied_on AS repliedOn, l.replied_by AS repliedById, l.adoption,
  l.adoption_reason AS adoptionReason, l.closed_on AS closedOn, l.has_progress AS hasProgress, l.withdrawn_on AS withdrawnOn, l.withdrawal_reason AS withdrawalReason,
  l.objection, l.objected_by AS objectedById, l.objected_on AS objectedOn, l.objection_decision AS objectionDecision, l.objection_reason AS objectionReason,
  l.objection_decided_by AS objectionDecidedById, l.objection_decided_on AS objectionDecidedOn, l.obligation_id AS obligationId, l.version`;
const FROM = 'supervision_letters l LEFT JOIN case_scopes s ON s.case_id = l.case_id';

const anyOf = (parts: readonly SqlPredicate[]): SqlPredicate => ({ sql: `(${parts.map((one) => `(${one.sql})`).join(' OR ')})`, params: parts.flatMap((one) => one.params) });

/**
 * Visible once it went out: the case is, or it is to or about the viewer's unit subtree, or to the viewer, or the viewer's organ approved
 * it; never to one who is named in the case's reports. Without a case also to who issued it and to the joint office of the addressed
 * unit's division. What has not gone out is seen by the office that wrote it, as far as it sees the case, and by the organ that is asked.
 */
export function seesLetter(viewer: Viewer): SqlPredicate {
  const byCase = visibleCases(viewer, scopeColumns('s'));
  const notNamed = notNamedInReport(viewer);
  const office = { sql: 'l.from_unit_id = ?', params: [hasRole(viewer, 'JOINT_OFFICE') ? viewer.unitId : null] };
  const organ = { sql: 'l.approver_unit_id = ?', params: [hasRole(viewer, 'UNIT_HANDLER', 'JOINT_OFFICE') ? viewer.unitId : null] };
  const self = { sql: 'l.to_official_id = ?', params: [viewer.kind === 'OFFICIAL' ? viewer.subject : null] };
  const concerned = [inOwnUnits(viewer, 'l.to_unit_id'), inOwnUnits(viewer, 'l.about_unit_id'), self, organ];
  const draft = inCaseOrWithout('l.case_id', anyOf([allOf([office, byCase]), allOf([organ, notNamed])]), anyOf([office, organ]));
  const out = inCaseOrWithout(
    'l.case_id', anyOf([byCase, allOf([anyOf(concerned), notNamed])]), anyOf([...concerned, office, inOfficeDivision(viewer, 'l.to_unit_id', 'l.division_code')]),
  );
  return anyOf([allOf([{ sql: 'l.issued_on IS NULL', params: [] }, draft]), allOf([{ sql: 'l.issued_on IS NOT NULL', params: [] }, out])]);
}

export const visibleLetters = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<LetterRow[]> => {
  const seen = seesLetter(viewer);
  return selectIn<LetterRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE l.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

const byId = (column: string, id: string | null | undefined): SqlPredicate[] => (id != null ? [isId(id) ? { sql: `${column} = ?`, params: [id] } : { sql: 'FALSE', params: [] }] : []);

const ofKinds = (kinds: readonly string[] | null | undefined): SqlPredicate[] =>
  kinds ? [kinds.length > 0 ? { sql: 'l.kind IN (?)', params: [kinds] } : { sql: 'FALSE', params: [] }] : [];

export const letterList = (viewer: Viewer, filter: SupervisionLetterFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: FROM,
  where: allOf([
    seesLetter(viewer),
    ...byId('l.case_id', filter?.caseId), ...byId('l.to_unit_id', filter?.toUnitId), ...byId('l.from_unit_id', filter?.fromUnitId), ...byId('l.about_unit_id', filter?.aboutUnitId),
    ...(filter?.state ? [{ sql: 'l.state = ?', params: [filter.state] }] : []),
    ...ofKinds(filter?.kinds),
  ]),
  sort: [{ column: 'l.issued_at', descending: true }, { column: 'l.id' }],
});

const PARENTS = { case: 'l.case_id', unit: 'l.about_unit_id', official: 'l.to_official_id' } as const;
const OWN_FILTER = { case: 'caseId', unit: 'aboutUnitId', official: undefined } as const;
export type LetterParentKind = keyof typeof PARENTS;

export function letterListUnder(viewer: Viewer, kind: LetterParentKind, filter: SupervisionLetterFilter | null | undefined): ParentList {
  const own = OWN_FILTER[kind];
  return { ...letterList(viewer, own ? { ...filter, [own]: null } : filter), parent: PARENTS[kind] };
}

/** Next number of the unit's year. The counter row is held until commit, and a rollback gives the number back: no gaps. */
export async function nextSerial(tx: Sql, unitId: string, year: number): Promise<number> {
  await write(tx, 'INSERT INTO letter_counters (unit_id, number_year, last_serial) VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE last_serial = last_serial + 1', [unitId, year]);
  const [row] = await select<{ serial: number }>(tx, 'SELECT last_serial AS serial FROM letter_counters WHERE unit_id = ? AND number_year = ?', [unitId, year]);
  if (!row) throw new Error('letter_counters has no row after an insert');
  return row.serial;
}

export interface InterviewRow {
  readonly id: string;
  readonly heldOn: string;
  readonly record: string;
  readonly recordedById: string;
  readonly rectifyBy: string | null;
  readonly obligationId: string | null;
}

/** By the letter's id; whoever sees the letter sees its record. */
export const interviewsOf = (sql: Sql, letterIds: readonly string[]): Promise<InterviewRow[]> =>
  selectIn<InterviewRow>(
    sql,
    `SELECT letter_id AS id, held_on AS heldOn, record, recorded_by AS recordedById, rectify_by AS rectifyBy, obligation_id AS obligationId
       FROM interview_records WHERE letter_id IN (?)`,
    letterIds,
  );
