import { publishedCalendar } from '@anjie/calendar';
import { officeRules } from '@anjie/service-kit/runtime';
import { isRefusal } from '@anjie/contracts';
import { CHECKLIST, CHECKLIST_CODES, REASON_CODES, type ChecklistCode, type ReasonCode } from './close-checklist';
import {
  canAct, decisionOn, examinationObjection, reasonsOf, rectificationDue,
  type CloseReviewState, type DecisionWish, type Examination, type Examined, type FileFacts, type Finding, type FindingValue,
} from './close-review';

const sources = { rules: officeRules(), calendar: publishedCalendar() };
const file = (part: Partial<FileFacts> = {}): FileFacts => ({ track: 'SUBSTANTIVE', proposedEnd: 'RESOLVED', hasAbsentMaterial: false, ...part });
const findings = (part: Partial<Record<ChecklistCode, FindingValue>> = {}): Finding[] =>
  CHECKLIST_CODES.map((item) => ({ item, finding: part[item] ?? 'MET', note: part[item] === 'NOT_MET' ? '见材料' : null }));
const exam = (part: Partial<Examination> = {}): Examination => ({ findings: findings(), proposal: 'PASS', ...part });

describe('the checklist is data', () => {
  test('each item once, each with words in two languages, a basis and a reason of its own', () => {
    expect(CHECKLIST.map((item) => item.code)).toEqual([...CHECKLIST_CODES]);
    expect(CHECKLIST.every((item) => item.zh && item.en && item.basis)).toBe(true);
    expect(CHECKLIST.map((item) => item.reason).sort()).toEqual(REASON_CODES.filter((code) => code !== 'OTHER').sort());
  });
  test('nothing on it asks the petitioner to be content, or to give anything up', () => {
    expect(CHECKLIST.map((item) => item.zh + item.en).join()).not.toMatch(/满意|息诉|罢访|content with|satisf/);
  });
  test.each(CHECKLIST.map((item) => [item.code, item.reason, item.basis] as const))('%s fails as %s (%s)', (item, reason) => {
    expect(reasonsOf({ findings: findings({ [item]: 'NOT_MET' }) })).toEqual([reason]);
  });
});

describe('states of a review: state × step', () => {
  const legal = new Set(['SUBMITTED EXAMINE', 'EXAMINED DECIDE']);
  const pairs = (['SUBMITTED', 'EXAMINED', 'PASSED', 'RETURNED'] as CloseReviewState[]).flatMap((state) => (['EXAMINE', 'DECIDE'] as const).map((step) => [state, step] as const));
  test.each(pairs)('%s %s', (state, step) => expect(canAct(state, step)).toBe(legal.has(`${state} ${step}`)));
});

describe('初审: what an examination must be', () => {
  test.each<[string, Partial<Examination>, Partial<FileFacts>, string | undefined]>([
    ['everything met, proposed to pass', {}, {}, undefined],
    ['one not met, proposed to return', { findings: findings({ FACTS_CLEAR: 'NOT_MET' }), proposal: 'RETURN' }, {}, undefined],
    ['one not met, proposed to pass', { findings: findings({ FACTS_CLEAR: 'NOT_MET' }) }, {}, 'PROPOSAL_CONTRADICTS_FINDINGS'],
    ['everything met, proposed to return', { proposal: 'RETURN' }, {}, 'PROPOSAL_CONTRADICTS_FINDINGS'],
    ['another reason in words, proposed to return', { proposal: 'RETURN', otherReason: '文书用印不全' }, {}, undefined],
    ['another reason in words, proposed to pass', { otherReason: '文书用印不全' }, {}, 'PROPOSAL_CONTRADICTS_FINDINGS'],
    ['an item missing', { findings: findings().slice(1) }, {}, 'FINDINGS_INCOMPLETE'],
    ['an item twice', { findings: [...findings().slice(1), ...findings().slice(1, 2)] }, {}, 'FINDINGS_INCOMPLETE'],
    ['no execution owed', { findings: findings({ EXECUTION_DONE: 'NOT_APPLICABLE' }) }, {}, undefined],
    ['防止以程序性办结代替实际问题解决: the result cannot be inapplicable to a substantive file', { findings: findings({ ACTUAL_RESULT: 'NOT_APPLICABLE' }) }, {}, 'FINDING_NOT_APPLICABLE'],
    ['a procedural file has no result of its own', { findings: findings({ ACTUAL_RESULT: 'NOT_APPLICABLE' }) }, { track: 'PROCEDURAL', proposedEnd: 'ARCHIVED' }, undefined],
    ['防止以程序性办结代替实际问题解决: a procedural file as resolved', {}, { track: 'PROCEDURAL' }, 'PROCEDURE_IS_NO_RESULT'],
    ['the opinion cannot be inapplicable', { findings: findings({ LEADER_OPINION: 'NOT_APPLICABLE' }) }, {}, 'FINDING_NOT_APPLICABLE'],
    ['not met, without a note', { findings: findings({ FACTS_CLEAR: 'NOT_MET' }).map((one) => ({ ...one, note: ' ' })), proposal: 'RETURN' }, {}, 'NOTE_REQUIRED'],
    ['complete though something is absent, without a note', {}, { hasAbsentMaterial: true }, 'NOTE_REQUIRED'],
    ['complete though something is absent, with its reason', { findings: findings().map((one) => ({ ...one, note: '听证未举行' })) }, { hasAbsentMaterial: true }, undefined],
    ['a control character', { note: 'a\u0000b' }, {}, 'TEXT_NOT_ACCEPTABLE'],
    ['4,001 characters', { note: '字'.repeat(4001) }, {}, 'TEXT_NOT_ACCEPTABLE'],
    ['4,000 characters outside the BMP', { note: '𠮷'.repeat(4000) }, {}, undefined],
  ])('%s', (_sentence, made, what, code) => {
    expect(examinationObjection(file(what), exam(made))?.code).toBe(code);
  });
  test('grounds come in the order of the checklist, other ones last', () => {
    expect(reasonsOf({ findings: findings({ DELIVERY_PROVED: 'NOT_MET', LEADER_OPINION: 'NOT_MET' }), otherReason: '其他' })).toEqual(['OPINION_MISSING', 'DELIVERY_UNPROVED', 'OTHER']);
  });
});

