import { createFactFinder, type KnownFacts } from './reminder-facts';

const CITY = '640100';
const COUNTY = '640104';
const known: KnownFacts = {
  parts: [
    { caseId: 'case', officialId: 'sponsor', role: 'SPONSOR', unitId: 'elsewhere' },
    { caseId: 'case', officialId: 'own', role: 'TASK_FORCE', unitId: 'section' },
    { caseId: 'case', officialId: 'unknown', role: 'TASK_FORCE', unitId: null },
  ],
  units: [{ id: 'unit', divisionCode: COUNTY, headOfficialId: 'head' }],
  posts: [{ officialId: 'head', unitId: 'unit' }],
  offices: [{ id: 'city-office', divisionCode: CITY }, { id: 'county-office', divisionCode: COUNTY }],
  closure: [['unit', 'unit'], ['section', 'section'], ['section', 'unit'], ['county-office', 'county-office'], ['city-office', 'city-office']]
    .map(([unitId = '', ancestorId = '']) => ({ unitId, ancestorId })),
  exclusions: [],
  sealedCaseIds: [],
};
const facts = (part: Partial<KnownFacts> = {}) => createFactFinder({ ...known, ...part })({ caseId: 'case', obligorUnitId: 'unit', obligorOfficialId: null });
const naming = (partyId: string) => facts({ exclusions: [{ caseId: 'case', partyId }] });

describe('what decides whom to remind', () => {
  test('head, people of the unit and of units below it, the joint office of the division', () => {
    expect(facts()).toMatchObject({ headOfficialId: 'head', oversightUnitId: 'county-office', excludedIds: [] });
    expect(facts().caseOfficials.filter((one) => one.isInObligorUnit).map((one) => one.officialId)).toEqual(['own']);
  });
  test('the next office above, when the unit is the office of its division or the office lies below the unit', () => {
    expect(createFactFinder({ ...known, units: [{ id: 'county-office', divisionCode: COUNTY, headOfficialId: null }] })({ caseId: 'case', obligorUnitId: 'county-office', obligorOfficialId: null }).oversightUnitId).toBe('city-office');
    expect(facts({ closure: [...known.closure, { unitId: 'county-office', ancestorId: 'unit' }] }).oversightUnitId).toBe('city-office');
  });
  test('no office hears of a sealed case, and none where none is known', () => {
    expect(facts({ sealedCaseIds: ['case'] }).oversightUnitId).toBeNull();
    expect(facts({ offices: [] }).oversightUnitId).toBeNull();
  });
  test('第三十条第三款: a person, a person through the unit, a unit, an office', () => {
    expect(naming('sponsor').excludedIds).toEqual(['sponsor']);
    expect(naming('unit').excludedIds.toSorted()).toEqual(['head', 'own', 'unit']);
    expect(naming('county-office').oversightUnitId).toBe('city-office');
    // seconded from the accused unit
    expect(facts({ posts: [...known.posts, { officialId: 'sponsor', unitId: 'section' }], exclusions: [{ caseId: 'case', partyId: 'unit' }] }).excludedIds.toSorted()).toEqual(['head', 'own', 'sponsor', 'unit']);
    expect(facts({ exclusions: [{ caseId: 'another', partyId: 'sponsor' }] }).excludedIds).toEqual([]);
  });
});
