import { seesDivisionFigures, type Viewer } from '@anjie/access';
import { DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { businessTime, select, type Sql } from '@anjie/service-kit/database';
import { applicationRows } from './assistance-application-repository';

export interface ReliefLedgerRow {
  readonly applications: number;
  readonly approved: number;
  readonly declined: number;
  readonly decidedAmount: string;
  readonly paidAmount: string;
  readonly asOf: string;
}

export interface LedgerArgs {
  readonly asOf?: string | null | undefined;
  readonly kinds?: readonly string[] | null | undefined;
}

interface Sums extends Pick<ReliefLedgerRow, 'decidedAmount' | 'paidAmount'> {
  readonly applications: string;
  readonly approved: string;
  readonly declined: string;
}

/** As it stood at the end of a day, which is asked for four times. Sums are the database's decimals, as text. */
const SUMS = `COUNT(*) AS applications, COALESCE(SUM(a.decided_on <= ? AND a.state <> 'DECLINED'), 0) AS approved,
  COALESCE(SUM(a.decided_on <= ? AND a.state = 'DECLINED'), 0) AS declined,
  COALESCE(SUM(CASE WHEN a.decided_on <= ? THEN a.decided_amount END), 0.00) AS decidedAmount,
  COALESCE(SUM((SELECT SUM(CASE WHEN e.kind = 'PAYMENT' THEN e.amount ELSE -e.amount END) FROM relief_entries e WHERE e.application_id = a.id AND e.on_date <= ?)), 0.00) AS paidAmount`;
/** What was applied for by a day; offers are no money. */
const APPLIED = `a.submitted_on <= ? AND a.state NOT IN ('OFFERED', 'ACCEPTED', 'NOT_TAKEN')`;

const NOTHING: Sums = { applications: '0', approved: '0', declined: '0', decidedAmount: '0.00', paidAmount: '0.00' };
const rowOf = ({ applications, approved, declined, decidedAmount, paidAmount }: Sums = NOTHING, asOf: string): ReliefLedgerRow => ({
  applications: Number(applications), approved: Number(approved), declined: Number(declined), decidedAmount, paidAmount, asOf,
});

const ofKinds = ({ kinds }: LedgerArgs) => (!kinds ? { sql: '', params: [] } : kinds.length === 0 ? { sql: 'AND FALSE', params: [] } : { sql: 'AND a.kind IN (?)', params: [kinds] });

/** What units decided and paid, over the applications that the viewer may see; one statement however many units. */
export const ledgersOfUnits = (sql: Sql, viewer: Viewer) => async (unitIds: readonly string[], args: LedgerArgs): Promise<ReliefLedgerRow[]> => {
  const asOf = args.asOf ?? (await businessTime(sql)).today;
  const [seen, kinds] = [applicationRows.seenBy(viewer), ofKinds(args)];
  const rows = await select<Sums & { readonly unitId: string }>(
    sql,
    `SELECT ${SUMS}, a.unit_id AS unitId FROM ${applicationRows.from} WHERE ${APPLIED} AND a.unit_id IN (?) AND (${seen.sql}) ${kinds.sql} GROUP BY a.unit_id`,
    [asOf, asOf, asOf, asOf, asOf, unitIds, ...seen.params, ...kinds.params],
  );
  const byUnit = new Map(rows.map((row) => [row.unitId, row]));
  return unitIds.map((unitId) => rowOf(byUnit.get(unitId.toLowerCase()), asOf));
};

export interface CampaignLedgerArgs extends LedgerArgs {
  readonly campaignId: string;
  readonly divisionCode: string;
}

/** What was decided and paid for the cases that a campaign counts in a division, counties included; null for whoever may not see its figures. */
export async function ledgerOfCampaign(sql: Sql, viewer: Viewer, args: CampaignLedgerArgs): Promise<ReliefLedgerRow | null> {
  const { campaignId, divisionCode } = args;
  if (!DIVISION_CODE.test(divisionCode) || !seesDivisionFigures(viewer, divisionCode)) return null;
  const asOf = args.asOf ?? (await businessTime(sql)).today;
  const kinds = ofKinds(args);
  const [sums] = await select<Sums>(
    sql,
    `SELECT ${SUMS} FROM assistance_applications a JOIN case_ledgers l ON l.case_id = a.case_id
      WHERE ${APPLIED} AND l.campaign_id = ? AND l.division_code LIKE ? AND l.entered_on <= ? AND (l.removed_on IS NULL OR l.removed_on > ?) ${kinds.sql}`,
    [asOf, asOf, asOf, asOf, asOf, campaignId, `${divisionPrefix(divisionCode)}%`, asOf, asOf, ...kinds.params],
  );
  return rowOf(sums, asOf);
}
