import { isRealDay } from '@anjie/contracts';
import type { CaseStatus } from './life';
import type { IdKind } from './id-documents';

interface Status {
  readonly slug: string;
  readonly zh: string;
  /** States of ours that say exactly this; the others are left empty rather than said wrongly. */
  readonly of: readonly CaseStatus[];
  readonly isEnded?: boolean;
}

/** The 15 names of 信访件状态 (brief §2.2). Two kinds of 超期 stay apart: the unit is late (UNIT_…), or a right lapsed (RIGHT_…). */
export const REPORTED_STATUSES: readonly Status[] = [
  { slug: 'UNDER_EXAMINATION', zh: '受理申请审查中', of: ['REGISTERED', 'FORWARDED', 'ASSIGNED', 'RETURN_REQUESTED', 'JURISDICTION_DISPUTE'] },
  { slug: 'NOT_ACCEPTED', zh: '不予受理', of: ['NOT_ACCEPTED'], isEnded: true }, { slug: 'ACCEPTED', zh: '受理', of: ['ACCEPTED', 'HANDLING', 'EXTENDED'] },
  { slug: 'OPINION_ISSUED', zh: '已作出处理意见', of: ['REPLIED', 'EXECUTING'] }, { slug: 'UNIT_OVERDUE_OPINION', zh: '超期未作出处理意见', of: [] },
  { slug: 'NO_LONGER_ACCEPTED', zh: '不再受理', of: ['NO_LONGER_ACCEPTED'], isEnded: true }, { slug: 'RIGHT_LAPSED_REVIEW', zh: '超期未申请复查', of: [] },
  { slug: 'REVIEW', zh: '复查', of: ['REVIEW'] }, { slug: 'REVIEW_OPINION_ISSUED', zh: '提出复查意见', of: [] }, { slug: 'UNIT_OVERDUE_REVIEW', zh: '超期未作出复查意见', of: [] },
  { slug: 'RIGHT_LAPSED_RE_REVIEW', zh: '超期未申请复核', of: [] }, { slug: 'RE_REVIEW', zh: '复核', of: ['RE_REVIEW'] }, { slug: 'RE_REVIEW_OPINION_ISSUED', zh: '提出复核意见', of: [], isEnded: true },
  { slug: 'UNIT_OVERDUE_RE_REVIEW', zh: '超期未作出复核意见', of: [] }, { slug: 'CLOSING_ACCEPTED', zh: '审核认定办结', of: ['RESOLVED', 'ARCHIVED', 'FOLLOW_UP'], isEnded: true },
];

const plain = (text: string): string => text.normalize('NFKC').trim();

export const statusNamed = (text: string): Status | undefined => REPORTED_STATUSES.find((one) => one.zh === plain(text));
export const statusBySlug = (slug: string | null): Status | undefined => REPORTED_STATUSES.find((one) => one.slug === slug);
/** What our state is called there; undefined when no name says exactly this. */
export const statusOf = (status: CaseStatus): Status | undefined => REPORTED_STATUSES.find((one) => one.of.includes(status));

/** 办理程序 by name. */
export const PROCEDURES = [{ slug: 'ORDINARY', zh: '普通程序', aliases: ['普通'] }, { slug: 'SIMPLE', zh: '简易程序', aliases: ['简易'] }, { slug: 'LEGAL_ROUTE', zh: '导入法定途径', aliases: [] as string[] }] as const;
export const procedureNamed = (text: string) => PROCEDURES.find((one) => one.zh === plain(text) || (one.aliases as readonly string[]).includes(plain(text)));

const ID_KIND_NAMES: readonly (readonly [IdKind, string, ...string[]])[] = [
  ['RESIDENT_ID', '居民身份证', '身份证', '111'], ['HK_MACAU_PERMIT', '港澳居民来往内地通行证'], ['TAIWAN_PERMIT', '台湾居民来往大陆通行证'], ['HMT_RESIDENCE', '港澳台居民居住证'],
  ['PASSPORT', '护照'], ['UNIT_CODE', '统一社会信用代码'], ['OTHER', '其他证件', '其他'],
];
export const idKindNamed = (text: string): IdKind | undefined => ID_KIND_NAMES.find(([, ...names]) => names.includes(plain(text)))?.[0];
export const idKindName = (kind: IdKind): string => ID_KIND_NAMES.find(([one]) => one === kind)?.[1] ?? '';

const MOMENT = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;
const two = (text: string | undefined): string => (text ?? '0').padStart(2, '0');

/** A day or an instant of Asia/Shanghai as ISO 8601 with its zone; undefined for what no clock shows. */
export function momentOf(text: string): string | undefined {
  const [, year = '', month, date, hour, minute, second] = MOMENT.exec(plain(text)) ?? [];
  const day = `${year}-${two(month)}-${two(date)}`;
  const isReal = day >= '1900-01-01' && day <= '2200-12-31' && isRealDay(day) && two(hour) < '24' && two(minute) < '60' && two(second) < '60';
  return isReal ? `${day}T${two(hour)}:${two(minute)}:${two(second)}+08:00` : undefined;
}

/** The instant as the exchange record writes it: 2022-09-27 09:00:00 in Asia/Shanghai. */
export const momentText = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** Codes have digits; names do not. */
export const isCodeLike = (text: string): boolean => /^[0-9A-Za-z.-]{1,16}$/.test(plain(text));

const SEPARATOR = '｜';
const PARTS = 6;

/** One line a person, six parts; a separator inside a part becomes a plain bar. */
export const personLine = (parts: readonly (string | null)[]): string => parts.map((part) => (part ?? '').replaceAll(SEPARATOR, '|').replace(/\s+/g, ' ')).join(SEPARATOR);
export function personParts(text: string): (readonly (string | null)[])[] | undefined {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const people = lines.map((line) => line.split(SEPARATOR).map((part) => part.trim() || null));
  return people.every((parts) => parts.length === PARTS) ? people : undefined;
}
