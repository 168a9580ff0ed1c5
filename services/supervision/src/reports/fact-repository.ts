import { divisionPrefix } from '@anjie/contracts';
import { select, type Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
import { dutyMarks, ledgerMarks, letterMarks, reviewMarks, traceMarks, type DutyFact, type LedgerFact, type LetterFact, type Mark, type ReviewFact, type TraceFact, type Turn } from '../rules/report-facts';
import type { Period } from '../rules/report-periods';
import type { NamedDivision, NamedUnit } from '../rules/report-rows';

/** What a report is about: a division's subtree, the cases of one campaign or all, a period. */
export interface ReportScope {
  readonly divisionCode: string;
  readonly campaignId: string | null;
  readonly period: Period;
}

const below = ({ divisionCode }: ReportScope): string => `${divisionPrefix(divisionCode)}%`;

/** Accusations in the sealed lane are in no report (第三十条第三款). */
const OPEN_LANE = (caseId: string): string => `JOIN case_scopes s ON s.case_id = ${caseId} AND s.is_sealed = 0`;

function inCampaign({ campaignId, period }: ReportScope, caseId: string): { readonly sql: string; readonly params: readonly unknown[] } {
  if (campaignId === null) return { sql: 'TRUE', params: [] };
  return {
    sql: `EXISTS (SELECT 1 FROM case_ledgers cl WHERE cl.case_id = ${caseId} AND cl.campaign_id = ? AND cl.entered_on <= ? AND (cl.removed_on IS NULL OR cl.removed_on > ?))`,
    params: [campaignId, period.to, period.from],
  };
}

/** Every mark of a scope, from what supervision keeps itself and its copies of others' facts. */
export async function marksOf(sql: Sql, scope: ReportScope): Promise<Mark[]> {
  const [ledger, duties, letters, reviews, traces] = [await ledgerFacts(sql, scope), await dutyFacts(sql, scope), await letterFacts(sql, scope), await reviewFacts(sql, scope), await traceFacts(sql, scope)];
  const { period } = scope;
  return [
    ...ledger.flatMap((fact) => ledgerMarks(fact, period)), ...duties.flatMap((fact) => dutyMarks(fact, period)), ...letters.flatMap((fact) => letterMarks(fact, period)),
    ...reviews.flatMap((fact) => reviewMarks(fact, period)), ...traces.flatMap((fact) => traceMarks(fact, period)),
  ];
}

async function ledgerFacts(sql: Sql, scope: ReportScope): Promise<LedgerFact[]> {
  const { campaignId, period } = scope;
  const counted = `l.division_code LIKE ? AND l.entered_on <= ?${campaignId === null ? '' : ' AND l.campaign_id = ?'}`;
  const params = [below(scope), period.to, ...(campaignId === null ? [] : [campaignId])];
  const rows = await select<Omit<LedgerFact, 'turns'>>(
    sql,
    `SELECT l.case_id AS caseId, s.lead_unit_id AS unitId, MIN(l.division_code) AS divisionCode, MIN(l.entered_on) AS enteredOn,
            CASE WHEN SUM(l.removed_on IS NULL) > 0 THEN NULL ELSE MAX(l.removed_on) END AS removedOn
       FROM case_ledgers l ${OPEN_LANE('l.case_id')} WHERE ${counted} GROUP BY l.case_id, s.lead_unit_id`,
    params,
  );
  const isCounted = (caseId: string): string => `EXISTS (SELECT 1 FROM case_ledgers l WHERE l.case_id = ${caseId} AND ${counted})`;
  const turns = await select<Turn & { caseId: string }>(
    sql,
    `SELECT r.case_id AS caseId, r.decided_on AS \`on\`, 'RESOLVED' AS \`to\` FROM close_reviews r
      WHERE r.state = 'PASSED' AND r.track = 'SUBSTANTIVE' AND r.proposed_end = 'RESOLVED' AND r.decided_on <= ? AND ${isCounted('r.case_id')}
     UNION ALL
     SELECT b.case_id, b.repeated_on, 'RELAPSED' FROM back_trace_requests b WHERE b.repeated_on <= ? AND ${isCounted('b.case_id')}
     UNION ALL
     SELECT l.case_id, MIN(GREATEST(l.entered_on, l.recognised_on)), 'RESOLVED' FROM case_ledgers l WHERE l.recognised_on <= ? AND ${counted} GROUP BY l.case_id`,
    [period.to, ...params, period.to, ...params, period.to, ...params],
  );
  const byCase = groupBy(turns, (turn) => turn.caseId);
  return rows.map((row) => ({ ...row, turns: byCase.get(row.caseId) ?? [] }));
}

function dutyFacts(sql: Sql, scope: ReportScope): Promise<DutyFact[]> {
  const counted = inCampaign(scope, 'o.case_id');
  return select<DutyFact>(
    sql,
    `SELECT o.case_id AS caseId, u.id AS unitId, u.division_code AS divisionCode, o.duty_code AS dutyCode, o.start_on AS startOn, o.due_on AS dueOn, o.met_on AS metOn
       FROM obligations o ${OPEN_LANE('o.case_id')} LEFT JOIN known_officials k ON k.id = o.obligor_official_id
       JOIN known_units u ON u.id = COALESCE(o.obligor_unit_id, k.unit_id)
      WHERE o.state <> 'CANCELLED' AND o.start_on <= ? AND (o.met_on IS NULL OR o.met_on >= ?) AND u.division_code LIKE ? AND ${counted.sql}`,
    [scope.period.to, scope.period.from, below(scope), ...counted.params],
  );
}

async function letterFacts(sql: Sql, scope: ReportScope): Promise<LetterFact[]> {
  const counted = inCampaign(scope, 'l.case_id');
  const rows = await select<Omit<LetterFact, 'isSuggestion'> & { kind: string }>(
    sql,
    `SELECT l.case_id AS caseId, l.to_unit_id AS unitId, u.division_code AS divisionCode, l.kind, l.issued_on AS issuedOn, l.reply_due_on AS replyDueOn,
            l.replied_on AS repliedOn, l.closed_on AS closedOn
       FROM supervision_letters l ${OPEN_LANE('l.case_id')} JOIN known_units u ON u.id = l.to_unit_id
      WHERE l.issued_on <= ? AND u.division_code LIKE ? AND ${counted.sql}`,
    [scope.period.to, below(scope), ...counted.params],
  );
  return rows.map(({ kind, ...row }) => ({ ...row, isSuggestion: kind === 'SUGGESTION_LETTER' }));
}

async function reviewFacts(sql: Sql, scope: ReportScope): Promise<ReviewFact[]> {
  const counted = inCampaign(scope, 'r.case_id');
  return reviewsWhere(sql, scope.period, { sql: `u.division_code LIKE ? AND ${counted.sql}`, params: [below(scope), ...counted.params] });
}

/** Files of the close review that some units submitted. */
export const reviewMarksOfUnits = async (sql: Sql, unitIds: readonly string[], period: Period): Promise<Mark[]> =>
  unitIds.length === 0 ? [] : (await reviewsWhere(sql, period, { sql: 'u.id IN (?)', params: [unitIds] })).flatMap((fact) => reviewMarks(fact, period));

async function reviewsWhere(sql: Sql, period: Period, counted: { readonly sql: string; readonly params: readonly unknown[] }): Promise<ReviewFact[]> {
  const rows = await select<Omit<ReviewFact, 'wasReturnedBefore' | 'isFirstPass'> & { wasReturnedBefore: number | string; isFirstPass: number | string }>(
    sql,
    `SELECT r.case_id AS caseId, r.submitted_unit_id AS unitId, u.division_code AS divisionCode, r.submitted_on AS submittedOn, r.decided_on AS decidedOn, r.state,
            EXISTS (SELECT 1 FROM close_reviews e WHERE e.case_id = r.case_id AND e.state = 'RETURNED' AND e.revision < r.revision) AS wasReturnedBefore,
            (NOT EXISTS (SELECT 1 FROM close_reviews e WHERE e.case_id = r.case_id AND e.state = 'PASSED' AND e.revision < r.revision)
              AND NOT EXISTS (SELECT 1 FROM back_trace_requests b WHERE b.case_id = r.case_id AND b.repeated_on < r.decided_on)) AS isFirstPass,
            (SELECT MIN(b.repeated_on) FROM back_trace_requests b WHERE b.case_id = r.case_id AND b.is_within_watch = 1 AND b.repeated_on >= r.decided_on) AS relapsedOn
       FROM close_reviews r ${OPEN_LANE('r.case_id')} JOIN known_units u ON u.id = r.submitted_unit_id
      WHERE r.submitted_on <= ? AND (r.decided_on IS NULL OR r.decided_on >= ?) AND ${counted.sql}`,
    [period.to, period.from, ...counted.params],
  );
  return rows.map((row) => ({ ...row, wasReturnedBefore: Number(row.wasReturnedBefore) === 1, isFirstPass: Number(row.isFirstPass) === 1 }));
}

async function traceFacts(sql: Sql, scope: ReportScope): Promise<TraceFact[]> {
  const counted = inCampaign(scope, 'b.case_id');
  const rows = await select<Omit<TraceFact, 'isWithinWatch'> & { isWithinWatch: number }>(
    sql,
    `SELECT b.case_id AS caseId, b.traced_unit_id AS unitId, u.division_code AS divisionCode, b.requested_on AS requestedOn, b.decided_on AS decidedOn,
            b.repeated_on AS repeatedOn, b.is_within_watch AS isWithinWatch
       FROM back_trace_requests b ${OPEN_LANE('b.case_id')} JOIN known_units u ON u.id = b.traced_unit_id
      WHERE b.requested_on <= ? AND u.division_code LIKE ? AND ${counted.sql}`,
    [scope.period.to, below(scope), ...counted.params],
  );
  return rows.map((row) => ({ ...row, isWithinWatch: Number(row.isWithinWatch) === 1 }));
}

/** Divisions and open units of a subtree, as the directory knows them now. */
export async function placesOf(sql: Sql, divisionCode: string): Promise<{ divisions: NamedDivision[]; units: NamedUnit[] }> {
  const prefix = `${divisionPrefix(divisionCode)}%`;
  return {
    divisions: await select<NamedDivision>(sql, 'SELECT code, name FROM known_divisions WHERE code LIKE ? AND valid_to IS NULL', [prefix]),
    units: await select<NamedUnit>(sql, 'SELECT id, code, name, division_code AS divisionCode FROM known_units WHERE division_code LIKE ? AND valid_to IS NULL', [prefix]),
  };
}
