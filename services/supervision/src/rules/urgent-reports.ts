import { hasRole, type Viewer } from '@anjie/access';
import { caseIsSealed, isIdNumber, neverKept, refuse, type Refusal } from '@anjie/contracts';
import { addDays, type LocalDate } from '@anjie/calendar';
import { isPlainText } from './plain-text';

export type UrgentLevel = 'GENERAL' | 'MAJOR' | 'EXTRAORDINARY';

/** A row of kinds/urgent-reports.yaml, as far as rules read it. */
export interface UrgentReportKind {
  readonly code: string;
  readonly expiresAfterDays: number;
  readonly acknowledgeWithinHours: number;
  readonly levels: readonly UrgentLevel[];
}

export type UrgentReportRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'KIND_UNKNOWN' | 'LEVEL_NOT_ACCEPTABLE' | 'RECEIVERS_NOT_ACCEPTABLE' | 'UNIT_EXCLUDED' | 'TEXT_NOT_ACCEPTABLE' | 'PERSON_IN_TEXT' | 'EXPIRED' | 'CASE_SEALED';
export type UrgentReportRefusal = Refusal<UrgentReportRefusalCode>;
export const URGENT_BASIS = '《信访工作条例》第二十五条';

export const urgentRefusals = {
  notFound: (): UrgentReportRefusal => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  sealed: (): UrgentReportRefusal => caseIsSealed(),
  notPermitted: (): UrgentReportRefusal => refuse('NOT_PERMITTED', '您的岗位或单位无权进行此操作。', 'Your role or unit may not do this.'),
  kindUnknown: (): UrgentReportRefusal => refuse('KIND_UNKNOWN', '没有这种报告，或者已停用。', 'There is no such kind, or it is retired.'),
  badLevel: (): UrgentReportRefusal => refuse('LEVEL_NOT_ACCEPTABLE', '该种报告没有这个级别。', 'The kind has no such level.'),
  badReceivers: (): UrgentReportRefusal =>
    refuse('RECEIVERS_NOT_ACCEPTABLE', '须报送1至20个单位，其中至少一个是党委、政府、信访部门或者联席办，且不含本单位。', 'It goes to 1–20 units, one of them a Party committee, a government, a petition office or a joint office, and not to your own.', URGENT_BASIS),
  unitExcluded: (): UrgentReportRefusal =>
    refuse('UNIT_EXCLUDED', '不得将检举、控告材料转给被检举、控告的单位。', 'Material must not reach the unit that the report names.', '《信访工作条例》第三十条第三款'),
  badText: (): UrgentReportRefusal => refuse('TEXT_NOT_ACCEPTABLE', '事由1至200字，内容1至4000字，不含控制字符。', 'The issue has 1–200 characters, the content 1–4,000, without control characters.'),
  personInText: (): UrgentReportRefusal =>
    refuse('PERSON_IN_TEXT', '只报告问题、地点和单位的措施，不得写入身份证号码、电话号码或者对信访人的评价。', 'Report the issue, the place and what units do: no identity numbers, no telephone numbers, no judgement of people who petition.', '《中华人民共和国个人信息保护法》第六条'),
  expired: (): UrgentReportRefusal => refuse('EXPIRED', '该报告已到期。', 'The report has expired.'),
};

const DIGITS = /\d{17}[\dX]/g;
const MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/;

/** What points to one person, or speaks of people as this system never does. */
export function pointsToPerson(text: string): boolean {
  const plain = text.normalize('NFKC').toUpperCase();
  return neverKept(plain) !== undefined || MOBILE.test(plain.replace(/[\s-]/g, '')) || [...plain.replace(/[\s-]/g, '').matchAll(DIGITS)].some(([run]) => isIdNumber(run));
}

export interface UrgentDraft {
  readonly level: UrgentLevel;
  readonly issue: string;
  readonly content: string;
}

export function urgentObjection(kind: UrgentReportKind, { level, issue, content }: UrgentDraft): UrgentReportRefusal | null {
  if (!kind.levels.includes(level)) return urgentRefusals.badLevel();
  if (!isPlainText(issue, { most: 200 }) || !isPlainText(content, { most: 4_000 })) return urgentRefusals.badText();
  return pointsToPerson(issue) || pointsToPerson(content) ? urgentRefusals.personInText() : null;
}

/** The last day on which its words can be read. */
export const lastDay = (sentOn: LocalDate, kind: UrgentReportKind): LocalDate => addDays(sentOn, kind.expiresAfterDays);

export const acknowledgeBy = (sentAt: Date, kind: UrgentReportKind): Date => new Date(sentAt.getTime() + kind.acknowledgeWithinHours * 3_600_000);

/** 各级机关、单位 report; whoever acts for one. */
export const mayReport = (viewer: Viewer): boolean => viewer.kind === 'OFFICIAL' && viewer.unitId !== null && hasRole(viewer, 'UNIT_HANDLER', 'JOINT_OFFICE', 'WINDOW_CLERK');
