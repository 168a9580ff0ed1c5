import type { EntityManager } from 'typeorm';
import { businessTime } from '@anjie/service-kit/database';
import { ledgersOfCases } from '@anjie/service-kit/facts';
import { addFigures } from '@anjie/service-kit/figures';
import { groupBy } from '@anjie/service-kit/runtime';
import { lockObligationsOfCases } from '../obligations/obligation-repository';
import { figureDiff, figuresDue, type CountableObligation, type CountedFigure, type CountingLedger } from '../rules/figure-diff';
import { countedFigures, putCountedFigures } from './figure-repository';

/**
 * Counts the obligations of cases that the caller holds as they and the cases' ledgers stand now, and dates the
 * difference with the business day. Last in its transaction; running it again changes nothing.
 */
export async function recountFigures(tx: EntityManager, caseIds: readonly string[]): Promise<void> {
  const rows = await lockObligationsOfCases(tx, caseIds);
  await countFigures(tx, rows.map((row) => ({ ...row, isOverdue: row.overdueAt !== null })));
}

/** What binds a unit without a case counts in the unit's division, once. */
const withoutCase = ({ campaignId, jurisdictionCode }: CountedObligation): CountingLedger[] => (campaignId === null ? [] : [{ campaignId, divisionCode: jurisdictionCode }]);

export interface CountedObligation extends CountableObligation {
  readonly caseId: string | null;
  /** Without a case: the campaign that it is owed for, and the division of who owes it. */
  readonly campaignId: string | null;
  readonly jurisdictionCode: string;
}

/** The same for obligations that the caller holds together with their cases, in a fixed number of statements. */
export async function countFigures(tx: EntityManager, obligations: readonly CountedObligation[]): Promise<void> {
  if (obligations.length === 0) return;
  const ledgers = groupBy(await ledgersOfCases(tx, [...new Set(obligations.flatMap((one) => one.caseId ?? []))]), (ledger) => ledger.caseId);
  const due = obligations.flatMap((one) => figuresDue([one], one.caseId === null ? withoutCase(one) : (ledgers.get(one.caseId) ?? [])));
  const diff = figureDiff(await countedFigures(tx, obligations.map((one) => one.id)), due);
  if (diff.remove.length + diff.add.length === 0) return;
  await putCountedFigures(tx, diff);
  const { today } = await businessTime(tx);
  const delta = (amount: number) => ({ campaignId, figure, divisionCode }: CountedFigure) => ({ campaignId, figure, divisionCode, on: today, delta: amount });
  await addFigures(tx, [...diff.remove.map(delta(-1)), ...diff.add.map(delta(1))]);
}
