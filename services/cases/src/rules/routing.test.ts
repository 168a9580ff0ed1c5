import { categoryBySlug } from './content-categories';
import { LINE_DEPARTMENTS, lineOf } from './line-departments';
import { proposeRouting, type RoutableUnit, type RoutingFacts } from './routing';

const unit = (id: string, name: string, kind: string, divisionCode: string): RoutableUnit => ({ id, name, kind, divisionCode });
const UNITS: readonly RoutableUnit[] = [
  unit('town', '掌政镇人民政府', 'TOWNSHIP', '640104100'),
  unit('county', '兴庆区人民政府', 'GOVERNMENT', '640104'),
  unit('housing', '兴庆区住房和城乡建设局', 'DEPARTMENT', '640104'),
  unit('labour', '兴庆区人力资源和社会保障局', 'DEPARTMENT', '640104'),
  unit('land', '兴庆区自然资源局', 'DEPARTMENT', '640104'),
  unit('office', '兴庆区信访工作联席会议办公室', 'JOINT_OFFICE', '640104'),
  unit('city', '银川市人民政府', 'GOVERNMENT', '640100'),
  unit('cityTransport', '银川市交通运输局', 'DEPARTMENT', '640100'),
  unit('other', '永宁县人民政府', 'GOVERNMENT', '640121'),
  unit('otherHousing', '永宁县住房和城乡建设局', 'DEPARTMENT', '640121'),
  unit('zone', '某某示范区管理委员会', 'FUNCTIONAL_ZONE', '640104102'),
];
const facts = (part: Partial<RoutingFacts> = {}): RoutingFacts => ({ divisionCode: '640104', purpose: 'CLAIM', contentCategory: '住房保障与房地产', officeDivision: '640104', ...part });
const found = (part: Partial<RoutingFacts>, units = UNITS) => proposeRouting(facts(part), units);
const codes = (part: Partial<RoutingFacts>, units = UNITS) => found(part, units).reasons.map((reason) => reason.code);

const ART22 = '《信访工作条例》第二十二条第一款第二项 (属地管理、分级负责，谁主管、谁负责)';

test.each<[string, string, string | null, string | null, string, string | null]>([
  ['housing in the county', '640104', '住房保障与房地产', 'county', 'COUNTY', 'housing'],
  ['housing in the other county', '640121', '住房保障与房地产', 'other', 'COUNTY', 'otherHousing'],
  ['wages in a township', '640104100', '工资福利', 'town', 'TOWNSHIP', 'labour'],
  ['a village matter', '640104100201', '村务管理', 'town', 'TOWNSHIP', null],
  ['a functional zone', '640104102', '工程质量', 'zone', 'TOWNSHIP', 'housing'],
  ['a township without a unit of its own', '640104103', '劳动关系', 'county', 'COUNTY', 'labour'],
  ['land taken in a township: 《土地管理法》第四十七条', '640104100', '土地征收', 'county', 'COUNTY', 'land'],
  ['the same by its slug', '640104100', 'land.expropriation', 'county', 'COUNTY', 'land'],
  ['houses taken in a township: 《国有土地上房屋征收与补偿条例》第四条', '640104100', '国有土地上房屋征收与补偿', 'county', 'COUNTY', 'housing'],
  ['a line that only the city has', '640104', '客货运输', 'county', 'COUNTY', 'cityTransport'],
  ['the whole city', '640100', '客货运输', 'city', 'CITY', 'cityTransport'],
  ['no category', '640104', null, 'county', 'COUNTY', null],
  ['a category that no row knows', '640104', '户籍证件', 'county', 'COUNTY', null],
])(`${ART22}: %s`, (_what, divisionCode, contentCategory, territoryUnitId, level, lineUnitId) => {
  expect(found({ divisionCode, contentCategory })).toMatchObject({ territoryUnitId, lineUnitId, level });
});

