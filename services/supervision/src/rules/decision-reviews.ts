import { hasRole, type Viewer } from '@anjie/access';
import type { LocalDate } from '@anjie/calendar';
import { caseIsSealed, refuse, type Refusal } from '@anjie/contracts';
import { isFitText } from './bulletin-lifecycle';

export type DecisionOpinion = 'PROCEED' | 'PROCEED_WITH_MEASURES' | 'POSTPONE' | 'DO_NOT_PROCEED';
export type DecisionReviewRefusalCode = 'NOT_FOUND' | 'NOT_PERMITTED' | 'UNIT_UNKNOWN' | 'MEASURES_MISSING' | 'DAY_NOT_FIT' | 'WRONG_STATE' | 'TEXT_NOT_ACCEPTABLE' | 'CASE_SEALED';
export type DecisionReviewRefusal = Refusal<DecisionReviewRefusalCode>;

export const decisionReviewRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: () => refuse('NOT_PERMITTED', '重大决策评估由本辖区联席办或决策单位登记。', 'A joint office of the division or the deciding unit records it.'),
  unitUnknown: () => refuse('UNIT_UNKNOWN', '没有此单位，或已停用。', 'There is no such open unit.'),
  measuresMissing: () => refuse('MEASURES_MISSING', '结论为采取措施后实施的，须列明措施。', 'What proceeds with measures names them.'),
  dayNotFit: () => refuse('DAY_NOT_FIT', '日期不符。', 'The day does not fit.'),
  wrongState: () => refuse('WRONG_STATE', '该措施已落实。', 'The measure is done.'),
  badText: () => refuse('TEXT_NOT_ACCEPTABLE', '文字不能为空、过长、含控制字符，或含有不得记录的表述。', 'The text is empty, too long, has control characters, or words of what is never kept about people.'),
  sealed: () => caseIsSealed(),
} satisfies Record<string, () => DecisionReviewRefusal>;

export const mayReviewDecision = (viewer: Viewer, { overseesDivision, isOfUnit }: { overseesDivision: boolean; isOfUnit: boolean }): boolean =>
  viewer.kind === 'OFFICIAL' && viewer.unitId !== null && ((hasRole(viewer, 'JOINT_OFFICE') && overseesDivision) || (hasRole(viewer, 'UNIT_HANDLER') && isOfUnit));

export interface DecisionFacts {
  readonly title: string;
  readonly subject: string;
  readonly opinion: DecisionOpinion;
  readonly opinionText: string;
  readonly decidedOn: LocalDate | null;
  readonly measures: readonly { readonly title: string; readonly dueOn: LocalDate }[];
}

export function decisionObjection({ title, subject, opinion, opinionText, decidedOn, measures }: DecisionFacts, today: LocalDate): DecisionReviewRefusal | null {
  const isFit = isFitText(title, 200) && isFitText(subject, 1_000) && isFitText(opinionText, 2_000) && measures.every((measure) => isFitText(measure.title, 500));
  if (!isFit) return decisionReviewRefusals.badText();
  if (opinion === 'PROCEED_WITH_MEASURES' && measures.length === 0) return decisionReviewRefusals.measuresMissing();
  return (decidedOn !== null && decidedOn > today) || measures.some(({ dueOn }) => dueOn < today) ? decisionReviewRefusals.dayNotFit() : null;
}
