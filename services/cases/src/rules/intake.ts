import { DIVISION_CODE, type Refusal, refuse } from '@anjie/contracts';
import type { OutsideCodeInput, PetitionForm, PetitionRefusalCode, RegisterPetitionInput, StatedPurpose } from '../generated/graphql';
import { categoryBySlug } from './content-categories';
import { isFormOf, isPurposeOf } from './intake-kinds';
import { countOf, isCollective, isIdentityUnclear, isJoint } from './intake-people';
import { isFitText } from './text-form';

type No = Refusal<PetitionRefusalCode>;

export interface OutsideCode {
  readonly slug: string | null;
  readonly externalCode: string | null;
}

/** What is known of a petition beyond its text and its people. */
export interface Intake {
  readonly receivedOn: string;
  readonly addressee: string | null;
  readonly externalForm: PetitionForm | null;
  readonly statedPurpose: StatedPurpose | null;
  readonly isJoint: boolean;
  readonly isCollective: boolean;
  readonly isAnonymous: boolean;
  readonly isIdentityUnclear: boolean;
  readonly consentsToPublication: boolean | null;
  readonly isFirstAtOrg: boolean | null;
  readonly isFirstNationwide: boolean | null;
  readonly isMajorUrgent: boolean;
  readonly involvesLitigation: boolean;
  readonly isCrossSeparation: boolean;
  readonly cause: OutsideCode | null;
  readonly hotTopic: OutsideCode | null;
  readonly system: OutsideCode | null;
  readonly externalCategory: OutsideCode | null;
  readonly residenceDivisionCode: string | null;
  readonly householdDivisionCode: string | null;
}

const codeOf = (code: OutsideCodeInput | null | undefined): OutsideCode | null => {
  const slug = code?.slug?.trim() || null;
  const externalCode = code?.externalCode?.trim() || null;
  return slug || externalCode ? { slug, externalCode } : null;
};
const textOf = (text: string | null | undefined): string | null => text?.trim() || null;

/** The facts of an acceptable registration, derived ones included. */
export function intakeOf(input: RegisterPetitionInput, today: string): Intake {
  return {
    receivedOn: input.receivedOn ?? today, addressee: textOf(input.addressee), externalForm: input.externalForm ?? null, statedPurpose: input.statedPurpose ?? null,
    isJoint: isJoint(input.channel, countOf(input)), isCollective: isCollective(input.channel, countOf(input)), isAnonymous: input.isAnonymous === true, isIdentityUnclear: isIdentityUnclear(input),
    consentsToPublication: input.consentsToPublication ?? null, ...firstsOf(input), ...flagsOf(input),
    cause: codeOf(input.cause), hotTopic: codeOf(input.hotTopic), system: codeOf(input.system), externalCategory: codeOf(input.externalCategory),
    residenceDivisionCode: textOf(input.residenceDivisionCode), householdDivisionCode: textOf(input.householdDivisionCode),
  };
}

const firstsOf = (input: RegisterPetitionInput) => ({ isFirstAtOrg: input.isFirstAtOrg ?? null, isFirstNationwide: input.isFirstNationwide ?? null });

const flagsOf = (input: RegisterPetitionInput) => ({
  isMajorUrgent: input.isMajorUrgent === true, involvesLitigation: input.involvesLitigation === true, isCrossSeparation: input.isCrossSeparation === true,
});

/** Why the facts cannot stand together; undefined when they can. */
export function intakeFault(input: RegisterPetitionInput, today: string): No | undefined {
  return dayFault(input, today) ?? kindFault(input) ?? codeFault(input);
}

function dayFault({ petitionedOn, receivedOn }: RegisterPetitionInput, today: string): No | undefined {
  if (petitionedOn > today) return refuse('DATE_IN_FUTURE', '信访日期不能晚于今天。', 'The date lies in the future.');
  if (!receivedOn) return undefined;
  if (receivedOn > today) return refuse('DATE_IN_FUTURE', '收到日期不能晚于今天。', 'The day of receipt lies in the future.');
  return receivedOn < petitionedOn ? refuse('DATE_ORDER', '收到日期不能早于信访日期。', 'It cannot be received before the day that it bears.') : undefined;
}

function kindFault(input: RegisterPetitionInput): No | undefined {
  if (!isFormOf(input.externalForm, input.channel)) return refuse('KIND_MISMATCH', '信访形式与细分不一致。', 'The form is no kind of the channel.');
  if (!isPurposeOf(input.statedPurpose, input.purpose)) return refuse('KIND_MISMATCH', '信访目的与细分不一致。', 'The stated purpose is no kind of the purpose.');
  if (input.contentCategory && !categoryBySlug(input.contentCategory)) {
    return refuse('CATEGORY_UNKNOWN', '内容分类不在目录中；其他名称请填写“内容分类(外部)”。', 'Not a slug of the catalogue; other names belong into externalCategory.');
  }
  return undefined;
}

export const isPlaceCode = (code: string | null | undefined): boolean => !code?.trim() || DIVISION_CODE.test(code.trim());
const isCodeFit = (code: OutsideCodeInput | null | undefined): boolean => isFitText(code?.slug, 0, 64) && /^[0-9A-Za-z.-]{0,16}$/.test(code?.externalCode?.trim() ?? '');

function codeFault(input: RegisterPetitionInput): No | undefined {
  const isFit = [input.cause, input.hotTopic, input.system, input.externalCategory].every(isCodeFit) && isFitText(input.addressee, 0, 100);
  if (!isFit) return refuse('TEXT_LENGTH', '受信人或编码过长，或含不可见字符。', 'The addressee or a code is too long or holds hidden characters.');
  const arePlaces = isPlaceCode(input.residenceDivisionCode) && isPlaceCode(input.householdDivisionCode);
  return arePlaces ? undefined : refuse('DIVISION_UNKNOWN', '常住地或户籍地不是行政区划代码。', 'Residence or household is not a division code.');
}
