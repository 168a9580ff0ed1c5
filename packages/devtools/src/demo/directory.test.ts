import { CITIES, COUNTIES, DISTRICT, divisions } from './divisions';
import { leadersOf, officials, officialsOf } from './officials';
import { personas } from './personas';
import { stableId } from './stable-id';
import { units } from './units';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const areDistinct = (items: readonly unknown[]): boolean => new Set(items).size === items.length;

test('Ningxia has 5 cities and 22 counties, each below its city by its digits', () => {
  expect(CITIES).toHaveLength(5);
  expect(COUNTIES).toHaveLength(22);
  expect(divisions).toHaveLength(1 + 5 + 22 + 16);
  expect(areDistinct(divisions.map(({ code }) => code))).toBe(true);
  const codes = divisions.map(({ code }) => code);
  for (const [i, { code, parentCode }] of divisions.entries()) {
    if (parentCode === null) continue;
    expect(codes.indexOf(parentCode)).toBeLessThan(i);
    expect(code.startsWith(parentCode.replace(/(00)+$/, ''))).toBe(true);
  }
});

test('every county has a joint office, a government with departments below it, and a reception hall', () => {
  for (const { code } of COUNTIES) {
    const own = units.filter((unit) => unit.code.startsWith(`NX-${code}-`));
    expect(own).toHaveLength(10);
    const government = own.find((unit) => unit.kind === 'GOVERNMENT');
    expect(own.filter((unit) => unit.parentCode === government?.code)).toHaveLength(7);
    expect(own.find((unit) => unit.kind === 'JOINT_OFFICE')?.parentCode).toBe(`NX-${code.slice(0, 4)}00-XLB`);
  }
  expect(units.filter((unit) => unit.kind === 'DISCIPLINE')).toHaveLength(1 + 5 + 22);
  expect(units.filter((unit) => unit.kind === 'JOINT_OFFICE')).toHaveLength(1 + 5 + 22);
  expect(units.filter((unit) => unit.kind === 'FUNCTIONAL_ZONE')).toHaveLength(1);
});

test('ids, codes and names of units are distinct, parents come first and exist, divisions exist', () => {
  for (const key of ['id', 'code', 'name'] as const) expect(areDistinct(units.map((unit) => unit[key]))).toBe(true);
  const codes = units.map(({ code }) => code);
  for (const [i, { parentCode, divisionCode, id }] of units.entries()) {
    if (parentCode !== null) expect([-1, i]).not.toContain(codes.indexOf(parentCode));
    expect(divisions.some((division) => division.code === divisionCode)).toBe(true);
    expect(id).toMatch(UUID_V4);
  }
});

test('every unit has one head, every county five leaders, every official a number and a name of their own', () => {
  for (const unit of units) expect(officials.filter((one) => one.unitCode === unit.code && one.isHead)).toHaveLength(1);
  for (const { code } of COUNTIES) expect(leadersOf(code)).toHaveLength(5);
  for (const key of ['id', 'staffNo', 'name'] as const) expect(areDistinct(officials.map((one) => one[key]))).toBe(true);
  expect(officialsOf(DISTRICT, 'ZJJ')).toHaveLength(2);
  expect(officials.length).toBeLessThanOrEqual(500);
});

test('ids outlive a reset: these are written down once and never change', () => {
  expect(stableId('unit', 'NX-640104-ZJJ')).toBe(units.find((unit) => unit.code === 'NX-640104-ZJJ')?.id);
  expect(stableId('official', 'NX000001')).toBe('4b586a04-4e85-4e4e-82a2-5f0349c58745');
  expect(stableId('unit', 'NX-640104-ZJJ')).toBe('bc1a18e7-61b6-4165-b2a0-7ba34a1cfb05');
});

test('nine personas are shown and each county can load its ledger; claims name people and units of the directory, but for the website', () => {
  const all = Object.entries(personas);
  expect(all.filter(([, persona]) => persona.isShown).map(([name]) => name)).toEqual([
    'province-office', 'district-office', 'housing-portal', 'civil-affairs-portal', 'sponsor', 'window-clerk', 'discipline-organ', 'petitioner-website', 'admin',
  ]);
  expect(all).toHaveLength(9 + 21 + 15);
  for (const [name, { name: own, claims }] of all) {
    expect(own).toBe(name);
    if (name === 'petitioner-website') continue;
    const official = officials.find(({ id }) => id === claims.sub);
    expect(units.find(({ id }) => id === claims.unit)?.code).toBe(official?.unitCode);
  }
});
