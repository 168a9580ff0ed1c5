import { CITIES, COUNTIES, county, DISTRICT, LIVELY_COUNTIES, PROVINCE } from './divisions';
import { officialOf, type DemoOfficial } from './officials';
import { stableId } from './stable-id';
import { unit, type UnitMark } from './units';

export interface PersonaClaims extends Readonly<Record<string, unknown>> {
  /** Official id; of a website, its account. */
  readonly sub: string;
  /** Unit id; a website belongs to none. */
  readonly unit?: string;
  /** GB/T 2260 code. */
  readonly division: string;
  readonly roles: readonly string[];
  readonly locale: 'zh-CN' | 'en';
}

export interface Persona {
  /** What to write on the command line. */
  readonly name: string;
  readonly titleZh: string;
  readonly titleEn: string;
  /** One of the nine of the story; the others load their county's ledger, or act beside the nine. */
  readonly isShown: boolean;
  readonly claims: PersonaClaims;
}

interface Place {
  readonly division: string;
  readonly mark: UnitMark;
  /** Which official of the unit; the head when left out. */
  readonly index?: number;
}
interface Words {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
}

function persona({ name, zh, en }: Words, place: Place, roles: readonly string[]): Persona {
  const official: DemoOfficial = officialOf(place.division, place.mark, place.index);
  return {
    name, titleZh: `${zh} ${official.name}`, titleEn: en, isShown: false,
    claims: { sub: official.id, unit: unit(place.division, place.mark).id, division: place.division, roles, locale: 'zh-CN' },
  };
}

/** Name of the persona that stands for a county's joint office. */
export const countyOffice = (countyCode: string): string => (countyCode === DISTRICT ? 'district-office' : `office-${countyCode}`);

/** Nobody in office: what it may ask is asked with query code and secret. */
const WEBSITE: Persona = {
  name: 'petitioner-website', titleZh: '群众查询评价网站', titleEn: 'Website where petitioners look up their own matter', isShown: false,
  claims: { sub: stableId('account', 'petitioner-website'), division: PROVINCE.code, roles: ['PUBLIC_PORTAL'], locale: 'zh-CN' },
};

const PLAYED: readonly Persona[] = [
  persona({ name: 'province-office', zh: '自治区信访联席办', en: 'Regional joint office (Ningxia)' }, { division: PROVINCE.code, mark: 'XLB' }, ['JOINT_OFFICE']),
  persona({ name: 'district-office', zh: '兴庆区信访联席办', en: 'District joint office (Xingqing)' }, { division: DISTRICT, mark: 'XLB' }, ['JOINT_OFFICE']),
  persona({ name: 'housing-portal', zh: '兴庆区住房和城乡建设局', en: 'Housing bureau (Xingqing)' }, { division: DISTRICT, mark: 'ZJJ', index: 1 }, ['UNIT_HANDLER']),
  persona({ name: 'civil-affairs-portal', zh: '兴庆区民政局', en: 'Civil affairs bureau (Xingqing)' }, { division: DISTRICT, mark: 'MZJ', index: 1 }, ['UNIT_HANDLER']),
  persona({ name: 'sponsor', zh: '兴庆区包案领导', en: 'Leader who sponsors cases (Xingqing)' }, { division: DISTRICT, mark: 'ZF' }, []),
  persona({ name: 'window-clerk', zh: '兴庆区群众来访接待大厅窗口', en: 'Clerk of the reception hall (Xingqing)' }, { division: DISTRICT, mark: 'JDT', index: 1 }, ['WINDOW_CLERK']),
  persona({ name: 'discipline-organ', zh: '兴庆区纪委监委', en: 'Discipline organ that receives accusations (Xingqing)' }, { division: DISTRICT, mark: 'JW', index: 1 }, ['UNIT_HANDLER']),
  WEBSITE,
  persona({ name: 'admin', zh: '系统管理员', en: 'Administrator of the directory' }, { division: PROVINCE.code, mark: 'XLB', index: 1 }, ['ADMIN']),
];

const COUNTY_OFFICES: readonly Persona[] = COUNTIES.filter(({ code }) => code !== DISTRICT).map(({ code, name }) =>
  persona({ name: countyOffice(code), zh: `${name}信访联席办`, en: `County joint office (${code})` }, { division: code, mark: 'XLB' }, ['JOINT_OFFICE']));

/** Name of the persona that decides on aid in a county of LIVELY_COUNTIES. */
export const civilAffairs = (countyCode: string): string => `civil-affairs-${countyCode}`;

/** Who acts beside the nine, so that offices have somebody to answer them. */
const BESIDE: readonly Persona[] = [
  persona({ name: 'district-deputy', zh: '兴庆区信访联席办信访专员', en: 'Second pair of eyes of the district joint office (Xingqing)' }, { division: DISTRICT, mark: 'XLB', index: 1 }, ['JOINT_OFFICE']),
  persona({ name: 'labour-portal', zh: '兴庆区人力资源和社会保障局', en: 'Labour bureau (Xingqing)' }, { division: DISTRICT, mark: 'RSJ', index: 1 }, ['UNIT_HANDLER']),
  persona({ name: 'land-portal', zh: '兴庆区自然资源局', en: 'Natural resources bureau (Xingqing)' }, { division: DISTRICT, mark: 'ZRJ', index: 1 }, ['UNIT_HANDLER']),
  persona({ name: 'reception-hall', zh: '兴庆区群众来访接待大厅', en: 'Head of the reception hall (Xingqing)' }, { division: DISTRICT, mark: 'JDT' }, ['UNIT_HANDLER']),
  persona({ name: 'street-office', zh: '凤凰北街街道', en: 'Street office (Xingqing)' }, { division: DISTRICT, mark: 'XZ1', index: 1 }, ['UNIT_HANDLER']),
  persona({ name: 'town-office', zh: '掌政镇', en: 'Town office (Xingqing)' }, { division: DISTRICT, mark: 'XZ2', index: 1 }, ['UNIT_HANDLER']),
  persona({ name: 'city-office', zh: '银川市信访联席办', en: 'City joint office (Yinchuan)' }, { division: CITIES[0].code, mark: 'XLB' }, ['JOINT_OFFICE']),
  ...LIVELY_COUNTIES.map((code) => persona({ name: civilAffairs(code), zh: `${county(code).name}民政局`, en: `County civil affairs bureau (${code})` }, { division: code, mark: 'MZJ' }, ['UNIT_HANDLER'])),
];

/** Who can be played, by name; the nine of the story first, then the other counties' joint offices and those beside them. */
export const personas: Readonly<Record<string, Persona>> = Object.fromEntries([...PLAYED.map((one) => ({ ...one, isShown: true })), ...COUNTY_OFFICES, ...BESIDE].map((one) => [one.name, one]));
