import { hasRole, type Viewer } from '@anjie/access';
import { DIVISION_CODE, isIdNumber, isInDivision, normaliseIdNumber, normalisePhone, type Refusal, refuse } from '@anjie/contracts';
import type { PetitionRefusalCode, RegisterPetitionInput } from '../generated/graphql';
import { accusedFault } from './sealed-lane';

export interface RegistrationFacts {
  readonly today: string;
  readonly viewer: Viewer;
  readonly isDivisionKnown: boolean;
}
type No = Refusal<PetitionRefusalCode>;

const lengthOf = (text: string | null | undefined): number => [...(text ?? '').trim()].length;
const isBetween = (text: string | null | undefined, least: number, most: number): boolean => lengthOf(text) >= least && lengthOf(text) <= most;
/** Control characters but newline and tab: they break letters and logs, and no petition needs them. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/** Why a petition cannot be registered as given; undefined when it can. */
export function acceptableRegistration(input: RegisterPetitionInput, facts: RegistrationFacts): No | undefined {
  return accusedFault(input.purpose, input.accused ?? []) ?? textFault(input) ?? placeFault(input, facts) ?? peopleFault(input, facts);
}

function textFault(input: RegisterPetitionInput): No | undefined {
  const { title, summary, content, contentCategory } = input;
  const claims = input.claims ?? [];
  const fits = isBetween(title, 1, 200) && isBetween(summary, 1, 4_000) && isBetween(content, 0, 100_000) && isBetween(contentCategory, 0, 64)
    && claims.length <= 20 && claims.every((claim) => isBetween(claim, 1, 500));
  const texts = [title, summary, content, contentCategory, ...claims, ...input.petitioners.flatMap((p) => [p.name, p.phone, p.address])];
  if (fits && !texts.some((text) => CONTROL.test(text ?? ''))) return undefined;
  return refuse('TEXT_LENGTH', '标题、概况、内容或诉求为空、过长或含控制字符。', 'A text is empty, too long or holds control characters.');
}

function placeFault(input: RegisterPetitionInput, { viewer, isDivisionKnown }: RegistrationFacts): No | undefined {
  const isReached = !hasRole(viewer, 'JOINT_OFFICE') || (viewer.divisionCode !== null && DIVISION_CODE.test(input.divisionCode) && isInDivision(input.divisionCode, viewer.divisionCode));
  if (isDivisionKnown && isReached) return undefined;
  return refuse('DIVISION_UNKNOWN', '行政区划未知，或不在您的管辖范围。', 'Not a place known here, or outside your reach.');
}

/** Measured in the form that is stored: composing can make a text longer. */
const isPersonFit = ({ name, address, phone }: RegisterPetitionInput['petitioners'][number]): boolean =>
  isBetween(name?.normalize('NFC'), 0, 100) && isBetween(address, 0, 300) && isBetween(normalisePhone(phone ?? ''), 0, 30);

const areCountsFit = ({ petitionerCount, affectedCount }: RegisterPetitionInput): boolean => (petitionerCount ?? 1) >= 1 && (affectedCount ?? 0) >= 0;

function peopleFault(input: RegisterPetitionInput, { today }: RegistrationFacts): No | undefined {
  if (input.petitionedOn > today) return refuse('DATE_IN_FUTURE', '信访日期不能晚于今天。', 'The date lies in the future.');
  if (input.channel === 'VISIT' && input.petitioners.length > 5) {
    return refuse('TOO_MANY_REPRESENTATIVES', '集体走访推选的代表不得超过5人。', 'At most five representatives for a visit.', '《信访工作条例》第二十条第三款');
  }
  const fits = input.petitioners.length <= 100 && input.petitioners.every(isPersonFit) && areCountsFit(input);
  if (!fits) return refuse('TEXT_LENGTH', '信访人信息过长或人数不合理。', 'Petitioner details are too long, or a count is not possible.');
  const isRight = input.petitioners.every((p) => !p.idNumber || isIdNumber(normaliseIdNumber(p.idNumber), today));
  return isRight ? undefined : refuse('ID_NUMBER_INVALID', '证件号码校验不通过。', 'An ID number does not pass its check.');
}
