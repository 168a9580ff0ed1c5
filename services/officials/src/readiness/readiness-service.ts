import type { EntityManager } from 'typeorm';
import { CaseCrewChanged } from '@anjie/contracts';
import { addFigures, type FigureDelta } from '@anjie/service-kit/figures';
import type { Outbox } from '@anjie/service-kit/messaging';
import { groupBy } from '@anjie/service-kit/runtime';
import { countingOf } from '../rules/counted-figures';
import { readinessOf } from '../rules/readiness';
import { caseFactsOf, readinessFactsOf, saveCrewVersions, saveReadiness, type CaseFacts } from './case-facts-repository';
import { allLedgersOf, countedOf, replaceCounted, type CountedOfCase } from './counted-repository';

/** What every change of a crew or a scope ends with; the caller holds the cases (`lockCases`) since before its change. */
export interface CrewChange {
  readonly tx: EntityManager;
  readonly caseIds: readonly string[];
}

/** Tells the others who sponsors the cases and sits in their task forces now, then recounts. Last in the transaction. */
export async function settleCrews(change: CrewChange, { outbox, requestId }: { outbox: Outbox; requestId: string }): Promise<void> {
  const facts = await caseFactsOf(change.tx, change.caseIds);
  if (facts.length === 0) return;
  await saveCrewVersions(change.tx, facts.map((f) => ({ id: f.id, version: f.crewVersion + 1 })));
  await outbox.announceAll(change.tx, CaseCrewChanged, facts.map((f) => ({
    aggregateId: f.id, version: f.crewVersion + 1, requestId,
    payload: { caseId: f.id, sponsorIds: f.sponsorId ? [f.sponsorId] : [], taskForceIds: f.memberIds ? [...new Set(f.memberIds.split(','))] : [] },
  })));
  await recount(change.tx, facts);
}

/** Brings the figures and the readiness rows of these cases to what the facts say, by the difference to what was counted. */
export async function recount(tx: EntityManager, facts: readonly CaseFacts[]): Promise<void> {
  const ids = facts.map((f) => f.id);
  const counted = groupBy(await countedOf(tx, ids), (c) => c.caseId);
  const concerned = facts.filter((f) => f.sponsorSince !== null || f.enteredOn !== null || counted.has(f.id));
  const ledgers = groupBy(await allLedgersOf(tx, concerned.map((f) => f.id)), (ledger) => ledger.caseId);
  const deltas: FigureDelta[] = [];
  const after: CountedOfCase[] = [];
  const touched: string[] = [];
  for (const fact of concerned) {
    const { sponsor, taskForce, plan } = readinessFactsOf(fact);
    const counting = countingOf({
      today: fact.today, sponsor, taskForce, planSince: plan.since, closedOn: fact.closedOn, ledgers: ledgers.get(fact.id) ?? [], counted: counted.get(fact.id) ?? [],
    });
    if (counting.deltas.length === 0) continue;
    touched.push(fact.id);
    deltas.push(...counting.deltas);
    after.push(...counting.counted.map((c) => ({ ...c, caseId: fact.id })));
  }
  await saveReadiness(tx, facts.map((f) => ({ id: f.id, isSponsored: f.sponsorSince !== null, isComplete: readinessOf(readinessFactsOf(f)).isComplete })));
  if (touched.length === 0) return;
  await replaceCounted(tx, touched, after);
  await addFigures(tx, deltas);
}
