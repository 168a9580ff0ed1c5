import { accusedFault, exclusionsOfAccused, isKeptOut, isTransferable, lineAbove, receiverFault, stageFault, type AccusationStage, type LineUnit, type ReportedStage, type TreeUnit } from './sealed-lane';

/** A small province: id, kind, division, parent. */
const ROWS: readonly (readonly [id: string, kind: string, divisionCode: string, parent: string | null, successor?: string])[] = [
  ['province-discipline', 'DISCIPLINE', '640000', null], ['city-discipline', 'DISCIPLINE', '640100', 'province-discipline'],
  ['county-discipline', 'DISCIPLINE', '640104', 'city-discipline'], ['other-discipline', 'DISCIPLINE', '640121', 'city-discipline'],
  ['county-government', 'GOVERNMENT', '640104', null], ['housing', 'DEPARTMENT', '640104', 'county-government'],
  ['housing-centre', 'DEPARTMENT', '640104', 'housing'], ['inspection-in-housing', 'DISCIPLINE', '640104', 'housing'],
  ['city-housing', 'DEPARTMENT', '640100', null], ['line-housing', 'DEPARTMENT', '640104', 'city-housing'], ['line-centre', 'DEPARTMENT', '640104', 'line-housing'],
  ['township', 'TOWNSHIP', '640104100', 'county-government'], ['village', 'VILLAGE', '640104100', 'township'], ['village-firm', 'ENTERPRISE', '640104100', 'village'],
  ['county-office', 'JOINT_OFFICE', '640104', 'city-office'], ['city-office', 'JOINT_OFFICE', '640100', null],
  ['court', 'COURT_PROCURATORATE', '640104', null], ['police-line', 'POLITICAL_LEGAL', '640104', null],
  ['merged', 'DEPARTMENT', '640104', 'county-government', 'housing'],
];
const byId = new Map(ROWS.map((row) => [row[0], row]));
const aboveOf = (id: string): LineUnit[] => {
  const parent = byId.get(byId.get(id)?.[3] ?? '');
  return parent ? [{ id: parent[0], kind: parent[1] }, ...aboveOf(parent[0])] : [];
};
const unitOf = (id: string): TreeUnit => {
  const [, kind = '', divisionCode = '', , successor = null] = byId.get(id) ?? [];
  return { id, kind, divisionCode, successorUnitId: successor ?? null, above: aboveOf(id) };
};
const tree = { units: new Map(ROWS.map(([id]) => [id, unitOf(id)])), headed: new Map([['head-of-housing', ['housing']], ['head-of-two', ['housing-centre', 'line-centre']]]) };
const ofUnit = (unitId: string) => exclusionsOfAccused([{ unitId, officialId: null }], tree).map(({ kind, id, ground }) => `${kind} ${id} ${ground}`);
const ofOfficial = (officialId: string) => exclusionsOfAccused([{ unitId: null, officialId }], tree).map(({ kind, id, ground }) => `${kind} ${id} ${ground}`);

