import { CITIES, cityCodeOf, COUNTIES, DISTRICT, DISTRICT_TOWNSHIPS, PROVINCE, type DemoCounty } from './divisions';
import { stableId } from './stable-id';

export type DemoUnitKind = 'GOVERNMENT' | 'DEPARTMENT' | 'JOINT_OFFICE' | 'PETITION_OFFICE' | 'FUNCTIONAL_ZONE' | 'TOWNSHIP' | 'DISCIPLINE';

export interface DemoUnit {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: DemoUnitKind;
  readonly divisionCode: string;
  readonly parentCode: string | null;
  readonly validFrom: string;
}

/** Endings of unit codes: the pinyin initials that offices use. */
export type UnitMark = 'XLB' | 'ZF' | 'ZJJ' | 'MZJ' | 'RSJ' | 'ZRJ' | 'JDT' | 'XZ1' | 'XZ2' | 'JW';

const OFFICE_NAME = '信访工作联席会议办公室';
const DEPARTMENTS = [
  { mark: 'ZJJ', name: '住房和城乡建设局', kind: 'DEPARTMENT' },
  { mark: 'MZJ', name: '民政局', kind: 'DEPARTMENT' },
  { mark: 'RSJ', name: '人力资源和社会保障局', kind: 'DEPARTMENT' },
  { mark: 'ZRJ', name: '自然资源局', kind: 'DEPARTMENT' },
  { mark: 'JDT', name: '群众来访接待大厅', kind: 'PETITION_OFFICE' },
] as const;

/** 640104, ZJJ → NX-640104-ZJJ */
export const unitCode = (divisionCode: string, mark: UnitMark): string => `NX-${divisionCode}-${mark}`;

type UnitRow = Omit<DemoUnit, 'id' | 'validFrom'>;

const office = (divisionCode: string, name: string, parent: string | null): UnitRow => ({
  code: unitCode(divisionCode, 'XLB'), name: `${name}${OFFICE_NAME}`, kind: 'JOINT_OFFICE', divisionCode,
  parentCode: parent && unitCode(parent, 'XLB'),
});

/** 凤凰北街街道 → 凤凰北街街道办事处; 掌政镇 → 掌政镇人民政府 */
const seatOf = (township: string): string => (township.endsWith('街道') ? `${township}办事处` : `${township}人民政府`);

function countyUnits({ code, name, townships }: DemoCounty): UnitRow[] {
  const parentCode = unitCode(code, 'ZF');
  const nearest = (township: string): string => (code === DISTRICT ? (DISTRICT_TOWNSHIPS.find((one) => one.name === township)?.code ?? code) : code);
  return [
    office(code, name, cityCodeOf(code)),
    { code: parentCode, name: `${name}人民政府`, kind: 'GOVERNMENT', divisionCode: code, parentCode: null },
    ...DEPARTMENTS.map((one) => ({ code: unitCode(code, one.mark), name: `${name}${one.name}`, kind: one.kind, divisionCode: code, parentCode })),
    ...townships.map((township, i): UnitRow => ({
      code: unitCode(code, i === 0 ? 'XZ1' : 'XZ2'), name: `${name}${seatOf(township)}`, kind: 'TOWNSHIP', divisionCode: nearest(township), parentCode,
    })),
  ];
}

/** A zone has an administration and no division code of its own (brief §4.4). */
const ZONE: UnitRow = {
  code: 'NX-640100-JKQ', name: '银川经济技术开发区管理委员会', kind: 'FUNCTIONAL_ZONE', divisionCode: '640106', parentCode: null,
};

/** 纪检监察机关: where accusations go. A line of their own, below no government. */
const discipline = (divisionCode: string, name: string, parent: string | null): UnitRow => ({
  code: unitCode(divisionCode, 'JW'), name: `${name}纪委监委`, kind: 'DISCIPLINE', divisionCode, parentCode: parent && unitCode(parent, 'JW'),
});

/** Joint offices stand in a line of their own; departments and townships below their county's government. */
export const units: readonly DemoUnit[] = [
  office(PROVINCE.code, '自治区', null),
  ...CITIES.map((city) => office(city.code, city.name, PROVINCE.code)),
  ...COUNTIES.flatMap(countyUnits),
  ZONE,
  discipline(PROVINCE.code, '自治区', null),
  ...CITIES.map((city) => discipline(city.code, city.name, PROVINCE.code)),
  ...COUNTIES.map((county) => discipline(county.code, county.name, cityCodeOf(county.code))),
].map((row) => ({ ...row, id: stableId('unit', row.code), validFrom: '2019-01-01' }));

const byCode = new Map(units.map((unit) => [unit.code, unit]));

/** @throws RangeError for a unit that the demo does not have */
export function unit(divisionCode: string, mark: UnitMark): DemoUnit {
  const found = byCode.get(unitCode(divisionCode, mark));
  if (!found) throw new RangeError(`the demo has no unit ${unitCode(divisionCode, mark)}`);
  return found;
}
