import { DIVISION_CODE, isInDivision, type PostKind } from '@anjie/contracts';

export const UNIT_KINDS = [
  'PARTY', 'GOVERNMENT', 'DEPARTMENT', 'JOINT_OFFICE', 'PETITION_OFFICE', 'FUNCTIONAL_ZONE', 'TOWNSHIP', 'VILLAGE', 'COURT_PROCURATORATE',
  'DISCIPLINE', 'POLITICAL_LEGAL', 'ENTERPRISE', 'OTHER',
] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** What a workbook may say for a kind. */
export const UNIT_KIND_WORDS: Readonly<Record<string, UnitKind>> = {
  党委: 'PARTY', 政府: 'GOVERNMENT', 部门: 'DEPARTMENT', 联席办: 'JOINT_OFFICE', 信访局: 'PETITION_OFFICE', 功能区: 'FUNCTIONAL_ZONE', 乡镇街道: 'TOWNSHIP',
  村社区: 'VILLAGE', 法院检察院: 'COURT_PROCURATORATE', 纪检监察机关: 'DISCIPLINE', 政法机关: 'POLITICAL_LEGAL', 企业: 'ENTERPRISE', 其他: 'OTHER',
  ...Object.fromEntries(UNIT_KINDS.map((kind) => [kind, kind])),
};

export interface DivisionRowIn {
  readonly code: string;
  readonly name: string;
  readonly parentCode?: string | null | undefined;
  readonly validTo?: string | null | undefined;
}
export interface UnitRowIn {
  readonly id?: string | null | undefined;
  readonly code: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly divisionCode: string;
  readonly parentCode?: string | null | undefined;
  readonly successorCode?: string | null | undefined;
  readonly validFrom: string;
  readonly validTo?: string | null | undefined;
}
export interface OfficialRowIn {
  readonly id?: string | null | undefined;
  readonly staffNo: string;
  readonly name: string;
  readonly unitCode?: string | null | undefined;
  readonly title?: string | null | undefined;
  readonly isHead?: boolean | null | undefined;
  readonly startedOn?: string | null | undefined;
  readonly kind?: PostKind | null | undefined;
  readonly endsOn?: string | null | undefined;
  readonly validTo?: string | null | undefined;
}

/** What is wrong with a row, in words for a person; null when nothing is. */
export interface RowProblem {
  readonly zh: string;
  readonly en: string;
}
const problem = (zh: string, en: string): RowProblem => ({ zh, en });
const fits = (text: string, max: number): boolean => text.trim() === text && text.length >= 1 && text.length <= max;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const idProblem = (id: string | null | undefined): RowProblem | null => (id == null || UUID.test(id) ? null : problem('编号不是 uuid', 'the id is not a uuid'));

/** GB/T 2260: a code begins with the digits of the division above, because figures sum by these digits. */
export function divisionProblem(row: DivisionRowIn): RowProblem | null {
  if (!DIVISION_CODE.test(row.code)) return problem('代码应为 6、9 或 12 位数字', 'the code must have 6, 9 or 12 digits');
  if (!fits(row.name, 120)) return problem('名称应为 1–120 字', 'the name must have 1–120 characters');
  if (row.parentCode == null) return null;
  const isBelow = DIVISION_CODE.test(row.parentCode) && row.parentCode !== row.code && isInDivision(row.code, row.parentCode);
  return isBelow ? null : problem('代码不在上级代码之下', 'the code does not lie below its parent code');
}

export function unitProblem(row: UnitRowIn): RowProblem | null {
  if (!fits(row.code, 32)) return problem('单位代码应为 1–32 字', 'the unit code must have 1–32 characters');
  if (!fits(row.name, 200)) return problem('单位名称应为 1–200 字', 'the unit name must have 1–200 characters');
  if (!DIVISION_CODE.test(row.divisionCode)) return problem('行政区划代码不合要求', 'the division code is not valid');
  if (row.parentCode === row.code) return problem('上级单位不能是本单位', 'a unit is not its own parent');
  if (row.successorCode === row.code) return problem('后继单位不能是本单位', 'a unit is not its own successor');
  if (row.validTo != null && row.validTo < row.validFrom) return problem('停用日期早于启用日期', 'the last day lies before the first');
  return idProblem(row.id);
}

export function officialProblem(row: OfficialRowIn): RowProblem | null {
  if (!fits(row.staffNo, 32)) return problem('工号应为 1–32 字', 'the staff number must have 1–32 characters');
  if (!fits(row.name, 100)) return problem('姓名应为 1–100 字', 'the name must have 1–100 characters');
  if (row.unitCode != null && !fits(row.title ?? '', 100)) return problem('有单位即须有职务（1–100 字）', 'a post needs a title of 1–100 characters');
  if (row.unitCode == null && row.title != null) return problem('有职务即须有单位', 'a title needs a unit');
  if (row.endsOn != null && row.startedOn != null && row.endsOn <= row.startedOn) return problem('任职截止日期应晚于任职日期', 'the post must end after it begins');
  if (row.kind === 'ACTING' && row.endsOn == null) return problem('代理职务须有截止日期', 'an acting post needs the day on which it ends');
  return idProblem(row.id);
}

export interface PostFact {
  readonly unitId: string;
  readonly title: string;
  readonly isHead: boolean;
  readonly startedOn: string;
  /** 正式任职 when left out. */
  readonly kind?: PostKind | undefined;
  /** From this day on not held any more; open when left out. */
  readonly endedOn?: string | null | undefined;
}
export interface HeldPost extends PostFact {
  readonly id: string;
}
export interface PostChanges {
  readonly end: readonly { readonly id: string; readonly endedOn: string }[];
  readonly begin: readonly PostFact[];
  readonly correct: readonly (Pick<HeldPost, 'id' | 'isHead' | 'kind' | 'endedOn'>)[];
}

const earliest = (a: string, b: string | null | undefined): string => (b != null && b < a ? b : a);
const latest = (a: string, b: string): string => (a > b ? a : b);
const isSamePost = (a: PostFact, b: PostFact): boolean =>
  a.isHead === b.isHead && (a.kind ?? 'PRIMARY') === (b.kind ?? 'PRIMARY') && (a.endedOn ?? null) === (b.endedOn ?? null);

/**
 * From the posts that are open to those that are wanted: an official who moves ends the old post on the day the new one
 * begins; the same unit and title is the same post, whose start is not moved by a later list.
 */
export function postChanges(open: readonly HeldPost[], wanted: readonly PostFact[], today: string): PostChanges {
  const key = (post: PostFact): string => `${post.unitId}|${post.title}`;
  const openByKey = new Map(open.map((post) => [key(post), post]));
  const wantedKeys = new Set(wanted.map(key));
  const begin = wanted.filter((post) => !openByKey.has(key(post)));
  const handover = begin.map((post) => post.startedOn).sort()[0] ?? today;
  const end = open.filter((post) => !wantedKeys.has(key(post))).map((post) => ({ id: post.id, endedOn: latest(earliest(handover, post.endedOn), post.startedOn) }));
  const correct = wanted.flatMap((post) => {
    const held = openByKey.get(key(post));
    return held && !isSamePost(held, post) ? [{ id: held.id, isHead: post.isHead, kind: post.kind, endedOn: post.endedOn }] : [];
  });
  return { end, begin, correct };
}
