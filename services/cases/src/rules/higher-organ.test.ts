import { isHigherOrgan, type Organ } from './higher-organ';

const organ = (id: string, divisionCode: string, ...ancestorIds: string[]): Organ => ({ id, divisionCode, ancestorIds });
const county = organ('区政府', '640104');
const housing = organ('区住建局', '640104', '区政府');
const city = organ('市住建局', '640100');
const otherCity = organ('石嘴山市政府', '640200');

test.each([
  ['第三十五条', '区政府', '区住建局', county, housing, true],
  ['第三十五条', '市住建局', '区住建局', city, housing, true],
  ['第三十六条', '自治区住建厅', '市住建局', organ('自治区住建厅', '640000'), city, true],
  ['第三十五条', '区住建局', '区住建局', housing, housing, false],
  ['第三十五条', '区住建局', '区政府', housing, county, false],
  ['第三十五条', '区民政局', '区住建局', organ('区民政局', '640104', '区政府'), housing, false],
  ['第三十五条', '石嘴山市政府', '区住建局', otherCity, housing, false],
] as const)('《信访工作条例》%s: %s above %s', (_article, _one, _other, one, other, expected) => {
  expect(isHigherOrgan(one, other)).toBe(expected);
});