describe('复核: proposal × verdict', () => {
  const examined = (proposal: 'PASS' | 'RETURN', reasonCodes: ReasonCode[] = [], part: Partial<FileFacts> = {}): Examined => ({ ...file(part), proposal, reasonCodes });
  test.each<[string, Examined, DecisionWish, unknown]>([
    ['a pass confirmed', examined('PASS'), { verdict: 'CONFIRM' }, { decision: 'PASSED', isOverruled: false, reasonCodes: [] }],
    ['a return confirmed', examined('RETURN', ['CLAIM_UNANSWERED']), { verdict: 'CONFIRM' }, { decision: 'RETURNED', isOverruled: false, reasonCodes: ['CLAIM_UNANSWERED'] }],
    ['a return confirmed with one ground more', examined('RETURN', ['CLAIM_UNANSWERED']), { verdict: 'CONFIRM', reasonCodes: ['OPINION_MISSING'] }, { reasonCodes: ['OPINION_MISSING', 'CLAIM_UNANSWERED'] }],
    ['a pass overruled', examined('PASS'), { verdict: 'OVERRULE', reason: '只有过程', reasonCodes: ['PROCESS_REPORTED_AS_RESULT'] }, { decision: 'RETURNED', isOverruled: true, reasonCodes: ['PROCESS_REPORTED_AS_RESULT'] }],
    ['a pass overruled without words', examined('PASS'), { verdict: 'OVERRULE', reasonCodes: ['PROCESS_REPORTED_AS_RESULT'] }, { code: 'REASON_REQUIRED' }],
    ['a pass overruled without a ground', examined('PASS'), { verdict: 'OVERRULE', reason: '只有过程' }, { code: 'REASON_REQUIRED' }],
    ['OTHER without words', examined('PASS'), { verdict: 'OVERRULE', reason: '理由', reasonCodes: ['OTHER'] }, { code: 'REASON_REQUIRED' }],
    ['OTHER by its words', examined('PASS'), { verdict: 'OVERRULE', reason: '理由', otherReason: '印章不全' }, { reasonCodes: ['OTHER'] }],
    ['a return overruled', examined('RETURN', ['MATERIAL_MISSING']), { verdict: 'OVERRULE', reason: '材料已核对' }, { decision: 'PASSED', isOverruled: true, reasonCodes: [] }],
    ['a pass with grounds to return', examined('PASS'), { verdict: 'CONFIRM', reasonCodes: ['FACTS_UNCLEAR'] }, { code: 'PROPOSAL_CONTRADICTS_FINDINGS' }],
    ['a pass with a date to rectify', examined('PASS'), { verdict: 'CONFIRM', rectifyBy: '2025-10-01' }, { code: 'RECTIFY_DATE_NOT_ACCEPTABLE' }],
    ['第三十五条: a demanded promise is never passed', examined('RETURN', ['UNDERTAKING_DEMANDED']), { verdict: 'OVERRULE', reason: '可以' }, { code: 'UNDERTAKING_BARS_PASSING' }],
    ['防止以程序性办结代替实际问题解决: procedure is never passed as resolved', examined('RETURN', ['FACTS_UNCLEAR'], { track: 'PROCEDURAL' }), { verdict: 'OVERRULE', reason: '可以' }, { code: 'PROCEDURE_IS_NO_RESULT' }],
    ['a reason with control characters', examined('PASS'), { verdict: 'CONFIRM', reason: '\u0001' }, { code: 'TEXT_NOT_ACCEPTABLE' }],
  ])('%s', (_sentence, what, wish, expected) => {
    expect(decisionOn(what, wish)).toMatchObject(expected as object);
  });
});

describe('退回整改, practice: the date that the return names', () => {
  const due = (rectifyBy: string | null) => rectificationDue({ decidedOn: '2025-09-26', rectifyBy, jurisdictionCode: '640104' }, sources);
  test('is taken as it is, a holiday too', () => expect(due('2025-10-01')).toMatchObject({ due: { dueEffective: '2025-10-01', ruleCode: 'RECTIFICATION' } }));
  test.each([null, '2025-09-26', '2025-01-01', '2027-01-01'])('%s is refused', (rectifyBy) => expect(isRefusal(due(rectifyBy))).toBe(true));
});
