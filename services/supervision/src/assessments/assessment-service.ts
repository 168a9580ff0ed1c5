import type { DataSource, EntityManager } from 'typeorm';
import { addDays } from '@anjie/calendar';
import { AppError, DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { audit, businessTime, insertRows, isDuplicate, isId, newId, runMutation, updateVersion, write, type Actor } from '@anjie/service-kit/database';
import type { CommentOnAssessmentInput, ComputeAssessmentInput, PublishAssessmentInput, RecordCommendationInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { countReport } from '../reports/count-report';
import { assessmentRefusals, mayAssess, scoreOf, totalOf, yearUpTo, type AssessmentRefusal } from '../rules/assessment-rules';
import { isFitText } from '../rules/bulletin-lifecycle';
import { isOfDivisionOrAbove } from '../rules/close-reviewers';
import { textOrNull } from '../rules/plain-text';
import type { Counted, FigureCode } from '../rules/report-figures';
import { isOfUnit } from '../unit-facts';
import { hasRole } from '@anjie/access';
import { lastRevision, visibleAssessments, visibleResults } from './assessment-repository';
import type { AssessmentScheme } from './assessment-scheme';
import { commend, type CommendationReply } from './commendation';

export type AssessmentReply = { readonly assessmentId: string } | AssessmentRefusal;

/** The yearly assessment: computed by rule, commented on by units, published with every input; and commendations. */
export function createAssessmentService({ db, kinds }: { db: DataSource; kinds: Kinds }) {
  const mutation =
    <Input extends { idempotencyKey: string }>(operation: string, work: (tx: EntityManager, input: Input, by: By) => Promise<AssessmentReply>) =>
    (input: Input, actor: Actor): Promise<AssessmentReply> =>
      runMutation<AssessmentReply>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, { actor, kinds }) });
  return {
    compute: mutation('computeAssessment', compute),
    comment: mutation('commentOnAssessment', comment),
    publish: mutation('publishAssessment', publish),
    commend: (input: RecordCommendationInput, actor: Actor): Promise<CommendationReply> =>
      runMutation<CommendationReply>(db, { actor, operation: 'recordCommendation', key: input.idempotencyKey, input, work: (tx) => commend(tx, input, actor) }),
  };
}
export type AssessmentService = ReturnType<typeof createAssessmentService>;

interface By {
  readonly actor: Actor;
  readonly kinds: Kinds;
}

