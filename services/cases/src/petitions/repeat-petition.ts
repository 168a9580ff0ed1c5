import type { EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { select, updateVersion, write, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import type { CaseRow } from '../cases/case-repository';
import type { Clocks } from '../clocks/clock-service';
import { followAfterFinal, reopenByRepeat } from '../closing/relapse';
import type { Papers } from '../documents/document-service';
import { recordEvent } from '../history/history-repository';
import { organOf } from '../reviews/organ-repository';
import { isHigherOrgan } from '../rules/higher-organ';
import { CLOSED } from '../rules/life';
import { rulingOn, type RepeatRuling } from '../rules/repeat-reason';

export interface RepeatDeps {
  readonly outbox: Outbox;
  readonly clocks: Clocks;
  readonly papers: Papers;
}
export interface RepeatPetition {
  readonly row: CaseRow;
  readonly petitionId: string;
  readonly actor: Actor;
  readonly today: string;
}

/** Why this petition repeats a known matter, from how the unit handled it. */
export async function rulingFor(tx: EntityManager, { row, actor, today, hasNewFacts }: Omit<RepeatPetition, 'petitionId'> & { readonly hasNewFacts: boolean }): Promise<RepeatRuling> {
  const [clock] = await select<{ dueOn: string }>(
    tx, "SELECT due_on AS dueOn FROM case_clocks WHERE case_id = ? AND code IN ('T8', 'SIMPLE_OPINION') AND state = 'OPEN' ORDER BY start_on DESC LIMIT 1", [row.id],
  );
  const [final] = await select(tx, "SELECT 1 FROM case_ends WHERE case_id = ? AND active_kind = 'TERMINATED' AND ground = 'RE_REVIEW_DELIVERED'", [row.id]);
  const receiver = actor.viewer.unitId && (await organOf(tx, actor.viewer.unitId));
  const handler = row.leadUnitId && (await organOf(tx, row.leadUnitId));
  return rulingOn({
    status: row.status, hasNewFacts, handlingDueOn: clock?.dueOn ?? null, isFinal: final !== undefined, today,
    isAboveHandler: Boolean(receiver && handler && isHigherOrgan(receiver, handler)),
  });
}

/** What a repeat does to the case that it is about: joins it, reopens it, or is answered that it is not taken on, with the article. */
export async function takeRepeat(tx: EntityManager, deps: RepeatDeps, { ruling, ...repeat }: RepeatPetition & { readonly ruling: RepeatRuling }): Promise<void> {
  const { row, petitionId, actor } = repeat;
  await write(tx, 'UPDATE petitions SET repeat_reason = ?, disposition = ? WHERE id = ?', [ruling.reason, ruling.disposition, petitionId]);
  if (ruling.disposition === 'RELAPSE') return reopenByRepeat(tx, deps, repeat);
  const documentId = await answer(tx, deps, { ...repeat, ruling });
  if (ruling.disposition === 'NO_LONGER_ACCEPTED' && CLOSED.has(row.status)) return followAfterFinal(tx, deps, { ...repeat, documentId });
  if (!(await updateVersion(tx, 'cases', { id: row.id, version: Number(row.version), set: { status: row.status } }))) throw new AppError('CONFLICT');
  await recordEvent(tx, actor, { caseId: row.id, action: 'PETITION_ADDED', basis: ruling.basis, documentId, detail: { petitionId, reason: ruling.reason, disposition: ruling.disposition } });
}

/** 不予受理告知书, 不再受理告知书: the petition ends, the matter does not. */
async function answer(tx: EntityManager, { papers }: RepeatDeps, { row, actor, today, ruling }: RepeatPetition & { readonly ruling: RepeatRuling }): Promise<string | null> {
  const issuerUnitId = actor.viewer.unitId;
  if (!issuerUnitId || (ruling.disposition !== 'NOT_ACCEPTED' && ruling.disposition !== 'NO_LONGER_ACCEPTED')) return null;
  const issued = { case: row, issuerUnitId, issuedOn: today, actor };
  if (ruling.disposition === 'NO_LONGER_ACCEPTED') {
    const [final] = await select<{ on: string }>(tx, "SELECT ended_on AS `on` FROM case_ends WHERE case_id = ? AND active_kind = 'TERMINATED'", [row.id]);
    return papers.issue(tx, { ...issued, kind: 'NO_LONGER_ACCEPTED', fields: { finalOn: final?.on ?? today, basis: ruling.basis } });
  }
  const [handler] = await select<{ name: string }>(tx, 'SELECT name FROM known_units WHERE id = ?', [row.leadUnitId]);
  return papers.issue(tx, {
    ...issued, kind: 'NOT_ACCEPTED', fields: { reason: '该事项已经受理，正在规定期限内办理。', basis: ruling.basis, handledBy: handler?.name ?? '', handledUntil: '' },
  });
}
