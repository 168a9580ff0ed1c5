import type { DivisionLevel } from '@anjie/contracts';

/**
 * 谁主管、谁负责 as data: which department has the matter of a content category in its line. The names of categories are
 * those of the exchange record (level 2, some of level 1); official codes were not found. Edit the rows, not the rule.
 */
export interface LineDepartment {
  /** 内容分类 by its Chinese name. */
  readonly category: string;
  /** Own slug of the category, where one is used. */
  readonly slug?: string;
  /** Words by one of which the department's name is known, today's and those before the reform of 2018; empty where no line is known. */
  readonly names: readonly string[];
  /** The lowest level that may decide such a matter (分级负责); null where the text is not known. */
  readonly lowestLevel: DivisionLevel | null;
  /** The law that says so; null where it is practice or unknown. */
  readonly basis: string | null;
}

const HOUSING = ['住房和城乡建设', '住房城乡建设', '住建'] as const;
const LAND = ['自然资源', '国土资源'] as const;
const LABOUR = ['人力资源和社会保障', '人力资源社会保障', '人社'] as const;
const AGRICULTURE = ['农业农村', '农牧'] as const;
const CIVIL_AFFAIRS = ['民政'] as const;
const VETERANS = ['退役军人'] as const;
const HEALTH = ['卫生健康', '卫生和计划生育'] as const;
const INSURANCE = ['医疗保障', '医保'] as const;
const ENVIRONMENT = ['生态环境', '环境保护'] as const;
const TRANSPORT = ['交通运输'] as const;
const EDUCATION = ['教育'] as const;
const FINANCE = ['金融', '财政'] as const;
const STATE_ASSETS = ['国有资产监督管理', '国资'] as const;
const EXPROPRIATION = '《国有土地上房屋征收与补偿条例》第四条';

const rows = (names: readonly string[], categories: readonly string[]): LineDepartment[] =>
  categories.map((category) => ({ category, names, lowestLevel: null, basis: null }));

export const LINE_DEPARTMENTS: readonly LineDepartment[] = [
  { category: '国有土地上房屋征收与补偿', names: HOUSING, lowestLevel: 'COUNTY', basis: EXPROPRIATION },
  { category: '土地征收', slug: 'land.expropriation', names: LAND, lowestLevel: 'COUNTY', basis: '《土地管理法》第四十七条' },
  ...rows(HOUSING, ['住房保障与房地产', '建筑市场', '工程质量', '城乡建设', '集体土地上房屋拆迁与补偿']),
  ...rows(LAND, ['国土资源', '城乡规划']),
  ...rows(LABOUR, ['劳动关系', '工资福利', '劳动保护', '城镇职工社会保险', '城镇居民社会保险', '社保基金管理', '退休政策及待遇', '劳动和社会保障']),
  ...rows(AGRICULTURE, ['土地承包经营', '惠农补贴', '农村农业']),
  ...rows(['水务', '水利'], ['水利水电']),
  ...rows(CIVIL_AFFAIRS, ['社会救助', '基层选举和社区建设', '民政']),
  ...rows(VETERANS, ['优抚', '复退安置', '军转安置']),
  ...rows(HEALTH, ['医患纠纷', '医政监管', '卫生计生']),
  ...rows(INSURANCE, ['医疗保险']),
  ...rows(ENVIRONMENT, ['环境污染', '环保管理', '环境保护']),
  ...rows(TRANSPORT, ['客货运输', '出租车管理', '交通运输']),
  ...rows(EDUCATION, ['教育收费', '考试招生', '教育文体']),
  ...rows(FINANCE, ['金融财税']),
  ...rows(STATE_ASSETS, ['国资监管', '企业破产']),
  // a township or village matter without a department of its own line; historical matters have the line they once had
  ...rows([], ['村务管理', '历史遗留问题', '其他']),
];

/** The row of a category as it stands on the case: its Chinese name or its slug. */
export const lineOf = (contentCategory: string | null, table: readonly LineDepartment[] = LINE_DEPARTMENTS): LineDepartment | undefined =>
  table.find((row) => row.category === contentCategory || (row.slug !== undefined && row.slug === contentCategory));
