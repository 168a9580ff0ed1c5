import { inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { insertRows, selectIn, type Row, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { inCaseOrWithout, notNamedInReport } from '../case-facts';
import { byId } from '../close-reviews/close-review-list';
import type { MeetingDecisionFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import type { DecisionState } from '../rules/meetings';
import { seesMeeting } from './meeting-repository';

export interface DecisionRow {
  readonly id: string;
  readonly meetingId: string;
  readonly caseId: string | null;
  readonly text: string;
  readonly obligorUnitId: string | null;
  readonly obligorOfficialId: string | null;
  readonly decidedOn: string;
  readonly dueOn: string | null;
  readonly obligationId: string | null;
  readonly state: DecisionState;
  readonly report: string | null;
  readonly evidenceRef: string | null;
  readonly reportedOn: string | null;
  readonly reportedById: string | null;
  readonly followedUpOn: string | null;
  readonly followUpNote: string | null;
  readonly version: number;
  /** Of the meeting. */
  readonly callingUnitId: string;
  readonly divisionCode: string;
  readonly campaignId: string | null;
  readonly kind: string;
}

const COLUMNS = `d.id, d.meeting_id AS meetingId, d.case_id AS caseId, d.text, d.obligor_unit_id AS obligorUnitId, d.obligor_official_id AS obligorOfficialId,
  d.decided_on AS decidedOn, d.due_on AS dueOn, d.obligation_id AS obligationId, d.state, d.report, d.evidence_ref AS evidenceRef, d.reported_on AS reportedOn,
  d.reported_by AS reportedById, d.followed_up_on AS followedUpOn, d.follow_up_note AS followUpNote, d.version, m.calling_unit_id AS callingUnitId,
  m.division_code AS divisionCode, m.campaign_id AS campaignId, m.kind`;
const FROM = 'meeting_decisions d JOIN meetings m ON m.id = d.meeting_id LEFT JOIN case_scopes s ON s.case_id = d.case_id';

/** On a case: with the case; without one: with the meeting. Whoever is to do it sees it in any case, unless the case's report names them. */
function seesDecision(viewer: Viewer): SqlPredicate {
  const byUnit = inOwnUnits(viewer, 'd.obligor_unit_id');
  const owes = { sql: `(${byUnit.sql} OR d.obligor_official_id = ?)`, params: [...byUnit.params, viewer.kind === 'OFFICIAL' ? viewer.subject : null] };
  const byCase = visibleCases(viewer, scopeColumns('s'));
  const notNamed = notNamedInReport(viewer);
  const byMeeting = seesMeeting(viewer);
  return inCaseOrWithout(
    'd.case_id',
    { sql: `(${byCase.sql}) OR (${owes.sql} AND ${notNamed.sql})`, params: [...byCase.params, ...owes.params, ...notNamed.params] },
    { sql: `${owes.sql} OR ${byMeeting.sql}`, params: [...owes.params, ...byMeeting.params] },
  );
}

export const visibleDecisions = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<DecisionRow[]> => {
  const seen = seesDecision(viewer);
  return selectIn<DecisionRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE d.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const decisionList = (viewer: Viewer, filter: MeetingDecisionFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: FROM,
  where: allOf([
    seesDecision(viewer), ...byId('d.meeting_id', filter?.meetingId), ...byId('d.case_id', filter?.caseId), ...byId('d.obligor_unit_id', filter?.obligorUnitId),
    ...byId('d.obligor_official_id', filter?.obligorOfficialId), ...(filter?.state ? [{ sql: 'd.state = ?', params: [filter.state] }] : []),
  ]),
  sort: [{ column: 'd.decided_on', descending: true }, { column: 'd.id' }],
});

const PARENTS = { meeting: 'd.meeting_id', case: 'd.case_id', unit: 'd.obligor_unit_id' } as const;
export type DecisionParentKind = keyof typeof PARENTS;

export const decisionsUnder = (viewer: Viewer, kind: DecisionParentKind): ParentList => ({
  ...decisionList(viewer, null), parent: PARENTS[kind],
  ...(kind === 'meeting' ? { sort: [{ column: 'd.ordinal' }, { column: 'd.id' }] } : {}),
});

export const putDecisions = (tx: Sql, rows: readonly Row[]): Promise<void> => insertRows(tx, 'meeting_decisions', rows);
