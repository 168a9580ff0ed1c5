import { besideCase, hasRole, inOwnUnits, scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import { insertRows, select, selectIn, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type ListQuery, type PageArgs, type SortKey, type SqlPart } from '@anjie/service-kit/subgraph';
import type { ReferralAct, ReferralFilter, ReferralListFilter, ReferralPurpose, ReferralSort } from '../generated/graphql';
import { ENDED_REFERRAL_STATES, type ReferralState } from '../rules/referral-lifecycle';
import type { EarlierReferral } from '../rules/referral-sending';

export interface ReferralRow {
  readonly id: string;
  readonly caseId: string;
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly purpose: ReferralPurpose;
  readonly request: string;
  readonly state: ReferralState;
  readonly sentOn: string;
  readonly sentById: string;
  readonly deliveredAt: Date | null;
  readonly signedOn: string | null;
  readonly signDueOn: string | null;
  /** tinyint: 0 or 1 */
  readonly isSignDueProvisional: boolean;
  readonly acceptedOn: string | null;
  readonly completeBy: string | null;
  readonly completedOn: string | null;
  readonly outcome: string | null;
  readonly returnReason: string | null;
  readonly returnRefusalReason: string | null;
  readonly laneCode: string | null;
  readonly pairId: string | null;
  readonly pairPart: 'RESOLVE' | 'GUIDE' | null;
  readonly assignedOfficialId: string | null;
  readonly returnAnswerDueOn: string | null;
  readonly disputedOn: string | null;
  readonly disputeSettledOn: string | null;
  readonly disputeDecision: 'STAY' | 'BACK' | null;
  readonly flagCode: string | null;
  readonly version: number;
}

const COLUMNS = `r.id, r.case_id AS caseId, r.from_unit_id AS fromUnitId, r.to_unit_id AS toUnitId, r.purpose, r.request, r.state, r.sent_on AS sentOn,
  r.sent_by AS sentById, r.delivered_at AS deliveredAt, r.signed_on AS signedOn, r.sign_due_on AS signDueOn,
  r.is_sign_due_provisional AS isSignDueProvisional, r.accepted_on AS acceptedOn, r.complete_by AS completeBy, r.completed_on AS completedOn,
  r.outcome, r.return_reason AS returnReason, r.return_refusal_reason AS returnRefusalReason, r.lane_code AS laneCode, r.pair_id AS pairId,
  r.pair_part AS pairPart, r.assigned_official_id AS assignedOfficialId, r.return_answer_due_on AS returnAnswerDueOn, r.disputed_on AS disputedOn,
  r.dispute_settled_on AS disputeSettledOn, r.dispute_decision AS disputeDecision, r.flag_code AS flagCode, r.version`;
const FROM = 'referrals r JOIN case_scopes s ON s.case_id = r.case_id';
const RECEIVED = 'EXISTS (SELECT 1 FROM referral_receipts rr WHERE rr.referral_id = r.id)';
const helpsIn = (units: SqlPart): SqlPart => ({
  sql: `EXISTS (SELECT 1 FROM referral_co_handlings h WHERE h.referral_id = r.id AND h.state <> 'RELEASED' AND (${units.sql}))`, params: units.params,
});

/**
 * The sender's side sees a referral always, the receiver's side once it is delivered, and whoever may see the case sees
 * it too – except that a receiver who also has a part in the case still waits for delivery. A further unit sees it while it has a part in it.
 */
function visibleReferrals(viewer: Viewer): SqlPart {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const seen = visibleCases(viewer, scopeColumns('s'));
  const sent = inOwnUnits(viewer, 'r.from_unit_id');
  const toOwn = inOwnUnits(viewer, 'r.to_unit_id');
  const overDivision = hasRole(viewer, 'JOINT_OFFICE') && viewer.divisionCode !== null;
  const helps = helpsIn(inOwnUnits(viewer, 'h.unit_id'));
  const deny = besideCase(viewer, scopeColumns('s'));
  return {
    sql: `((${sent.sql}) OR ((${toOwn.sql}) AND ${RECEIVED}) OR ${helps.sql} OR ((${seen.sql}) AND (${overDivision ? 'TRUE' : 'FALSE'} OR NOT (${toOwn.sql})))) AND ${deny.sql}`,
    params: [...sent.params, ...toOwn.params, ...helps.params, ...seen.params, ...toOwn.params, ...deny.params],
  };
}

/** The referrals among these that the viewer may see, in one statement. */
export function visibleReferralsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ReferralRow[]> {
  const seen = visibleReferrals(viewer);
  return selectIn<ReferralRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE r.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

const SORTS: Readonly<Record<ReferralSort, readonly SortKey[]>> = {
  SENT_ON_DESC: [{ column: 'r.sent_on', descending: true }, { column: 'r.id' }],
  SENT_ON_ASC: [{ column: 'r.sent_on' }, { column: 'r.id' }],
  SIGN_DUE_ON_ASC: [{ column: `COALESCE(r.sign_due_on, '9999-12-31')` }, { column: 'r.id' }],
};

export interface ReferralListArgs extends PageArgs {
  readonly filter?: ReferralFilter | null | undefined;
  readonly sort?: ReferralSort | null | undefined;
}

export function listReferrals(sql: Sql, viewer: Viewer, args: ReferralListArgs): Promise<Connection<ReferralRow>> {
  const { filter } = args;
  const box = filter?.box ? inOwnUnits(viewer, filter.box === 'INCOMING' ? 'r.to_unit_id' : 'r.from_unit_id') : null;
  const where = allOf([
    visibleReferrals(viewer), box, equal('r.case_id', filter?.caseId), equal('r.from_unit_id', filter?.fromUnitId),
    equal('r.to_unit_id', filter?.toUnitId), equal('r.state', filter?.state), equal('r.purpose', filter?.purpose),
    equal('r.assigned_official_id', filter?.assignedOfficialId), oneOf('r.lane_code', filter?.lanes), disputed(filter?.isDisputed),
  ]);
  return listConnection<ReferralRow>(sql, { columns: COLUMNS, from: FROM, where, sort: SORTS[args.sort ?? 'SENT_ON_DESC'] }, args);
}

export interface ReferralsUnderArgs extends PageArgs {
  readonly filter?: ReferralListFilter | null | undefined;
}
export type ReferralParentColumn = 'r.case_id' | 'r.from_unit_id' | 'r.to_unit_id';

/** Pages of referrals under many cases or units, one statement for all of them. */
export const referralsUnder = (sql: Sql, viewer: Viewer, parent: ReferralParentColumn) => (parents: readonly string[], args: ReferralsUnderArgs): Promise<Connection<ReferralRow>[]> => {
  const where = allOf([visibleReferrals(viewer), openness(args.filter?.open), equal('r.purpose', args.filter?.purpose)]);
  const query: ListQuery = { columns: COLUMNS, from: FROM, where, sort: SORTS.SENT_ON_DESC };
  return listConnectionsByParent<ReferralRow>(sql, { ...query, parent }, { parents, args });
};

const equal = (column: string, value: string | null | undefined): SqlPart | null => (value == null ? null : { sql: `${column} = ?`, params: [value] });
const oneOf = (column: string, values: readonly string[] | null | undefined): SqlPart | null => (values?.length ? { sql: `${column} IN (?)`, params: [values] } : null);
const disputed = (is: boolean | null | undefined): SqlPart | null =>
  is == null ? null : { sql: `${is ? '' : 'NOT '}(r.disputed_on IS NOT NULL AND r.dispute_settled_on IS NULL)`, params: [] };
const openness = (open: boolean | null | undefined): SqlPart | null =>
  open == null ? null : { sql: `r.state ${open ? 'NOT IN' : 'IN'} (?)`, params: [ENDED_REFERRAL_STATES] };
const allOf = (parts: readonly (SqlPart | null)[]): SqlPart => {
  const given = parts.filter((part) => part !== null);
  return { sql: given.map((part) => `(${part.sql})`).join(' AND '), params: given.flatMap((part) => part.params) };
};

export interface ReferralEventRow {
  readonly referralId: string;
  readonly seq: number;
  readonly fromState: ReferralState | null;
  readonly toState: ReferralState;
  readonly byId: string | null;
  readonly unitId: string | null;
  readonly at: Date;
  readonly note: string | null;
  readonly act: ReferralAct | null;
}

/** The steps of referrals that the caller has seen. */
export const eventsOfReferrals = (sql: Sql, ids: readonly string[]): Promise<ReferralEventRow[]> =>
  selectIn<ReferralEventRow>(
    sql,
    `SELECT referral_id AS referralId, seq, from_state AS fromState, to_state AS toState, by_official_id AS byId, unit_id AS unitId, at, note, act
       FROM referral_events WHERE referral_id IN (?) ORDER BY referral_id, seq`,
    ids,
  );

export const lockReferral = async (tx: Sql, id: string): Promise<ReferralRow | undefined> => (await lockReferrals(tx, [id]))[0];

/** In the order of their key, so that two who hold some never wait for each other crosswise. */
export const lockReferrals = (tx: Sql, ids: readonly string[]): Promise<ReferralRow[]> =>
  selectIn<ReferralRow>(tx, `SELECT ${COLUMNS} FROM referrals r FORCE INDEX (PRIMARY) WHERE r.id IN (?) ORDER BY r.id FOR UPDATE`, ids);

/** Referrals of the case for one purpose, to find loops in. */
export const earlierReferrals = (tx: Sql, caseId: string, purpose: ReferralPurpose): Promise<EarlierReferral[]> =>
  select<EarlierReferral>(tx, 'SELECT from_unit_id AS fromUnitId, to_unit_id AS toUnitId, state FROM referrals WHERE case_id = ? AND purpose = ?', [caseId, purpose]);

export const addReferral = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'referrals', [row]);
export const addReferralEvents = (tx: Sql, rows: readonly Row[]): Promise<void> => insertRows(tx, 'referral_events', rows);
/** @throws a duplicate-key error when it was delivered before: the receipt is the fence of delivery. */
export const addReceipts = (tx: Sql, rows: readonly Row[]): Promise<void> => insertRows(tx, 'referral_receipts', rows);