describe('《信访工作条例》第三十条第三款: who is kept out of an accusation', () => {
  test.each<[string, string[]]>([
    ['housing', ['UNIT housing ACCUSED']],
    ['housing-centre', ['UNIT housing-centre ACCUSED', 'UNIT housing LINE']],
    ['line-centre', ['UNIT line-centre ACCUSED', 'UNIT line-housing LINE', 'UNIT city-housing LINE']],
    ['village-firm', ['UNIT village-firm ACCUSED', 'UNIT village LINE']],
    ['village', ['UNIT village ACCUSED']],
    ['county-government', ['UNIT county-government ACCUSED']],
    ['county-discipline', ['UNIT county-discipline ACCUSED']],
    ['county-office', ['UNIT county-office ACCUSED']],
    ['merged', ['UNIT merged ACCUSED', 'UNIT housing SUCCESSOR']],
  ])('accused unit %s: it, what followed on it and its line up to the body that leads or supervises: %j', (unit, expected) => expect(ofUnit(unit)).toEqual(expected));

  test.each<[string, string[]]>([
    ['some-official', ['OFFICIAL some-official ACCUSED']],
    ['head-of-housing', ['OFFICIAL head-of-housing ACCUSED', 'UNIT housing HEADED_BY_ACCUSED']],
    ['head-of-two', ['OFFICIAL head-of-two ACCUSED', 'UNIT housing-centre HEADED_BY_ACCUSED', 'UNIT line-centre HEADED_BY_ACCUSED', 'UNIT housing LINE', 'UNIT line-housing LINE', 'UNIT city-housing LINE']],
  ])('accused official %s: in person, and the units that they head: %j', (official, expected) => expect(ofOfficial(official)).toEqual(expected));

  test('a unit that is named and in the line of another stands once, by the stronger ground', () => {
    expect(exclusionsOfAccused([{ unitId: 'housing-centre', officialId: null }, { unitId: 'housing', officialId: null }], tree).map(({ id, ground }) => `${id} ${ground}`))
      .toEqual(['housing-centre ACCUSED', 'housing ACCUSED']);
  });

  test('words name nobody whom the system knows: nobody is kept out by them', () => expect(exclusionsOfAccused([{ unitId: null, officialId: null }], tree)).toEqual([]));

  test.each([['housing-centre', 'housing', true], ['inspection-in-housing', 'housing', true], ['housing', 'housing', true], ['housing', 'housing-centre', false], ['court', 'housing', false]])(
    '%s is kept out when %s is: %s', (unit, excluded, answer) => expect(isKeptOut(unitOf(unit), new Set([excluded]))).toBe(answer),
  );

  test('a line without a body that ends it is excluded to its top', () => expect(lineAbove([{ id: 'a', kind: 'DEPARTMENT' }, { id: 'b', kind: 'OTHER' }]).map(({ id }) => id)).toEqual(['a', 'b']));
});

describe('《信访工作条例》第二十三条第四款、第三十条: where an accusation may go', () => {
  const judge = (to: string | undefined, part: { from?: string; accused?: string; places?: string[] } = {}) => receiverFault({
    receiver: to === undefined ? undefined : unitOf(to), fromUnitId: part.from ?? 'county-office', places: part.places ?? ['640104'],
    excluded: new Set(part.accused ? exclusionsOfAccused([{ unitId: part.accused, officialId: null }], tree).map(({ id }) => id) : []),
  });
  test.each<[string, string | undefined, Parameters<typeof judge>[1], string | undefined]>([
    ['the discipline organ of the county', 'county-discipline', { accused: 'housing' }, undefined],
    ['the one of the city', 'city-discipline', { accused: 'housing' }, undefined],
    ['the court of the county', 'court', { accused: 'housing' }, undefined],
    ['a political-legal organ', 'police-line', { accused: 'housing' }, undefined],
    ['the discipline organ above an accused one', 'city-discipline', { accused: 'county-discipline' }, undefined],
    ['the accused discipline organ itself', 'county-discipline', { accused: 'county-discipline' }, 'UNIT_EXCLUDED'],
    ['a discipline organ below an accused one', 'county-discipline', { accused: 'city-discipline' }, 'UNIT_EXCLUDED'],
    ['the accused unit', 'housing', { accused: 'housing' }, 'UNIT_EXCLUDED'],
    ['a unit below the accused', 'housing-centre', { accused: 'housing' }, 'UNIT_EXCLUDED'],
    ['the discipline office inside the accused', 'inspection-in-housing', { accused: 'housing' }, 'UNIT_EXCLUDED'],
    ['a unit above the accused in its line', 'city-housing', { accused: 'line-centre' }, 'UNIT_EXCLUDED'],
    ['a department', 'housing', {}, 'UNIT_KIND_NOT_FIT'],
    ['a government', 'county-government', {}, 'UNIT_KIND_NOT_FIT'],
    ['a joint office', 'city-office', {}, 'UNIT_KIND_NOT_FIT'],
    ['the discipline organ of another county', 'other-discipline', { accused: 'housing' }, 'UNIT_LEVEL_NOT_FIT'],
    ['a county organ when the accused is of the city', 'county-discipline', { places: ['640104', '640100'] }, 'UNIT_LEVEL_NOT_FIT'],
    ['the city organ when the accused is of the city', 'city-discipline', { places: ['640104', '640100'] }, undefined],
    ['a county organ for a case of a township', 'county-discipline', { places: ['640104100'] }, undefined],
    ['the own unit', 'county-discipline', { from: 'county-discipline' }, 'OWN_UNIT'],
    ['a unit that is not known', undefined, {}, 'UNIT_UNKNOWN'],
  ])('%s (%s): %j → %s', (_what, to, part, code) => expect(judge(to, part)?.code).toBe(code));

  test('each refusal of a known unit names its article, but the one to itself', () => {
    expect(judge('housing', { accused: 'housing' })?.basis).toBe('《信访工作条例》第三十条第三款');
    expect(judge('housing')?.basis).toBe('《信访工作条例》第二十三条第四款、第三十条');
    expect(judge('other-discipline')?.basis).toBe('《信访工作条例》第二十三条第四款');
  });

  test.each([['REGISTERED', true], ['TRANSFERRED', true], ['ASSIGNED', false], ['ACCEPTED', false]])('from %s a transfer is possible: %s', (status, answer) => expect(isTransferable(status)).toBe(answer));
});

