import type { DivisionLevel } from '@anjie/contracts';
import { categoryBySlug, sortCategory } from './content-categories';

/**
 * 谁主管、谁负责 as data: which department has the matter of a content category in its line. A row of level 1 holds for
 * all below it that have no row of their own; a category without either has no known line. Edit the rows, not the rule.
 */
export interface LineDepartment {
  /** 内容分类 by its slug (rules/content-categories.ts). */
  readonly category: string;
  /** Words by one of which the department's name is known, today's and those before the reform of 2018; empty where it lies in no department's line. */
  readonly names: readonly string[];
  /** The lowest level that may decide such a matter (分级负责); null where the text is not known. */
  readonly lowestLevel: DivisionLevel | null;
  /** The law that says so; null where it is practice or unknown. */
  readonly basis: string | null;
}

const HOUSING = ['住房和城乡建设', '住房城乡建设', '住建'] as const;
const LAND = ['自然资源', '国土资源'] as const;
const VETERANS = ['退役军人'] as const;
const STATE_ASSETS = ['国有资产监督管理', '国资'] as const;

const row = (category: string, ...names: readonly string[]): LineDepartment => ({ category, names, lowestLevel: null, basis: null });

export const LINE_DEPARTMENTS: readonly LineDepartment[] = [
  row('construction', ...HOUSING),
  { category: 'construction.state-land-expropriation', names: HOUSING, lowestLevel: 'COUNTY', basis: '《国有土地上房屋征收与补偿条例》第四条' },
  row('construction.planning', ...LAND),
  row('land', ...LAND),
  { category: 'land.expropriation', names: LAND, lowestLevel: 'COUNTY', basis: '《土地管理法》第四十七条' },
  row('labour', '人力资源和社会保障', '人力资源社会保障', '人社'),
  row('rural', '农业农村', '农牧'),
  row('rural.village-affairs'),
  row('rural.water', '水务', '水利'),
  row('civil-affairs', '民政'),
  row('civil-affairs.entitled-groups', ...VETERANS),
  row('civil-affairs.demobilised', ...VETERANS),
  row('personnel.transferred-officers', ...VETERANS),
  row('health', '卫生健康', '卫生和计划生育'),
  row('environment', '生态环境', '环境保护'),
  row('transport', '交通运输'),
  row('education-culture-sport', '教育'),
  row('economy.finance', '金融', '财政'),
  row('economy.state-assets', ...STATE_ASSETS),
  row('economy.bankruptcy', ...STATE_ASSETS),
  row('other'),
];

/** The row of a category, by slug or Chinese name: its own, else that of the level above. */
export function lineOf(contentCategory: string | null, table: readonly LineDepartment[] = LINE_DEPARTMENTS): LineDepartment | undefined {
  const found = categoryBySlug(sortCategory(contentCategory).slug);
  return table.find((one) => one.category === found?.slug) ?? table.find((one) => one.category === found?.parent);
}
