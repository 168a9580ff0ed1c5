import { type Refusal, refuse } from '@anjie/contracts';
import type { ClaimRefusalCode, CorrectPetitionInput, PetitionRefusalCode } from '../generated/graphql';
import { categoryBySlug } from './content-categories';
import { isPlaceCode } from './intake';
import type { CaseStatus } from './life';
import { UNTOUCHED } from './merging';
import type { StandingInCase } from './permissions';
import { holdsAll, isAbove } from './places';
import { isFitText } from './text-form';

type Value = string | number | boolean | null;

/** A field that may be mended, as it stands and as it is to be. */
export interface Change {
  readonly field: string;
  readonly before: Value;
  readonly after: Value;
}

/** The fields that may be mended, and where they lie. A day, a number, a channel, the text itself and who somebody is are never mended. */
export const CORRECTABLE = {
  title: 'CASE_AND_PETITION', summary: 'CASE', contentCategory: 'CASE', divisionCode: 'CASE', addressee: 'PETITION', petitionerCount: 'PETITION',
  affectedCount: 'PETITION', consentsToPublication: 'PETITION', isMajorUrgent: 'PETITION', involvesLitigation: 'PETITION', isCrossSeparation: 'PETITION',
  residenceDivisionCode: 'PETITION', householdDivisionCode: 'PETITION',
} as const;
export type CorrectableField = keyof typeof CORRECTABLE;

const trimmed = (value: Value): Value => (typeof value === 'string' ? value.trim() || null : value);

/** What would really change. A field that is left out stays; one that is given as null is emptied. */
export function changesOf(input: CorrectPetitionInput, current: Readonly<Record<CorrectableField, Value>>): Change[] {
  return (Object.keys(CORRECTABLE) as CorrectableField[])
    .filter((field) => input[field] !== undefined)
    .map((field) => ({ field, before: current[field], after: trimmed(input[field] ?? null) }))
    .filter(({ before, after }) => before !== after);
}

/** A case that is to lie elsewhere. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly status: CaseStatus;
  /** Where the registering unit sits. */
  readonly registrarPlace: string | null;
}

/**
 * The place says who supervises a case: an office that holds both places changes it, so that nobody takes a case from its supervisors or
 * gives it to strangers; the registering unit mends its own slip along its own line while nobody else has touched the case.
 */
export function mayMove({ roles, parts, divisionCode }: StandingInCase, { from, to, status, registrarPlace }: Move): boolean {
  if (roles.includes('JOINT_OFFICE') && holdsAll(divisionCode, [from, to])) return true;
  const isRegistrar = parts.includes('REGISTRAR') && roles.some((role) => role === 'WINDOW_CLERK' || role === 'UNIT_HANDLER');
  return isRegistrar && UNTOUCHED.has(status) && registrarPlace !== null && (holdsAll(registrarPlace, [to]) || isAbove(to, registrarPlace));
}

export const isReasonFit = (reason: string): boolean => isFitText(reason, 5, 200);

/** Why the given values cannot stand; the place itself is checked as at registration. */
export function correctionFault(input: CorrectPetitionInput): Refusal<PetitionRefusalCode> | undefined {
  if (!isReasonFit(input.reason)) return refuse('REASON_MISSING', '请填写5至200字的更正理由。', 'Give a reason of 5 to 200 characters.');
  const isFit = isLineFit(input.title, 200) && isLineFit(input.summary, 4_000) && isFitText(input.addressee, 0, 100);
  if (!isFit) return refuse('TEXT_LENGTH', '标题、概况或受信人为空、过长或含不可见字符。', 'A text is empty, too long or holds hidden characters.');
  if (input.contentCategory && !categoryBySlug(input.contentCategory)) return refuse('CATEGORY_UNKNOWN', '内容分类不在目录中。', 'Not a slug of the catalogue of content categories.');
  if (!isPlaceCode(input.residenceDivisionCode) || !isPlaceCode(input.householdDivisionCode)) return refuse('DIVISION_UNKNOWN', '常住地或户籍地不是行政区划代码。', 'Residence or household is not a division code.');
  return isCountFit(input.petitionerCount, 1) && isCountFit(input.affectedCount, 0) ? undefined : refuse('COUNT_INVALID', '人数超出可能范围。', 'A count is beyond what is possible.');
}

/** Left out is fine; emptied is not. */
const isLineFit = (text: string | null | undefined, most: number): boolean => text === undefined || isFitText(text, 1, most);
const isCountFit = (count: number | null | undefined, least: number): boolean => count === undefined || (count === null ? least === 0 : count >= least && count <= 1_000_000);

/** States before the reply: afterwards the reply stands to the claims as they were (第三十二条). */
const BEFORE_REPLY: ReadonlySet<string> = new Set([
  'RECEIVED', 'REGISTERED', 'FORWARDED', 'ASSIGNED', 'RETURN_REQUESTED', 'JURISDICTION_DISPUTE', 'ACCEPTED', 'HANDLING', 'EXTENDED',
]);
export const areClaimsOpen = (status: string): boolean => BEFORE_REPLY.has(status);

/** Claims that may stand in one case at a time. */
export const MOST_CLAIMS = 20;

export interface ClaimChange {
  readonly reason: string;
  readonly status: string;
  /** The new words; null when the claim is taken back. */
  readonly text: string | null;
}

/** Why a claim cannot be added, clarified or taken back now. */
export function claimFault({ reason, status, text }: ClaimChange): Refusal<ClaimRefusalCode> | undefined {
  if (!isReasonFit(reason)) return refuse('REASON_MISSING', '请填写5至200字的理由。', 'Give a reason of 5 to 200 characters.');
  if (text !== null && !isFitText(text, 1, 500)) return refuse('TEXT_LENGTH', '诉求为空、过长或含不可见字符。', 'A claim is empty, too long or holds hidden characters.');
  if (areClaimsOpen(status)) return undefined;
  return refuse('CLAIMS_CLOSED', '已作出答复或程序已结束，新的诉求请另行登记信访件。', 'The matter was replied to or has ended; register a new petition for new claims.', '《信访工作条例》第三十二条');
}
