import { decisionObjection, type DecisionFacts } from './decision-reviews';

const facts = (part: Partial<DecisionFacts>): DecisionFacts => ({ title: '老旧小区改造方案', subject: '三个小区统一改造', opinion: 'PROCEED', opinionText: '补偿标准已公示。', decidedOn: null, measures: [], ...part });
const measure = { title: '逐户说明', dueOn: '2025-10-20' };

test.each<[string, Partial<DecisionFacts>, string | undefined]>([
  ['it may proceed', {}, undefined],
  ['with measures that are named', { opinion: 'PROCEED_WITH_MEASURES', measures: [measure] }, undefined],
  ['with measures that nobody named', { opinion: 'PROCEED_WITH_MEASURES' }, 'MEASURES_MISSING'],
  ['decided tomorrow', { decidedOn: '2025-10-11' }, 'DAY_NOT_FIT'],
  ['a measure due yesterday', { measures: [{ ...measure, dueOn: '2025-10-09' }] }, 'DAY_NOT_FIT'],
  ['without an opinion', { opinionText: ' ' }, 'TEXT_NOT_ACCEPTABLE'],
  ['with words about people', { opinionText: '列出重点人员并稳控' }, 'TEXT_NOT_ACCEPTABLE'],
])('a decision is reviewed: %s · row 136', (_what, part, code) => expect(decisionObjection(facts(part), '2025-10-10')?.code).toBe(code));
