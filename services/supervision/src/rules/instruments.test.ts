import { openKinds } from '../kinds';
import { ACCOUNTABILITY_GROUNDS, groundBasis, type AccountabilityGround } from './accountability';
import { approverObjection, draftObjection, feedbackObjection, needsApproval, objectionJudgeObjection, type LetterDraft } from './instruments';

const { instruments } = openKinds();
const draft = (part: Partial<LetterDraft> = {}): LetterDraft => ({
  caseId: 'case', ground: 'DELAY', body: '请说明。', toOfficialId: null, aboutUnitId: 'unit', evidence: null, accountabilityGrounds: [], replyDueOn: null, approverUnitId: null, asCommissioner: false, ...part,
});
const codeOf = (kind: string, part: Partial<LetterDraft> = {}) => draftObjection(instruments.of(kind), draft(part))?.code ?? 'FINE';
const viewer = (part: object = {}) => ({ kind: 'OFFICIAL', subject: 'me', unitId: 'office', divisionCode: '640104', roles: ['JOINT_OFFICE'], locale: 'en', ...part }) as never;

test('the shipped book has the instruments that the documents name · rows 120, 121, 122, 123', () => {
  expect(instruments.all.map(({ code }) => code)).toEqual([
    'URGE_NOTE', 'SUPERVISION_LETTER', 'SUPERVISION_OPINION', 'SUGGESTION_LETTER', 'IMPROVEMENT_SUGGESTION', 'POLICY_SUGGESTION', 'LIABILITY_SUGGESTION', 'RECTIFICATION_ORDER',
    'LISTING_DECISION', 'PHONE_REMINDER', 'CIRCULAR', 'INTERVIEW_NOTICE', 'DISCIPLINE_INTERVIEW', 'ACCOUNTABILITY_SUGGESTION',
  ]);
});

test('from the circular on nothing goes out by one person alone, and from the interview on not without evidence and an article · rows 121, 128', () => {
  for (const kind of instruments.all.filter(({ rung }) => rung >= 2)) expect([kind.code, needsApproval(kind), kind.needsEvidence]).toEqual([kind.code, true, true]);
  for (const kind of instruments.all.filter(({ rung }) => rung >= 3)) expect([kind.code, kind.needsGround]).toEqual([kind.code, true]);
});

describe('what a kind asks for', () => {
  const evidence = '督查记录〔2022〕7号';
  const accountabilityGrounds: AccountabilityGround[] = ['SHIRKED_OR_LATE'];
  test.each<[string, string, Partial<LetterDraft>, string]>([
    ['a note that urges', 'URGE_NOTE', {}, 'FINE'],
    ['no words', 'URGE_NOTE', { body: ' ' }, 'TEXT_NOT_ACCEPTABLE'],
    ['no case', 'URGE_NOTE', { caseId: null }, 'CASE_MISSING'],
    ['第四十条: a suggestion to improve work needs no case', 'IMPROVEMENT_SUGGESTION', { caseId: null }, 'FINE'],
    ['to a person where the unit answers', 'URGE_NOTE', { toOfficialId: 'head' }, 'WRONG_ADDRESSEE'],
    ['a circular without evidence', 'CIRCULAR', {}, 'EVIDENCE_MISSING'],
    ['a circular with it', 'CIRCULAR', { evidence }, 'FINE'],
    ['an interview without its article', 'INTERVIEW_NOTICE', { evidence, toOfficialId: 'head' }, 'ACCOUNTABILITY_GROUND_MISSING'],
    ['an interview of nobody', 'INTERVIEW_NOTICE', { evidence, accountabilityGrounds }, 'WRONG_ADDRESSEE'],
    ['an interview', 'INTERVIEW_NOTICE', { evidence, accountabilityGrounds, toOfficialId: 'head' }, 'FINE'],
    ['the discipline organ is named', 'DISCIPLINE_INTERVIEW', { evidence, accountabilityGrounds, toOfficialId: 'head' }, 'APPROVER_MISSING'],
    ['a suggestion of accountability about nobody', 'ACCOUNTABILITY_SUGGESTION', { evidence, accountabilityGrounds, aboutUnitId: null }, 'WRONG_ADDRESSEE'],
    ['an order to rectify without its day', 'RECTIFICATION_ORDER', { evidence }, 'REPLY_DATE_NOT_ACCEPTABLE'],
    ['第十六条: a commissioner urges', 'URGE_NOTE', { asCommissioner: true }, 'FINE'],
    ['第十六条: a commissioner lists nothing', 'LISTING_DECISION', { asCommissioner: true, evidence, replyDueOn: '2030-01-01' }, 'NOT_FOR_COMMISSIONER'],
    ['early supervision of a first petition · row 135', 'SUPERVISION_LETTER', { ground: 'FIRST_PETITION' }, 'FINE'],
    ['a first petition is no step of the ladder · row 135', 'PHONE_REMINDER', { ground: 'FIRST_PETITION' }, 'FIRST_PETITION_IS_NO_RUNG'],
  ])('%s', (_sentence, kind, part, code) => {
    expect(codeOf(kind, part)).toBe(code);
  });
});

