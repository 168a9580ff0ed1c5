import type { DataSource, EntityManager } from 'typeorm';
import { hasRole, scopeColumns, visibleCases } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import { audit, businessTime, insertRows, isId, newId, runMutation, selectIn, updateVersion, write, type Actor } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import type { LinkDecisionCasesInput, RecordDecisionReviewInput, SettleDecisionMeasureInput } from '../generated/graphql';
import { isFitText } from '../rules/bulletin-lifecycle';
import { isOfDivisionOrAbove } from '../rules/close-reviewers';
import { decisionObjection, decisionReviewRefusals, mayReviewDecision, type DecisionReviewRefusal } from '../rules/decision-reviews';
import { isOfUnit } from '../unit-facts';
import { measuresOf, visibleDecisionReviews, type DecisionReviewRow } from './decision-review-repository';

export type DecisionReviewAnswer = { readonly decisionReviewId: string } | DecisionReviewRefusal;

/** Reviews of important decisions: recorded with their measures, linked later to the cases that came of the decision. */
export function createDecisionReviewService({ db }: { db: DataSource }) {
  const mutation =
    <Input extends { idempotencyKey: string }>(operation: string, work: (tx: EntityManager, input: Input, actor: Actor) => Promise<DecisionReviewAnswer>) =>
    (input: Input, actor: Actor): Promise<DecisionReviewAnswer> =>
      runMutation<DecisionReviewAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, actor) });
  return {
    record: mutation('recordDecisionReview', record),
    settle: mutation('settleDecisionMeasure', settle),
    link: mutation('linkDecisionCases', link),
  };
}
export type DecisionReviewService = ReturnType<typeof createDecisionReviewService>;

const MOST_MEASURES = 20;
const MOST_CASES = 100;

const mayRecord = async (tx: EntityManager, { viewer }: Actor, { divisionCode, unitId }: Pick<DecisionReviewRow, 'divisionCode' | 'unitId'>): Promise<boolean> =>
  mayReviewDecision(viewer, { overseesDivision: isOfDivisionOrAbove(viewer, divisionCode), isOfUnit: await isOfUnit(tx, viewer, unitId) });

async function record(tx: EntityManager, input: RecordDecisionReviewInput, actor: Actor): Promise<DecisionReviewAnswer> {
  const { viewer } = actor;
  const unit = isId(input.unitId) ? await knownUnit(tx, input.unitId) : undefined;
  if (!unit) return decisionReviewRefusals.unitUnknown();
  if (!viewer.unitId || !(await mayRecord(tx, actor, { divisionCode: unit.divisionCode, unitId: unit.id }))) return decisionReviewRefusals.notPermitted();
  const measures = input.measures ?? [];
  if (measures.length > MOST_MEASURES) throw new AppError('BAD_USER_INPUT', { field: 'measures', rule: `at most ${MOST_MEASURES}` });
  const { today } = await businessTime(tx);
  const objection = decisionObjection({ ...input, measures, decidedOn: input.decidedOn ?? null }, today);
  if (objection) return objection;
  for (const { unitId } of measures) if (!isId(unitId) || !(await knownUnit(tx, unitId))) return decisionReviewRefusals.unitUnknown();
  const id = newId();
  await insertRows(tx, 'decision_reviews', [{
    id, title: input.title.trim(), subject: input.subject.trim(), unit_id: unit.id, division_code: unit.divisionCode, decided_on: input.decidedOn ?? null, opinion: input.opinion,
    opinion_words: input.opinionText.trim(), reviewed_on: today, reviewer_unit_id: viewer.unitId, recorded_by: viewer.subject, version: 1,
  }]);
  await insertRows(tx, 'decision_measures', measures.map((measure, ordinal) => ({
    id: newId(), decision_review_id: id, ordinal, title: measure.title.trim(), unit_id: measure.unitId, due_on: measure.dueOn,
  })));
  await audit(tx, actor, { action: 'decisionReview.recorded', subjectType: 'DecisionReview', subjectId: id, detail: { unitId: unit.id, opinion: input.opinion, measures: measures.length } });
  return { decisionReviewId: id };
}

