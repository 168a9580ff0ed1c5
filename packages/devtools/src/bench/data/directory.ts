import { idOf } from './ids';

export const REGION = '640000';
export const CAMPAIGN_ID = idOf('campaign', 0);

/** Ningxia by GB/T 2260: five cities, 22 counties. */
const CITIES: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ['640100', '银川市', { 640104: '兴庆区', 640105: '西夏区', 640106: '金凤区', 640121: '永宁县', 640122: '贺兰县', 640181: '灵武市' }],
  ['640200', '石嘴山市', { 640202: '大武口区', 640205: '惠农区', 640221: '平罗县' }],
  ['640300', '吴忠市', { 640302: '利通区', 640303: '红寺堡区', 640323: '盐池县', 640324: '同心县', 640381: '青铜峡市' }],
  ['640400', '固原市', { 640402: '原州区', 640422: '西吉县', 640423: '隆德县', 640424: '泾源县', 640425: '彭阳县' }],
  ['640500', '中卫市', { 640502: '沙坡头区', 640521: '中宁县', 640522: '海原县' }],
];

export interface Division {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
}

/** Region first, then cities, then counties. */
export const divisions: readonly Division[] = [
  { code: REGION, name: '宁夏回族自治区', parent: null },
  ...CITIES.map(([code, name]) => ({ code, name, parent: REGION })),
  ...CITIES.flatMap(([parent, , counties]) => Object.entries(counties).map(([code, name]) => ({ code, name, parent }))),
];
export const FIRST_COUNTY = 1 + CITIES.length;
export const counties = divisions.slice(FIRST_COUNTY);
/** Where the city of each county stands in `divisions`. */
export const cityIndexes = counties.map(({ parent }) => divisions.findIndex(({ code }) => code === parent));

export const DEPARTMENTS = [
  ['联席会议办公室', 'JOINT_OFFICE'], ['信访局', 'PETITION_OFFICE'], ['住房和城乡建设局', 'DEPARTMENT'], ['自然资源局', 'DEPARTMENT'],
  ['人力资源和社会保障局', 'DEPARTMENT'], ['农业农村局', 'DEPARTMENT'], ['公安局', 'DEPARTMENT'], ['民政局', 'DEPARTMENT'],
] as const;
export const PETITION_OFFICE = 1;
export const HOUSING = 2;
/** Departments 2 to 6 lead cases; civil affairs gets the referrals. */
export const LEADING = 5;
export const CIVIL_AFFAIRS = 7;
export const OFFICIALS_PER_UNIT = 10;

export interface Unit {
  readonly id: string;
  readonly index: number;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly division: string;
  /** The same department one and two levels up. */
  readonly above: readonly string[];
}

export const unitIndex = (division: number, department: number): number => division * DEPARTMENTS.length + department;

function unitOf(division: Division, at: number, department: number): Unit {
  const [name, kind] = DEPARTMENTS[department] ?? DEPARTMENTS[0];
  const index = unitIndex(at, department);
  const above: string[] = [];
  for (let code = division.parent; code !== null; ) {
    const parent = divisions.findIndex((one) => one.code === code);
    above.push(idOf('unit', unitIndex(parent, department)));
    code = divisions[parent]?.parent ?? null;
  }
  return { id: idOf('unit', index), index, code: `B${String(index).padStart(5, '0')}`, name: `${division.name}${name}`, kind, division: division.code, above };
}

export const units: readonly Unit[] = divisions.flatMap((division, at) => DEPARTMENTS.map((_name, department) => unitOf(division, at, department)));

export interface Official {
  readonly id: string;
  readonly index: number;
  readonly staffNo: string;
  readonly name: string;
  readonly unitId: string;
}

const SURNAMES = [...'赵钱孙李周吴郑王冯陈马杨丁哈纳'];

export const officials: readonly Official[] = units.flatMap((unit) =>
  Array.from({ length: OFFICIALS_PER_UNIT }, (_unused, place) => {
    const index = unit.index * OFFICIALS_PER_UNIT + place;
    return { id: idOf('official', index), index, staffNo: `S${index}`, name: `${SURNAMES[index % SURNAMES.length] ?? '王'}某${index}`, unitId: unit.id };
  }),
);

/** Who heads a unit. */
export const headOf = (unit: number): string => idOf('official', unit * OFFICIALS_PER_UNIT);
