import { recipientsOf, type CaseOfficial, type ReminderFacts } from './recipients';

const person = (officialId: string, role: string, isInObligorUnit: boolean): CaseOfficial => ({ officialId, role, isInObligorUnit });
const base: ReminderFacts = { kind: 'REMIND_BEFORE', obligorUnitId: 'unit', obligorOfficialId: null, caseOfficials: [], headOfficialId: 'head', excludedOfficialIds: [] };
const own = person('own', 'TASK_FORCE', true);
const other = person('other', 'TASK_FORCE', false);
const sponsor = person('sponsor', 'SPONSOR', false);

describe('whom to remind', () => {
  test.each<[string, Partial<ReminderFacts>, string[]]>([
    ['the official who owes it', { obligorOfficialId: 'debtor', caseOfficials: [own] }, ['OFFICIAL debtor ASSIGNED_OFFICIAL']],
    ["the obligor unit's people in the case, not another unit's", { caseOfficials: [own, other] }, ['OFFICIAL own ASSIGNED_OFFICIAL']],
    ['one with two parts in the case only once', { caseOfficials: [own, person('own', 'SPONSOR', true)], kind: 'REMIND_AFTER' }, ['OFFICIAL own ASSIGNED_OFFICIAL']],
    ['the head, when the unit has nobody in the case', { caseOfficials: [other] }, ['OFFICIAL head UNIT_HEAD']],
    ['the unit itself, when it has no head', { headOfficialId: null }, ['UNIT unit UNIT']],
    ['nobody, when an official without a unit is excluded', { obligorUnitId: null, headOfficialId: null, obligorOfficialId: 'debtor', excludedOfficialIds: ['debtor'] }, []],
    ['第三十条第三款: not a head who is named in the report', { excludedOfficialIds: ['head'] }, ['UNIT unit UNIT']],
    ['第三十条第三款: not a case official who is named in the report', { caseOfficials: [own], excludedOfficialIds: ['own'] }, ['OFFICIAL head UNIT_HEAD']],
    ['包案领导 not before the due date', { caseOfficials: [sponsor], kind: 'REMIND_DUE' }, ['OFFICIAL head UNIT_HEAD']],
    ['包案领导 too after the due date', { caseOfficials: [sponsor, own], kind: 'REMIND_AFTER' }, ['OFFICIAL own ASSIGNED_OFFICIAL', 'OFFICIAL sponsor SPONSOR']],
    ['第三十条第三款: not an excluded 包案领导', { caseOfficials: [sponsor], kind: 'REMIND_AFTER', excludedOfficialIds: ['sponsor'] }, ['OFFICIAL head UNIT_HEAD']],
  ])('%s', (_sentence, part, expected) => {
    expect(recipientsOf({ ...base, ...part }).map((one) => `${one.kind} ${one.id} ${one.reason}`)).toEqual(expected);
  });
});
