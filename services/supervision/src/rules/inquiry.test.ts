import type { Viewer } from '@anjie/access';
import {
  appealJudgeObjection, appealLine, conclusionObjection, findingObjection, inquirerObjection, isExempt, mayAppeal, mayReply, type ConclusionFacts, type ConclusionWish,
  type JudgedFinding, type Responsibility,
} from './inquiry';

const office: Viewer = { kind: 'OFFICIAL', subject: 'me', unitId: 'office', divisionCode: '640100', roles: ['JOINT_OFFICE'], locale: 'en' };
const facts = { divisionCode: '640104', conductingUnitId: 'office', isOfTracedUnit: false, hasPartInCase: false };

describe('第二十八条: who inquires, and who decides the appeal · row 127', () => {
  test.each<[string, Partial<Viewer>, Partial<typeof facts>, string | undefined]>([
    ['the office that ordered it', {}, {}, undefined],
    ['another office', { unitId: 'other' }, {}, 'NOT_PERMITTED'],
    ['a handler', { roles: ['UNIT_HANDLER'] }, {}, 'NOT_PERMITTED'],
    ['a person of the traced unit', {}, { isOfTracedUnit: true }, 'OF_TRACED_UNIT'],
    ['the sponsor', {}, { hasPartInCase: true }, 'PART_IN_CASE'],
    ['an office of another place', { divisionCode: '640200' }, {}, 'OUTSIDE_DIVISION'],
  ])('%s', (_sentence, who, what, code) => expect(inquirerObjection({ ...office, ...who }, { ...facts, ...what })?.code).toBe(code));

  const ofCity = { conductingDivisionCode: '640100', appealUnitId: 'above', appealDivisionCode: '640000' };
  const ofCounty = { conductingDivisionCode: '640104', appealUnitId: 'city', appealDivisionCode: '640100' };
  const ofTop = { conductingDivisionCode: '640000', appealUnitId: 'beside', appealDivisionCode: '640000' };
  const noneKnown = { conductingDivisionCode: '640000', appealUnitId: null, appealDivisionCode: null };
  const above = { unitId: 'above', divisionCode: '640000' };
  test.each<[string, Partial<Viewer>, object, string | undefined]>([
    ['another person of the office above decides the appeal', above, {}, undefined],
    ['nobody of the office that inquired', {}, {}, 'SAME_PERSON'],
    ['nobody who proposed or confirmed, wherever they work now', above, { involvedIds: ['me'] }, 'SAME_PERSON'],
    ['nobody of the traced unit', above, { isOfTracedUnit: true }, 'OF_TRACED_UNIT'],
    ['由其上级联席办决定: never one below, though the traced unit lies in its division', { unitId: 'county', divisionCode: '640104' }, {}, 'NOT_PERMITTED'],
    ['nor another of the same place', { unitId: 'other' }, {}, 'NOT_PERMITTED'],
    ['nor one above that does not owe the decision', { ...above, unitId: 'other' }, {}, 'NOT_PERMITTED'],
    ['of a county\'s inquiry, the city\'s office', { unitId: 'city' }, ofCounty, undefined],
    ['or one above the office that owes the decision', above, ofCounty, undefined],
    ['nor the office below the one that inquired, were the decision laid upon it', { unitId: 'county', divisionCode: '640104' }, { appealUnitId: 'county', appealDivisionCode: '640104' }, 'NOT_PERMITTED'],
    ['where none stands above, another of the same level', { unitId: 'beside', divisionCode: '640000' }, ofTop, undefined],
    ['which is the one that owes it', { unitId: 'third', divisionCode: '640000' }, ofTop, 'NOT_PERMITTED'],
    ['or any, where none is known', { unitId: 'beside', divisionCode: '640000' }, noneKnown, undefined],
    ['but still none below', { unitId: 'city' }, noneKnown, 'NOT_PERMITTED'],
  ])('%s', (_sentence, who, what, code) => expect(appealJudgeObjection({ ...office, ...who }, { ...facts, ...ofCity, involvedIds: [], ...what })?.code).toBe(code));

  test('the appeal is laid upon the nearest office above the one that inquired, at the top upon one beside it', () => {
    expect([appealLine('640104'), appealLine('640100'), appealLine('640000')]).toEqual([['640100', '640000', '640104'], ['640000', '640100'], ['640000']]);
  });
});

describe('a finding · rows 127, 130', () => {
  const wish = { ground: 'NOT_TOLD_IN_TIME', text: '收到转送后四十日未书面告知。', evidenceRef: '卷3', responsibility: 'UNIT' as Responsibility, occurredOn: '2025-07-01' };
  test.each<[string, object, string | undefined]>([
    ['about a unit', {}, undefined],
    ['about an official', { responsibility: 'DIRECT', officialId: 'o' }, undefined],
    ['直接责任 without an official', { responsibility: 'DIRECT' }, 'PARTY_UNKNOWN'],
    ['a unit\'s, with an official', { officialId: 'o' }, 'PARTY_UNKNOWN'],
    ['on a ground that no article has', { ground: 'CAME_TO_BEIJING' }, 'GROUND_UNKNOWN'],
    ['of a day to come', { occurredOn: '2025-09-01' }, 'DATE_NOT_ACCEPTABLE'],
    ['that speaks of watching people', { text: '未落实稳控' }, 'TEXT_NOT_ACCEPTABLE'],
  ])('%s', (_sentence, part, code) => expect(findingObjection({ ...wish, ...part }, '2025-08-04')?.code).toBe(code));
});

