import type { EntityManager } from 'typeorm';
import { audit, businessTime, select, write, type Actor, type Sql } from '@anjie/service-kit/database';
import type { InstrumentKind, LetterDraft } from '../rules/instruments';
import { optionOf, type LadderLetter } from '../rules/ladder';
import { letterRefusals as no, type LetterRefusal } from '../rules/letter-refusals';

interface StoredLetter extends Omit<LadderLetter, 'hasProgress'> {
  readonly hasProgress: number | null;
}

export const asLadderLetter = <Stored extends StoredLetter>(row: Stored): LadderLetter => ({ ...row, hasProgress: row.hasProgress === null ? null : Number(row.hasProgress) === 1 });

export const LADDER_COLUMNS = 'l.kind, l.state, l.issued_on AS issuedOn, l.reply_due_on AS replyDueOn, l.has_progress AS hasProgress';

/** What has gone out about the unit in this case; without a case, what has gone out about it without one. */
export const lettersAbout = async (sql: Sql, { caseId, unitId }: { caseId: string | null; unitId: string }): Promise<LadderLetter[]> =>
  (await select<StoredLetter>(sql, `SELECT ${LADDER_COLUMNS} FROM supervision_letters l WHERE l.about_unit_id = ? AND l.case_id <=> ? AND l.issued_on IS NOT NULL`, [unitId, caseId])).map(asLadderLetter);

/** Why a rung is not open yet for this unit in this case; null for kinds that are on no ladder. */
export async function rungObjectionOf(tx: Sql, kind: InstrumentKind, about: { caseId: string | null; unitId: string | null }): Promise<LetterRefusal | null> {
  if (kind.after.length === 0) return null;
  const { today } = await businessTime(tx);
  const letters = about.unitId === null ? [] : await lettersAbout(tx, { caseId: about.caseId, unitId: about.unitId });
  const { isOpen, preconditions } = optionOf(kind, letters, today);
  if (isOpen) return null;
  const [nearest] = preconditions.toSorted((a, b) => a.needed - a.found - (b.needed - b.found));
  return no.rungNotOpen(nearest?.needed ?? 1, nearest?.found ?? 0);
}

export const rungObjection = (tx: Sql, kind: InstrumentKind, { caseId, aboutUnitId }: LetterDraft): Promise<LetterRefusal | null> =>
  rungObjectionOf(tx, kind, { caseId, unitId: aboutUnitId });

/** A letter of the rung was written: the suggestion, if there is one that waits, is taken up. */
export async function takeSuggestion(tx: EntityManager, { caseId, unitId, rung, actor }: { caseId: string; unitId: string; rung: number; actor: Actor }): Promise<void> {
  if (rung === 0) return;
  const [waiting] = await select<{ id: string }>(tx, "SELECT id FROM ladder_suggestions WHERE case_id = ? AND unit_id = ? AND rung = ? AND state = 'OPEN' FOR UPDATE", [caseId, unitId, rung]);
  if (!waiting) return;
  const { today } = await businessTime(tx);
  await write(tx, "UPDATE ladder_suggestions SET state = 'TAKEN', settled_on = ?, settled_by = ?, version = version + 1 WHERE id = ?", [today, actor.viewer.subject, waiting.id]);
  await audit(tx, actor, { action: 'ladderSuggestion.taken', subjectType: 'LadderSuggestion', subjectId: waiting.id, caseId, detail: { unitId, rung } });
}