async function compute(tx: EntityManager, input: ComputeAssessmentInput, { actor, kinds }: By): Promise<AssessmentReply> {
  const { viewer } = actor;
  if (!mayAssess(viewer) || !viewer.unitId) return assessmentRefusals.notPermitted();
  const scheme = kinds.assessmentSchemes.usable(input.scheme);
  if (!scheme) return assessmentRefusals.schemeUnknown();
  if (!DIVISION_CODE.test(input.divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  if (!isOfDivisionOrAbove(viewer, input.divisionCode)) return assessmentRefusals.outsideDivision();
  const { today } = await businessTime(tx);
  if (input.year < 2000 || input.year > Number(today.slice(0, 4))) return assessmentRefusals.yearNotFit();
  const revision = (await lastRevision(tx, input)) + 1;
  const period = yearUpTo(input.year, today);
  const id = newId();
  // a version that is open for comments gives way; a published one stands until the next is published
  await write(tx, "UPDATE assessments SET state = 'SUPERSEDED', version = version + 1 WHERE scheme = ? AND division_code = ? AND assessed_year = ? AND state = 'COMPUTED'", [scheme.code, input.divisionCode, input.year]);
  await insertRows(tx, 'assessments', [{
    id, scheme: scheme.code, division_code: input.divisionCode, division_prefix: divisionPrefix(input.divisionCode), assessed_year: input.year, revision, as_of: period.to, state: 'COMPUTED',
    issuer_unit_id: viewer.unitId, computed_by: viewer.subject, computed_on: today, comment_until: addDays(today, scheme.commentDays), version: 1,
  }]).catch((error: unknown) => {
    // somebody computed the same year at the same moment
    throw isDuplicate(error) ? new AppError('CONFLICT') : error;
  });
  const units = await scoreUnits(tx, { id, scheme, scope: { divisionCode: input.divisionCode, campaignId: null, period } });
  await audit(tx, actor, { action: 'assessment.computed', subjectType: 'Assessment', subjectId: id, detail: { scheme: scheme.code, divisionCode: input.divisionCode, year: input.year, revision, asOf: period.to, units } });
  return { assessmentId: id };
}

interface Scoring {
  readonly id: string;
  readonly scheme: AssessmentScheme;
  readonly scope: Parameters<typeof countReport>[1];
}

/** Every open unit of the division in the fixed order, those without anything too. @returns how many */
async function scoreUnits(tx: EntityManager, { id, scheme, scope }: Scoring): Promise<number> {
  const { rows, cells } = await countReport(tx, scope);
  const byOrdinal = new Map<number, Map<FigureCode, Counted>>();
  for (const cell of cells.values()) byOrdinal.set(cell.ordinal, (byOrdinal.get(cell.ordinal) ?? new Map<FigureCode, Counted>()).set(cell.figure, cell));
  const scored = rows.flatMap(({ unitId, ordinal }) => {
    if (unitId === null) return [];
    const scores = scheme.items.map((item) => scoreOf(item, byOrdinal.get(ordinal) ?? new Map<FigureCode, Counted>()));
    return [{ resultId: newId(), unitId, ordinal, scores, total: totalOf(scheme.items, scores) }];
  });
  await insertRows(tx, 'assessment_results', scored.map(({ resultId, unitId, ordinal, total }) => ({ id: resultId, assessment_id: id, ordinal, unit_id: unitId, total, version: 1 })));
  await insertRows(tx, 'assessment_scores', scored.flatMap(({ resultId, scores }) => scores.map(({ item, value, base, score }) => ({ result_id: resultId, item_code: item, value, base, score }))));
  return scored.length;
}

async function comment(tx: EntityManager, input: CommentOnAssessmentInput, { actor }: By): Promise<AssessmentReply> {
  const [result] = isId(input.resultId) ? await visibleResults(tx, actor.viewer, [input.resultId]) : [];
  const [assessment] = result ? await visibleAssessments(tx, actor.viewer, [result.assessmentId]) : [];
  if (!result || !assessment) return assessmentRefusals.notFound();
  if (!hasRole(actor.viewer, 'UNIT_HANDLER') || !(await isOfUnit(tx, actor.viewer, result.unitId))) return assessmentRefusals.notPermitted();
  if (assessment.state !== 'COMPUTED') return assessmentRefusals.wrongState();
  if (!isFitText(input.comment, 2_000)) return assessmentRefusals.badText();
  const { today } = await businessTime(tx);
  const set = { comment: input.comment.trim(), commented_by: actor.viewer.subject, commented_on: today };
  if (result.version !== input.expectedVersion || !(await updateVersion(tx, 'assessment_results', { id: result.id, version: input.expectedVersion, set }))) throw new AppError('CONFLICT', { currentVersion: result.version });
  await audit(tx, actor, { action: 'assessment.commented', subjectType: 'Assessment', subjectId: assessment.id, detail: { unitId: result.unitId } });
  return { assessmentId: assessment.id };
}

async function publish(tx: EntityManager, input: PublishAssessmentInput, { actor }: By): Promise<AssessmentReply> {
  const [row] = isId(input.assessmentId) ? await visibleAssessments(tx, actor.viewer, [input.assessmentId]) : [];
  if (!row) return assessmentRefusals.notFound();
  if (!mayAssess(actor.viewer)) return assessmentRefusals.notPermitted();
  if (!isOfDivisionOrAbove(actor.viewer, row.issuerDivisionCode)) return assessmentRefusals.outsideDivision();
  if (row.state !== 'COMPUTED') return assessmentRefusals.wrongState();
  const { today } = await businessTime(tx);
  if (today <= row.commentUntil) return assessmentRefusals.commentsOpen();
  const remark = textOrNull(input.remark);
  if (remark !== null && !isFitText(remark, 2_000)) return assessmentRefusals.badText();
  if (row.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  await write(tx, "UPDATE assessments SET state = 'SUPERSEDED', version = version + 1 WHERE scheme = ? AND division_code = ? AND assessed_year = ? AND state = 'PUBLISHED'", [row.schemeCode, row.divisionCode, row.year]);
  const set = { state: 'PUBLISHED', published_by: actor.viewer.subject, published_on: today, remark };
  if (!(await updateVersion(tx, 'assessments', { id: row.id, version: row.version, set }))) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
  await audit(tx, actor, { action: 'assessment.published', subjectType: 'Assessment', subjectId: row.id, detail: { scheme: row.schemeCode, year: row.year, revision: row.revision } });
  return { assessmentId: row.id };
}
