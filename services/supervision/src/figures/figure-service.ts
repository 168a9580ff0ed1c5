import type { EntityManager } from 'typeorm';
import { businessTime } from '@anjie/service-kit/database';
import { ledgersOf } from '@anjie/service-kit/facts';
import { addFigures } from '@anjie/service-kit/figures';
import { holdCase } from '../case-facts';
import { lockObligationsOfCase } from '../obligations/obligation-repository';
import { figureDiff, figuresDue, type CountedFigure } from '../rules/figure-diff';
import { countedFigures, putCountedFigures } from './figure-repository';

/**
 * Counts a case's obligations (or one of them) as they and its ledgers stand now, and dates the difference with the
 * business day. Last in its transaction; running it again changes nothing.
 */
export async function recountFigures(tx: EntityManager, caseId: string, obligationId: string | null = null): Promise<void> {
  await holdCase(tx, caseId);
  const rows = await lockObligationsOfCase(tx, caseId, obligationId);
  const obligations = rows.map(({ id, state, overdueAt }) => ({ id, state, isOverdue: overdueAt !== null }));
  const diff = figureDiff(await countedFigures(tx, obligations.map((one) => one.id)), figuresDue(obligations, await ledgersOf(tx, caseId)));
  if (diff.remove.length + diff.add.length === 0) return;
  await putCountedFigures(tx, diff);
  const { today } = await businessTime(tx);
  const delta = (amount: number) => ({ campaignId, figure, divisionCode }: CountedFigure) => ({ campaignId, figure, divisionCode, on: today, delta: amount });
  await addFigures(tx, [...diff.remove.map(delta(-1)), ...diff.add.map(delta(1))]);
}