async function seenRow(tx: EntityManager, { decisionReviewId, expectedVersion }: { decisionReviewId: string; expectedVersion: number }, actor: Actor): Promise<DecisionReviewRow | DecisionReviewRefusal> {
  const row = isId(decisionReviewId) ? (await visibleDecisionReviews(tx, actor.viewer, [decisionReviewId]))[0] : undefined;
  if (!row) return decisionReviewRefusals.notFound();
  if (row.version !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  return row;
}

async function bump(tx: EntityManager, row: DecisionReviewRow): Promise<void> {
  if (!(await updateVersion(tx, 'decision_reviews', { id: row.id, version: row.version, set: { opinion: row.opinion } }))) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
}

async function settle(tx: EntityManager, input: SettleDecisionMeasureInput, actor: Actor): Promise<DecisionReviewAnswer> {
  const row = await seenRow(tx, input, actor);
  if ('refused' in row) return row;
  const measure = (await measuresOf(tx, [row.id])).find(({ id }) => id === input.measureId.toLowerCase());
  if (!measure) return decisionReviewRefusals.notFound();
  const isItsUnit = hasRole(actor.viewer, 'UNIT_HANDLER') && (await isOfUnit(tx, actor.viewer, measure.unitId));
  if (!isItsUnit && !(await mayRecord(tx, actor, row))) return decisionReviewRefusals.notPermitted();
  if (measure.doneOn !== null) return decisionReviewRefusals.wrongState();
  if (!isFitText(input.evidence, 1_000)) return decisionReviewRefusals.badText();
  const { today } = await businessTime(tx);
  await write(tx, 'UPDATE decision_measures SET done_on = ?, evidence = ? WHERE id = ?', [today, input.evidence.trim(), measure.id]);
  await bump(tx, row);
  await audit(tx, actor, { action: 'decisionReview.measureDone', subjectType: 'DecisionReview', subjectId: row.id, detail: { measureId: measure.id } });
  return { decisionReviewId: row.id };
}

async function link(tx: EntityManager, input: LinkDecisionCasesInput, actor: Actor): Promise<DecisionReviewAnswer> {
  const row = await seenRow(tx, input, actor);
  if ('refused' in row) return row;
  if (!(await mayRecord(tx, actor, row))) return decisionReviewRefusals.notPermitted();
  const [add, remove] = [input.add ?? [], input.remove ?? []].map((ids) => [...new Set(ids.map((id) => id.toLowerCase()))]);
  if (!add || !remove || add.length + remove.length === 0 || Math.max(add.length, remove.length) > MOST_CASES) throw new AppError('BAD_USER_INPUT', { field: 'add', rule: `1-${MOST_CASES}` });
  const seen = visibleCases(actor.viewer, scopeColumns('s'));
  const scopes = await selectIn<{ isSealed: number }>(tx, `SELECT s.is_sealed AS isSealed FROM case_scopes s WHERE s.case_id IN (?) AND (${seen.sql})`, add.filter(isId), seen.params);
  if (scopes.length !== add.length) return decisionReviewRefusals.notFound();
  if (scopes.some(({ isSealed }) => Number(isSealed) === 1)) return decisionReviewRefusals.sealed();
  const { today } = await businessTime(tx);
  if (add.length > 0) {
    await write(tx, 'INSERT INTO decision_cases (decision_review_id, case_id, linked_by, linked_on) VALUES ? ON DUPLICATE KEY UPDATE linked_on = linked_on', [add.map((caseId) => [row.id, caseId, actor.viewer.subject, today])]);
  }
  const taken = remove.filter(isId);
  if (taken.length > 0) await write(tx, 'DELETE FROM decision_cases WHERE decision_review_id = ? AND case_id IN (?)', [row.id, taken]);
  await bump(tx, row);
  await audit(tx, actor, { action: 'decisionReview.casesLinked', subjectType: 'DecisionReview', subjectId: row.id, detail: { added: add, removed: remove } });
  return { decisionReviewId: row.id };
}