describe('who approves', () => {
  const facts = { draftedBy: 'writer', fromUnitId: 'office', divisionCode: '640104', isAskedOrgan: false };
  test.each<[string, string, object, object, string]>([
    ['another person of the office', 'CIRCULAR', {}, {}, 'FINE'],
    ['who wrote it', 'CIRCULAR', { subject: 'writer' }, {}, 'SAME_PERSON'],
    ['another office', 'CIRCULAR', { unitId: 'elsewhere' }, {}, 'NOT_PERMITTED'],
    ['the discipline organ that was asked', 'DISCIPLINE_INTERVIEW', { unitId: 'organ', roles: ['UNIT_HANDLER'] }, { isAskedOrgan: true }, 'FINE'],
    ['the office in its place', 'DISCIPLINE_INTERVIEW', {}, {}, 'NOT_PERMITTED'],
  ])('%s', (_sentence, kind, who, part, code) => {
    expect(approverObjection(viewer(who), instruments.of(kind), { ...facts, ...part })?.code ?? 'FINE').toBe(code);
  });
  test('an objection is decided by somebody who wrote, approved and objected nothing', () => {
    const judged = (involved: string[], who: object = {}) => objectionJudgeObjection(viewer(who), { involved, divisionCode: '640104' })?.code ?? 'FINE';
    expect([judged(['writer']), judged(['me']), judged([], { roles: ['UNIT_HANDLER'] }), judged([], { divisionCode: '640105' }), judged([], { divisionCode: '640100' })])
      .toEqual(['FINE', 'SAME_PERSON', 'NOT_PERMITTED', 'NOT_PERMITTED', 'FINE']);
  });
});

test.each<[string, Parameters<typeof feedbackObjection>[1], string]>([
  ['SUPERVISION_LETTER', { adoption: null, adoptionReason: null }, 'FINE'],
  ['SUPERVISION_LETTER', { adoption: 'ADOPTED', adoptionReason: null }, 'WRONG_FEEDBACK'],
  ['IMPROVEMENT_SUGGESTION', { adoption: null, adoptionReason: null }, 'WRONG_FEEDBACK'],
  ['IMPROVEMENT_SUGGESTION', { adoption: 'ADOPTED', adoptionReason: null }, 'FINE'],
  ['IMPROVEMENT_SUGGESTION', { adoption: 'NOT_ADOPTED', adoptionReason: null }, 'WRONG_FEEDBACK'],
  ['IMPROVEMENT_SUGGESTION', { adoption: 'PARTLY', adoptionReason: '经费尚未落实。' }, 'FINE'],
])('第四十条第四款, feedback on %s: %j', (kind, feedback, code) => {
  expect(feedbackObjection(instruments.of(kind), feedback)?.code ?? 'FINE').toBe(code);
});

test('every ground of accountability stands on an article of 第四十二条至第四十六条 · row 128', () => {
  for (const ground of Object.keys(ACCOUNTABILITY_GROUNDS) as AccountabilityGround[]) expect(groundBasis(ground)).toMatch(/^《信访工作条例》第四十[二三四五六]条(第[一二三四五六七]项)?$/);
});