test('each proposal says why, with its article', () => {
  expect(found({ divisionCode: '640104100', contentCategory: '土地征收' }).reasons).toEqual([
    { code: 'LEVEL_BY_LAW', basis: '《土地管理法》第四十七条' },
    { code: 'TERRITORY', basis: '《信访工作条例》第二十二条第一款第二项' },
    { code: 'LINE', basis: '《土地管理法》第四十七条' },
    { code: 'OWN_LEVEL', basis: '《信访工作条例》第二十二条第一款第一项' },
  ]);
  expect(codes({ divisionCode: '640104103', contentCategory: '其他' })).toEqual(['LEVEL_BY_PLACE', 'TERRITORY_ABOVE', 'CATEGORY_WITHOUT_LINE', 'OWN_LEVEL']);
  expect(codes({ contentCategory: '户籍证件' })).toContain('CATEGORY_UNKNOWN');
});

test.each<[string, string | null, string, string]>([
  ['第二十二条第一款第一项: a matter of the office\'s own level', '640104', '640104', 'OWN_LEVEL'],
  ['第二十二条第一款第二项: a matter of a lower level', '640000', '640104', 'LOWER_LEVEL'],
  ['第二十二条第一款第二项: a township matter at the county', '640104', '640104100', 'LOWER_LEVEL'],
  ['第二十四条第一款: a matter of another county', '640121', '640104', 'OUTSIDE'],
  ['第二十四条第一款: a matter of the level above', '640104', '640100', 'OUTSIDE'],
  ['an office without a division', null, '640104', 'OUTSIDE'],
])('《信访工作条例》%s', (_what, officeDivision, divisionCode, direction) => {
  expect(found({ officeDivision, divisionCode, contentCategory: '工资福利' }).direction).toBe(direction);
});

test('two units that fit are for a person to choose from, and none is proposed', () => {
  const twice = [...UNITS, unit('zone2', '又一管委会', 'FUNCTIONAL_ZONE', '640104100'), unit('housing2', '兴庆区住建事务中心', 'DEPARTMENT', '640104')];
  expect(found({ divisionCode: '640104100' }, twice)).toMatchObject({ territoryUnitId: null, lineUnitId: null });
  expect(codes({ divisionCode: '640104100' }, twice)).toEqual(expect.arrayContaining(['SEVERAL_TERRITORY_UNITS', 'SEVERAL_LINE_UNITS']));
});

test('without any unit nothing is invented', () => {
  expect(found({}, [])).toMatchObject({ territoryUnitId: null, lineUnitId: null, level: 'COUNTY' });
  expect(codes({}, [])).toEqual(expect.arrayContaining(['NO_TERRITORY_UNIT', 'NO_LINE_UNIT']));
});

test('《信访工作条例》第三十条第三款: for an accusation nobody is proposed', () => {
  expect(found({ purpose: 'ACCUSATION' })).toEqual({ territoryUnitId: null, lineUnitId: null, level: null, direction: null, reasons: [{ code: 'SEALED_LANE', basis: '《信访工作条例》第三十条第三款' }] });
});

test('a joint office is never proposed: it assigns, it does not resolve', () => {
  const proposed = UNITS.map((one) => found({ divisionCode: one.divisionCode })).flatMap((one) => [one.territoryUnitId, one.lineUnitId]);
  expect(proposed).toContain('county');
  expect(proposed).not.toContain('office');
});

test('a category stands in one row only, and a level named by law names its law', () => {
  const names = LINE_DEPARTMENTS.map((row) => row.category);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !categoryBySlug(name))).toEqual([]);
  for (const row of LINE_DEPARTMENTS) expect(row.lowestLevel === null || row.basis !== null).toBe(true);
  expect([lineOf(null), lineOf(''), lineOf('nothing'), lineOf('土地征收')?.lowestLevel]).toEqual([undefined, undefined, undefined, 'COUNTY']);
  expect([lineOf('labour.wages'), lineOf('rural.water'), lineOf('other.legacy')].map((row) => row?.category)).toEqual(['labour', 'rural.water', 'other']);
});