test.each<[AccusationStage, ReportedStage, string | undefined]>([
  ['REGISTERED', 'RECEIVED', 'NOT_TRANSFERRED'], ['REGISTERED', 'CONCLUDED', 'NOT_TRANSFERRED'], ['TRANSFERRED', 'RECEIVED', undefined], ['TRANSFERRED', 'CONCLUDED', undefined],
  ['RECEIVED', 'RECEIVED', 'STAGE_NOT_AHEAD'], ['RECEIVED', 'UNDER_REVIEW', undefined], ['UNDER_REVIEW', 'RECEIVED', 'STAGE_NOT_AHEAD'], ['UNDER_REVIEW', 'CONCLUDED', undefined],
  ['CONCLUDED', 'UNDER_REVIEW', 'STAGE_NOT_AHEAD'], ['CONCLUDED', 'CONCLUDED', 'STAGE_NOT_AHEAD'],
])('《信访工作条例》第三十条: from %s to %s: %s', (from, to, code) => expect(stageFault(from, to)?.code).toBe(code));

test.each<[string, string, Parameters<typeof accusedFault>[1], string | undefined]>([
  ['nobody in a claim', 'CLAIM', [], undefined], ['somebody in a claim', 'CLAIM', [{ unitId: 'u' }], 'ACCUSED_NOT_FIT'], ['nobody in an accusation', 'ACCUSATION', [], undefined],
  ['a unit, an official, words', 'ACCUSATION', [{ unitId: 'u' }, { officialId: 'o' }, { description: '某站长' }], undefined], ['nothing at all', 'ACCUSATION', [{}], 'ACCUSED_NOT_FIT'],
  ['two names in one', 'ACCUSATION', [{ unitId: 'u', description: '某' }], 'ACCUSED_NOT_FIT'], ['blank words', 'ACCUSATION', [{ description: ' ' }], 'ACCUSED_NOT_FIT'],
  ['500 characters outside the basic plane', 'ACCUSATION', [{ description: '𠮷'.repeat(500) }], undefined], ['501 characters', 'ACCUSATION', [{ description: '某'.repeat(501) }], 'ACCUSED_NOT_FIT'],
  ['a control character', 'ACCUSATION', [{ description: '某\u0000' }], 'ACCUSED_NOT_FIT'], ['21 of them', 'ACCUSATION', Array.from({ length: 21 }, () => ({ unitId: 'u' })), 'ACCUSED_NOT_FIT'],
])('the accused are named once each (第三十条): %s', (_what, purpose, accused, code) => expect(accusedFault(purpose, accused)?.code).toBe(code));
