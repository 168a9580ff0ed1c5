import type { DataSource, EntityManager } from 'typeorm';
import { hasRole, type Viewer } from '@anjie/access';
import { AppError, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, isId, runMutation, updateVersion, type Actor, type Sql } from '@anjie/service-kit/database';
import type { DismissLadderSuggestionInput, LadderSuggestionRefusalCode } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { isOfDivisionOrAbove } from '../rules/close-reviewers';
import { ladderStanding, type RungStanding } from '../rules/ladder';
import { isPlainText } from '../rules/plain-text';
import { lettersAbout } from './ladder-facts';
import { hasPart, visibleSuggestions, type SuggestionRow } from './ladder-repository';

export type SuggestionAnswer = { readonly suggestionId: string } | Refusal<LadderSuggestionRefusalCode>;

export interface LadderView {
  readonly caseId: string;
  readonly unitId: string;
  readonly rungs: readonly RungStanding[];
}

/** How the ladder stands; null where the unit has no part in the case. The caller has asked whether the case is visible. */
export async function ladderOf(sql: Sql, { caseId, unitId, kinds }: { caseId: string; unitId: string; kinds: Kinds }): Promise<LadderView | null> {
  if (!(await hasPart(sql, caseId, unitId))) return null;
  const { today } = await businessTime(sql);
  return { caseId, unitId, rungs: ladderStanding(kinds.instruments.all, await lettersAbout(sql, { caseId, unitId }), today) };
}

const no = {
  notFound: () => refuse<LadderSuggestionRefusalCode>('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: () => refuse<LadderSuggestionRefusalCode>('NOT_PERMITTED', '由信访联席办处理。', 'A joint office decides on it.'),
  wrongState: () => refuse<LadderSuggestionRefusalCode>('WRONG_STATE', '该建议已处理。', 'The suggestion was settled.'),
  badText: () => refuse<LadderSuggestionRefusalCode>('TEXT_NOT_ACCEPTABLE', '理由不能为空、不超过1000字、不含控制字符。', 'The reason must not be empty, longer than 1,000 characters or hold control characters.'),
};

/** An office of the case's division or above: a part in a case of another county shows it and commands nothing. */
const isItsOffice = (viewer: Viewer, { divisionCode }: SuggestionRow): boolean =>
  viewer.kind === 'OFFICIAL' && viewer.unitId !== null && hasRole(viewer, 'JOINT_OFFICE') && isOfDivisionOrAbove(viewer, divisionCode);

export function createLadderService({ db }: { db: DataSource }) {
  const dismiss = async (tx: EntityManager, input: DismissLadderSuggestionInput, actor: Actor): Promise<SuggestionAnswer> => {
    const [row] = isId(input.suggestionId) ? await visibleSuggestions(tx, actor.viewer, [input.suggestionId]) : [];
    if (!row) return no.notFound();
    if (!isItsOffice(actor.viewer, row)) return no.notPermitted();
    if (row.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
    if (row.state !== 'OPEN') return no.wrongState();
    if (!isPlainText(input.reason, { most: 1_000 })) return no.badText();
    const { today } = await businessTime(tx);
    const set = { state: 'DISMISSED', reason: input.reason.trim(), settled_on: today, settled_by: actor.viewer.subject };
    if (!(await updateVersion(tx, 'ladder_suggestions', { id: row.id, version: row.version, set }))) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
    await audit(tx, actor, { action: 'ladderSuggestion.dismissed', subjectType: 'LadderSuggestion', subjectId: row.id, caseId: row.caseId, detail: { unitId: row.unitId, rung: row.rung } });
    return { suggestionId: row.id };
  };
  return {
    dismiss: (input: DismissLadderSuggestionInput, actor: Actor): Promise<SuggestionAnswer> =>
      runMutation<SuggestionAnswer>(db, { actor, operation: 'dismissLadderSuggestion', key: input.idempotencyKey, input, work: (tx) => dismiss(tx, input, actor) }),
  };
}
export type LadderService = ReturnType<typeof createLadderService>;
