import type { EntityManager } from 'typeorm';
import { addFigures } from '@anjie/service-kit/figures';
import { changeOfSpans, countedSpans } from '../rules/counted-spans';
import { countablesOfCase, countedOfCase, forgetCounted, keepCounted, ledgerSpansOfCase } from './figure-repository';

/**
 * Brings a case's counts to what its referrals, visits, services and ledgers say now. Call it last in a transaction that holds the
 * lock on the case's scope row; counting twice changes nothing.
 */
export async function recountCase(tx: EntityManager, caseId: string): Promise<void> {
  const [ledgers, counted] = [await ledgerSpansOfCase(tx, caseId), await countedOfCase(tx, caseId)];
  // most cases stand in no ledger
  if (ledgers.length + counted.length === 0) return;
  const change = changeOfSpans(counted, countedSpans(await countablesOfCase(tx, caseId), ledgers));
  await forgetCounted(tx, caseId, change.gone);
  await keepCounted(tx, caseId, change.added);
  await addFigures(tx, change.deltas);
}
