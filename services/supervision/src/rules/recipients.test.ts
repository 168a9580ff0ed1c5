import { recipientsOf, type CaseOfficial, type ReminderFacts, type ReminderOccasion } from './recipients';

const person = (officialId: string, role: string, isInObligorUnit: boolean): CaseOfficial => ({ officialId, role, isInObligorUnit });
const base: ReminderFacts & ReminderOccasion = {
  kind: 'REMIND_BEFORE', tells: null, obligorUnitId: 'unit', obligorOfficialId: null, caseOfficials: [], headOfficialId: 'head', oversightUnitId: 'office', excludedIds: [],
};
const own = person('own', 'TASK_FORCE', true);
const other = person('other', 'TASK_FORCE', false);
const sponsor = person('sponsor', 'SPONSOR', false);

describe('whom to remind', () => {
  test.each<[string, Partial<ReminderFacts & ReminderOccasion>, string[]]>([
    ['the official who owes it', { obligorOfficialId: 'debtor', caseOfficials: [own] }, ['OFFICIAL debtor ASSIGNED_OFFICIAL']],
    ["the obligor unit's people in the case, not another unit's", { caseOfficials: [own, other] }, ['OFFICIAL own ASSIGNED_OFFICIAL']],
    ['one with two parts in the case only once', { caseOfficials: [own, person('own', 'SPONSOR', true)], kind: 'REMIND_AFTER' }, ['OFFICIAL own ASSIGNED_OFFICIAL']],
    ['the head, when the unit has nobody in the case', { caseOfficials: [other] }, ['OFFICIAL head UNIT_HEAD']],
    ['the unit itself, when it has no head', { headOfficialId: null }, ['UNIT unit UNIT']],
    ['nobody, when an official without a unit is excluded', { obligorUnitId: null, headOfficialId: null, obligorOfficialId: 'debtor', excludedIds: ['debtor'] }, []],
    ['第三十条第三款: not a head who is named in the report', { excludedIds: ['head'] }, ['UNIT unit UNIT']],
    ['第三十条第三款: not a case official who is named in the report', { caseOfficials: [own], excludedIds: ['own'] }, ['OFFICIAL head UNIT_HEAD']],
    ['包案领导 not before the due date', { caseOfficials: [sponsor], kind: 'REMIND_DUE' }, ['OFFICIAL head UNIT_HEAD']],
    ['包案领导 too after the due date', { caseOfficials: [sponsor, own], kind: 'REMIND_AFTER' }, ['OFFICIAL own ASSIGNED_OFFICIAL', 'OFFICIAL sponsor SPONSOR']],
    ['第三十条第三款: not a unit that is named in the report', { headOfficialId: null, excludedIds: ['unit'] }, []],
    ['+3 days: the head, whoever is assigned', { kind: 'ESCALATE', tells: 'UNIT_HEAD', obligorOfficialId: 'debtor', caseOfficials: [own] }, ['OFFICIAL head UNIT_HEAD']],
    ['+3 days: the unit itself, when it has no head', { kind: 'ESCALATE', tells: 'UNIT_HEAD', headOfficialId: null }, ['UNIT unit UNIT']],
    ['+7 days: each 包案领导 and nobody else', { kind: 'ESCALATE', tells: 'SPONSORS', caseOfficials: [own, sponsor, person('second', 'SPONSOR', true)] }, ['OFFICIAL sponsor SPONSOR', 'OFFICIAL second SPONSOR']],
    ['+15 days: the joint office above', { kind: 'ESCALATE', tells: 'JOINT_OFFICE', caseOfficials: [own, sponsor] }, ['UNIT office OVERSIGHT_OFFICE']],
    ['+15 days: nobody, when no joint office is known', { kind: 'ESCALATE', tells: 'JOINT_OFFICE', oversightUnitId: null }, []],
    ['第三十条第三款 wins on every rung: head', { kind: 'ESCALATE', tells: 'UNIT_HEAD', excludedIds: ['head', 'unit'] }, []],
    ['第三十条第三款 wins on every rung: 包案领导', { kind: 'ESCALATE', tells: 'SPONSORS', caseOfficials: [sponsor], excludedIds: ['sponsor'] }, []],
    ['第三十条第三款 wins on every rung: joint office', { kind: 'ESCALATE', tells: 'JOINT_OFFICE', excludedIds: ['office'] }, []],
    ['第三十条第三款: not an excluded 包案领导', { caseOfficials: [sponsor], kind: 'REMIND_AFTER', excludedIds: ['sponsor'] }, ['OFFICIAL head UNIT_HEAD']],
  ])('%s', (_sentence, part, expected) => {
    const all = { ...base, ...part };
    expect(recipientsOf(all, all).map((one) => `${one.kind} ${one.id} ${one.reason}`)).toEqual(expected);
  });
});
