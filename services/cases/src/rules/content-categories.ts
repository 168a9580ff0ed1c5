/** A 内容分类 as this software names it. The official six-digit codes were not found (only 990000 其他), so codes stay empty until an office maps them. */
export interface ContentCategory {
  /** Own slug, stable for ever: `land` or `land.expropriation`. */
  readonly slug: string;
  /** 内容分类代码 of the exchange record, where it is known. */
  readonly externalCode: string | null;
  readonly zh: string;
  readonly en: string;
  /** Names in use since the reforms of 2018, and other spellings. */
  readonly aliases: readonly string[];
  /** Slug of the level above; null at level 1. */
  readonly parent: string | null;
}

type Line = readonly [slug: string, zh: string, en: string, ...aliases: string[]];

/** Brief §4.2: the 17 names of level 1, each with those of level 2 that are published. */
const TREE: readonly (readonly [Line, ...Line[]])[] = [
  [['justice', '政法', 'Justice and public order'], ['litigation', '诉讼', 'Litigation'], ['administrative-reconsideration', '行政复议', 'Administrative reconsideration'],
    ['arbitration-mediation', '仲裁与调解', 'Arbitration and mediation'], ['household-registration', '户籍证件', 'Household registration and papers']],
  [['science-information', '科技与信息产业', 'Science and information industry']],
  [['discipline', '纪检监察', 'Discipline and supervision'], ['conduct', '干部作风', 'Conduct of officials'], ['neglect', '失职渎职', 'Neglect of duty'],
    ['abuse', '滥用职权', 'Abuse of power'], ['corruption', '贪污贿赂', 'Corruption and bribery']],
  [['party-government', '党务政务', 'Party and government affairs']],
  [['land', '国土资源', 'Land and resources', '自然资源'], ['expropriation', '土地征收', 'Expropriation of land']],
  [['education-culture-sport', '教育文体', 'Education, culture and sport'], ['school-fees', '教育收费', 'School fees'], ['examinations', '考试招生', 'Examinations and admission']],
  [['labour', '劳动和社会保障', 'Labour and social security', '劳动社保'], ['relations', '劳动关系', 'Labour relations'], ['wages', '工资福利', 'Wages and benefits'],
    ['protection', '劳动保护', 'Safety at work'], ['employee-insurance', '城镇职工社会保险', 'Social insurance of urban employees'],
    ['resident-insurance', '城镇居民社会保险', 'Social insurance of urban residents'], ['insurance-funds', '社保基金管理', 'Management of social insurance funds'],
    ['retirement', '退休政策及待遇', 'Retirement and pensions']],
  [['construction', '城乡建设', 'Urban and rural construction', '住房和城乡建设'],
    ['collective-land-demolition', '集体土地上房屋拆迁与补偿', 'Demolition on collective land and compensation'],
    ['state-land-expropriation', '国有土地上房屋征收与补偿', 'Expropriation on state land and compensation'],
    ['housing', '住房保障与房地产', 'Housing and real estate', '房地产'], ['planning', '城乡规划', 'Urban and rural planning'],
    ['building-market', '建筑市场', 'Building market'], ['quality', '工程质量', 'Quality of works']],
  [['rural', '农村农业', 'Villages and farming', '农业农村'], ['contracted-land', '土地承包经营', 'Contracted land'], ['subsidies', '惠农补贴', 'Farm subsidies'],
    ['village-affairs', '村务管理', 'Village affairs'], ['water', '水利水电', 'Water works and hydropower']],
  [['health', '卫生计生', 'Health and family planning', '卫生健康'], ['medical-disputes', '医患纠纷', 'Disputes between patients and hospitals'],
    ['medical-administration', '医政监管', 'Medical administration']],
  [['environment', '环境保护', 'Environment', '生态环境'], ['pollution', '环境污染', 'Pollution'], ['administration', '环保管理', 'Environmental administration']],
  [['transport', '交通运输', 'Transport'], ['carriage', '客货运输', 'Carriage of passengers and goods'], ['taxis', '出租车管理', 'Taxis']],
  [['civil-affairs', '民政', 'Civil affairs'], ['entitled-groups', '优抚', 'Care for entitled groups'], ['demobilised', '复退安置', 'Demobilised soldiers'],
    ['assistance', '社会救助', 'Social assistance'], ['grassroots', '基层选举和社区建设', 'Grassroots elections and communities']],
  [['economy', '经济管理', 'Economic administration'], ['bankruptcy', '企业破产', 'Bankruptcy of enterprises'], ['state-assets', '国资监管', 'State assets'],
    ['finance', '金融财税', 'Finance and taxation', '集资融资'], ['insurance-securities', '保险证券期货', 'Insurance, securities and futures']],
  [['trade-tourism', '商贸旅游', 'Trade and tourism']],
  [['personnel', '组织人事', 'Organisation and personnel'], ['transferred-officers', '军转安置', 'Transferred officers']],
  [['other', '其他', 'Other', '其它'], ['legacy', '历史遗留问题', 'Matters left over by history']],
];

/** The one code that is published: 990000 其他. */
const CODES: Readonly<Record<string, string>> = { other: '990000' };

const lineOf = ([slug, zh, en, ...aliases]: Line, parent: string | null): ContentCategory => {
  const whole = parent ? `${parent}.${slug}` : slug;
  return { slug: whole, externalCode: CODES[whole] ?? null, zh, en, aliases, parent };
};

export const CONTENT_CATEGORIES: readonly ContentCategory[] = TREE.flatMap(([first, ...second]) => [lineOf(first, null), ...second.map((line) => lineOf(line, first[0]))]);

const BY_SLUG = new Map(CONTENT_CATEGORIES.map((one) => [one.slug, one]));
const BY_NAME = new Map([...CONTENT_CATEGORIES].reverse().flatMap((one) => [one.zh, ...one.aliases].map((name) => [name, one] as const)));
const BY_CODE = new Map(CONTENT_CATEGORIES.filter((one) => one.externalCode).map((one) => [one.externalCode, one]));

export const categoryBySlug = (slug: string | null | undefined): ContentCategory | undefined => (slug ? BY_SLUG.get(slug) : undefined);

export interface SortedCategory {
  readonly slug: string | null;
  /** A code or a name of another list that we cannot sort: kept beside, never guessed. */
  readonly externalCode: string | null;
  readonly externalText: string | null;
}

const NONE: SortedCategory = { slug: null, externalCode: null, externalText: null };

/** What a cell or another system says, sorted into our catalogue by slug, Chinese name or known code; all else is kept as it came. */
export function sortCategory(text: string | null | undefined): SortedCategory {
  const given = (text ?? '').normalize('NFKC').trim();
  if (given === '') return NONE;
  const found = BY_SLUG.get(given) ?? BY_NAME.get(given) ?? BY_CODE.get(given);
  if (found) return { ...NONE, slug: found.slug, externalCode: /^\d+$/.test(given) ? given : null };
  return /^\d{1,16}$/.test(given) ? { ...NONE, externalCode: given } : { ...NONE, externalText: given };
}