const finding = (part: Partial<JudgedFinding> = {}): JudgedFinding => ({ id: 'f', officialId: 'leader', responsibility: 'PRINCIPAL_LEADER', occurredOn: '2025-07-01', repliedOn: '2025-08-10', ...part });

describe('《信访工作责任制实施办法》: an official who explicitly objected bears no leadership liability · row 127', () => {
  test.each<[string, Partial<JudgedFinding>, string, string, boolean]>([
    ['the leader who objected before the act', {}, 'leader', '2025-06-30', true],
    ['on its day', {}, 'leader', '2025-07-01', true],
    ['重要领导责任 alike', { responsibility: 'IMPORTANT_LEADER' }, 'leader', '2025-06-30', true],
    ['not one who objected afterwards', {}, 'leader', '2025-07-02', false],
    ['not for what they did themselves', { responsibility: 'DIRECT' }, 'leader', '2025-06-30', false],
    ['not another official', {}, 'somebody', '2025-06-30', false],
  ])('%s', (_sentence, part, officialId, objectedOn, exempt) => expect(isExempt(finding(part), [{ officialId, objectedOn }])).toBe(exempt));
});

describe('a conclusion · row 127', () => {
  const wish: ConclusionWish = { result: 'FAULT', text: '认定推诿拖延。', instrumentKind: 'CIRCULAR', judgements: [{ findingId: 'f', stands: true }] };
  const at: ConclusionFacts = { state: 'REPLYING', findings: [finding()], objections: [], instrumentKinds: ['CIRCULAR'], replyUntil: '2025-08-14', today: '2025-08-15' };
  test.each<[string, Partial<ConclusionWish>, Partial<ConclusionFacts>, string | undefined]>([
    ['fault, with a finding that stands and an instrument', {}, {}, undefined],
    ['no fault, with none', { result: 'NO_FAULT', instrumentKind: null, judgements: [{ findingId: 'f', stands: false }] }, {}, undefined],
    ['no fault at once where nothing was found', { result: 'NO_FAULT', instrumentKind: null, judgements: [] }, { state: 'OPEN', findings: [], replyUntil: null }, undefined],
    ['never before those concerned could reply', {}, { findings: [finding({ repliedOn: null })], today: '2025-08-14' }, 'REPLY_PENDING'],
    ['but once all have replied', {}, { today: '2025-08-11' }, undefined],
    ['and once their time is over', {}, { findings: [finding({ repliedOn: null })] }, undefined],
    ['not before the findings were sent', {}, { state: 'OPEN' }, 'WRONG_STATE'],
    ['fault without a finding that stands', { judgements: [{ findingId: 'f', stands: false }] }, {}, 'FINDINGS_CONTRADICT'],
    ['no fault with one', { result: 'NO_FAULT', instrumentKind: null }, {}, 'FINDINGS_CONTRADICT'],
    ['a finding that was not judged', { judgements: [] }, {}, 'FINDINGS_CONTRADICT'],
    ['fault with an instrument that no book has', { instrumentKind: 'FINE' }, {}, 'INSTRUMENT_NEEDED'],
    ['fault without an instrument', { instrumentKind: null }, {}, 'INSTRUMENT_NEEDED'],
    ['no fault with one instrument', { result: 'NO_FAULT', judgements: [{ findingId: 'f', stands: false }] }, {}, 'INSTRUMENT_NEEDED'],
    ['against a leader who objected', {}, { objections: [{ officialId: 'leader', objectedOn: '2025-06-01' }] }, 'OBJECTION_EXEMPTS'],
  ])('%s', (_sentence, part, what, code) => expect(conclusionObjection({ ...wish, ...part }, { ...at, ...what })?.code).toBe(code));

  test('a reply comes once and up to the last day; an appeal against fault only, once and up to the last day', () => {
    const reply = (repliedOn: string | null, today: string) => mayReply({ repliedOn }, { state: 'REPLYING', replyUntil: '2025-08-14', today });
    expect([reply(null, '2025-08-14'), reply(null, '2025-08-15'), reply('2025-08-10', '2025-08-11')]).toEqual([true, false, false]);
    const concluded = { state: 'CONCLUDED', result: 'FAULT', appealUntil: '2025-09-14' } as const;
    expect([mayAppeal(concluded, '2025-09-14'), mayAppeal(concluded, '2025-09-15'), mayAppeal({ ...concluded, result: 'NO_FAULT' }, '2025-09-01'), mayAppeal({ ...concluded, state: 'FINAL' }, '2025-09-01')])
      .toEqual([true, false, false, false]);
  });
});
