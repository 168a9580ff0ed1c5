import { addDays } from '@anjie/calendar';
import type { DataSource, EntityManager } from 'typeorm';
import { AppError, caseIsSealed, type Refusal, refuse } from '@anjie/contracts';
import { audit, businessTime, insertRows, newId, runMutation, select, updateVersion, write, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { lockCase, standingInCase } from '../cases/case-repository';
import { publishScopes } from '../cases/scope-service';
import type { CaseMarkRefusalCode, SetDifficultyInput, SetProgressClassInput, SetUrgencyColourInput } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import { difficultyLevel, markFault, type CriterionFact } from '../rules/marks';
import { isPermitted } from '../rules/permissions';
import type { MarkKind } from './mark-repository';

type No = Refusal<CaseMarkRefusalCode>;
export type Marked = { markId: string; caseId: string };

const DAYS_TO_REVIEW = 366;
const NO: Readonly<Record<CaseMarkRefusalCode, No>> = {
  CASE_SEALED: caseIsSealed(),
  NOT_FOUND: refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.'),
  NOT_PERMITTED: refuse('NOT_PERMITTED', '只有联席办、责任单位、包案领导或专班成员可以标注。', 'Only the joint office, the lead unit, the sponsor or the task force may set marks.'),
  TEXT_LENGTH: refuse('TEXT_LENGTH', '理由须为5至500字，事实须为2至300字。', 'A reason has 5 to 500 characters, a fact 2 to 300.'),
  ABOUT_A_PERSON: refuse('ABOUT_A_PERSON', '标注说的是事项和单位，不是信访人。', 'A mark speaks of the matter and the unit, not of the person who petitions.', '《信访工作条例》第十八条'),
  REVIEW_OUT_OF_RANGE: refuse('REVIEW_OUT_OF_RANGE', '复看日期须晚于今天，且在一年之内。', 'The review must lie after today and within a year.'),
  CRITERIA_INVALID: refuse('CRITERIA_INVALID', '至少一项标准，且每项只列一次。', 'At least one criterion, each once.'),
};

type AnyMark = SetUrgencyColourInput | SetProgressClassInput | SetDifficultyInput;

interface NewMark {
  readonly kind: MarkKind;
  readonly value: string;
  readonly ground: string | null;
  readonly facts: readonly CriterionFact[] | null;
}

export function createMarkService({ db, outbox }: { db: DataSource; outbox: Outbox }) {
  const set = (operation: string, mark: NewMark, { input, actor }: { input: AnyMark; actor: Actor }) =>
    runMutation<Marked | No>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => place(tx, mark, { input, actor, outbox }) });
  return {
    setUrgencyColour: (input: SetUrgencyColourInput, actor: Actor) =>
      set('setUrgencyColour', { kind: 'URGENCY_COLOUR', value: input.colour, ground: input.ground, facts: null }, { input, actor }),
    setProgressClass: (input: SetProgressClassInput, actor: Actor) =>
      set('setProgressClass', { kind: 'PROGRESS_CLASS', value: input.progressClass, ground: null, facts: null }, { input, actor }),
    setDifficulty: (input: SetDifficultyInput, actor: Actor) =>
      set('setDifficulty', { kind: 'DIFFICULTY', value: String(difficultyLevel(input.facts)), ground: null, facts: input.facts }, { input, actor }),
  };
}

async function place(tx: EntityManager, mark: NewMark, { input, actor, outbox }: { input: AnyMark; actor: Actor; outbox: Outbox }): Promise<Marked | No> {
  const row = await lockCase(tx, actor.viewer, input.caseId);
  if (!row) return NO.NOT_FOUND;
  if (!isPermitted('PLAN', await standingInCase(tx, actor.viewer, row.id))) return NO.NOT_PERMITTED;
  const { today } = await businessTime(tx);
  const fault = markFault({ ...input, ...(mark.facts ? { criteria: mark.facts } : {}) }, { today, latest: addDays(today, DAYS_TO_REVIEW) });
  if (fault) return NO[fault];
  const isOurs = Number(row.version) === input.expectedVersion && (await updateVersion(tx, 'cases', { id: row.id, version: input.expectedVersion, set: { status: row.status } }));
  if (!isOurs) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  await write(tx, 'UPDATE case_marks SET active_case_id = NULL, replaced_on = ? WHERE active_case_id = ? AND kind = ?', [today, row.id, mark.kind]);
  const [last] = await select<{ n: number }>(tx, 'SELECT COALESCE(MAX(seq), 0) AS n FROM case_marks WHERE case_id = ?', [row.id]);
  const id = newId();
  await insertRows(tx, 'case_marks', [{
    id, case_id: row.id, seq: Number(last?.n ?? 0) + 1, active_case_id: row.id, kind: mark.kind, value: mark.value, ground: mark.ground, reason: input.reason.trim(), marked_on: today,
    criteria: mark.facts && JSON.stringify(mark.facts.map(({ criterion, fact }) => ({ criterion, fact: fact.trim() }))), marked_by: actor.viewer.subject,
    review_on: input.reviewOn, replaced_on: null,
  }]);
  const detail = { markId: id, kind: mark.kind, value: mark.value, ground: mark.ground };
  await audit(tx, actor, { action: 'CASE_MARKED', subjectType: 'CaseMark', subjectId: id, caseId: row.id, detail });
  await recordEvent(tx, actor, { caseId: row.id, action: 'CASE_MARKED', ground: input.reason.trim(), detail });
  // officials looks for the sponsors of hard cases
  if (mark.kind === 'DIFFICULTY') await publishScopes(tx, outbox, { caseIds: [row.id], requestId: actor.requestId });
  return { markId: id, caseId: row.id };
}
