import type { EntityManager } from 'typeorm';
import { businessTime, select, type Actor } from '@anjie/service-kit/database';
import { caseRow } from '../cases/case-repository';
import { rulingFor, takeRepeat, type RepeatDeps } from '../petitions/repeat-petition';
import type { ConfirmedRepeat } from '../repeats/repeat-service';

/** A case that is found to repeat a closed one is a repeat after closing, whichever desk it came in at: it reopens what was closed. */
export const reopenByLink = (deps: RepeatDeps) => async (tx: EntityManager, actor: Actor, repeat: ConfirmedRepeat): Promise<void> => {
  if (!repeat.intoClosedOn) return;
  const row = await caseRow(tx, repeat.intoCaseId);
  const [newest] = await select<{ id: string }>(tx, 'SELECT id FROM petitions WHERE case_id = ? ORDER BY registered_on DESC, id LIMIT 1', [repeat.caseId]);
  const petitionId = repeat.petitionId ?? newest?.id;
  if (!row || !petitionId) return;
  const { today } = await businessTime(tx);
  await takeRepeat(tx, deps, { row, petitionId, actor, today, ruling: await rulingFor(tx, { row, actor, today, hasNewFacts: false }) });
};
