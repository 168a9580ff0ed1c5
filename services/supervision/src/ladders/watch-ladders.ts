import type { DataSource, EntityManager } from 'typeorm';
import { audit, businessTime, idFromName, inTransaction, type Actor } from '@anjie/service-kit/database';
import { serviceViewer } from '@anjie/service-kit/messaging';
import { groupBy, type Logger } from '@anjie/service-kit/runtime';
import type { Kinds } from '../kinds';
import { notifyOwn } from '../notifications/notify';
import { ladderStanding, nextRung } from '../rules/ladder';
import { lettersOfPairs, pairsWithoutProgress, putSuggestion, type LetterOfPair, type WatchedPair } from './ladder-repository';

const PAGE = 200;

export interface WatchOptions {
  readonly db: DataSource;
  readonly kinds: Kinds;
  readonly log: Logger;
}

/**
 * The daily watch (日常跟踪督办): where a letter about a unit found no progress and the next rung of the ladder stands open, the office
 * that wrote last is told once. It suggests; a person decides. @returns how many suggestions are new
 */
export async function watchLadders({ db, kinds, log }: WatchOptions): Promise<number> {
  const { today } = await businessTime(db.manager);
  let made = 0;
  for (let after: WatchedPair | null = null; ; ) {
    const pairs: WatchedPair[] = await pairsWithoutProgress(db.manager, { today, after, limit: PAGE });
    const letters = groupBy(await lettersOfPairs(db.manager, pairs), ({ caseId, unitId }) => `${caseId} ${unitId}`);
    for (const pair of pairs) {
      const ofPair = letters.get(`${pair.caseId} ${pair.unitId}`) ?? [];
      const next = nextRung(ladderStanding(kinds.instruments.all, ofPair, today));
      if (next && (await inTransaction(db, (tx) => suggest(tx, { pair, rung: next.rung, letters: ofPair, today })))) made += 1;
    }
    after = pairs.at(-1) ?? null;
    if (pairs.length < PAGE) break;
  }
  if (made > 0) log.info({ suggestions: made }, 'rungs of ladders stand open, and offices were told');
  return made;
}

interface OpenRung {
  readonly pair: WatchedPair;
  readonly rung: number;
  readonly letters: readonly LetterOfPair[];
  readonly today: string;
}

async function suggest(tx: EntityManager, { pair: { caseId, unitId }, rung, letters, today }: OpenRung): Promise<boolean> {
  const office = letters.at(-1)?.fromUnitId;
  if (!office) return false;
  const id = idFromName('ladder-suggestion', `${caseId} ${unitId} ${rung}`);
  const isNew = await putSuggestion(tx, { id, case_id: caseId, unit_id: unitId, rung, office_unit_id: office, suggested_on: today, state: 'OPEN', version: 1 });
  if (!isNew) return false;
  const actor: Actor = { viewer: serviceViewer('supervision'), requestId: `watch-${id}` };
  await audit(tx, actor, { action: 'ladderSuggestion.made', subjectType: 'LadderSuggestion', subjectId: id, caseId, detail: { unitId, rung } });
  await notifyOwn(tx, [{ kind: 'LADDER_RUNG_OPEN', recipient: { kind: 'UNIT', id: office }, caseId, subjectId: id, occasion: `rung-${rung}` }]);
  return true;
}
