import { hasRole, type Viewer } from '@anjie/access';
import { DIVISION_CODE, isInDivision, normalisePhone, type Refusal, refuse } from '@anjie/contracts';
import type { PetitionRefusalCode, RegisterPetitionInput } from '../generated/graphql';
import { accusedFault } from './sealed-lane';
import { idDocument } from './id-documents';
import { intakeFault } from './intake';
import { countOf, isAuthorised, isClear, mostRepresentatives, peopleOf, speakersOf, type Person } from './intake-people';
import { isBetween, isCleanText, isFitText, isName } from './text-form';

export interface RegistrationFacts {
  readonly today: string;
  readonly viewer: Viewer;
  readonly isDivisionKnown: boolean;
}
type No = Refusal<PetitionRefusalCode>;

/** Why a petition cannot be registered as given; undefined when it can. */
export function acceptableRegistration(input: RegisterPetitionInput, facts: RegistrationFacts): No | undefined {
  return accusedFault(input.purpose, input.accused ?? []) ?? textFault(input) ?? placeFault(input, facts) ?? intakeFault(input, facts.today) ?? peopleFault(input, facts);
}

function textFault(input: RegisterPetitionInput): No | undefined {
  const { title, summary, content, contentCategory } = input;
  const claims = input.claims ?? [];
  const fits = isFitText(title, 1, 200) && isFitText(summary, 1, 4_000) && isFitText(content, 0, 100_000) && isFitText(contentCategory, 0, 64)
    && claims.length <= 20 && claims.every((claim) => isFitText(claim, 1, 500));
  if (fits && input.petitioners.flatMap((p) => [p.name, p.phone, p.address]).every(isCleanText)) return undefined;
  return refuse('TEXT_LENGTH', '标题、概况、内容或诉求为空、过长或含不可见字符。', 'A text is empty, too long or holds hidden characters.');
}

export const OUT_OF_REACH: No = refuse('DIVISION_UNKNOWN', '行政区划未知，或不在您的管辖范围。', 'Not a place known here, or outside your reach.');

function placeFault({ divisionCode }: { divisionCode: string }, { viewer, isDivisionKnown }: Pick<RegistrationFacts, 'viewer' | 'isDivisionKnown'>): No | undefined {
  const isReached = !hasRole(viewer, 'JOINT_OFFICE') || (viewer.divisionCode !== null && DIVISION_CODE.test(divisionCode) && isInDivision(divisionCode, viewer.divisionCode));
  if (isDivisionKnown && isReached) return undefined;
  return OUT_OF_REACH;
}

/** Measured in the form that is stored: composing can make a text longer. */
const isPersonFit = ({ name, address, phone }: RegisterPetitionInput['petitioners'][number]): boolean =>
  isBetween(name?.normalize('NFC'), 0, 100) && isBetween(address, 0, 300) && isBetween(normalisePhone(phone ?? ''), 0, 30);

const areCountsFit = ({ petitionerCount, affectedCount }: RegisterPetitionInput): boolean => (petitionerCount ?? 1) >= 1 && (affectedCount ?? 0) >= 0;

function peopleFault(input: RegisterPetitionInput, { today }: RegistrationFacts): No | undefined {
  const fits = input.petitioners.length <= 100 && input.petitioners.every(isPersonFit) && areCountsFit(input);
  if (!fits) return refuse('TEXT_LENGTH', '信访人信息过长或人数不合理。', 'Petitioner details are too long, or a count is not possible.');
  const people = peopleOf(input, today);
  return anonymityFault(input, people) ?? identityFault(people, today) ?? rolesFault(input, people) ?? countFault(input, people);
}

/** 匿名 is taken up and noted, never refused; but then nobody's identity may come in with it. */
function anonymityFault(input: RegisterPetitionInput, people: readonly Person[]): No | undefined {
  if (input.isAnonymous && people.some((one) => one.name ?? one.idNumber ?? one.phone ?? one.address)) {
    return refuse('ANONYMOUS_WITH_IDENTITY', '匿名信访件不登记任何身份信息。', 'With an anonymous petition nobody\'s identity is registered.', '《个人信息保护法》第六条');
  }
  if (!input.isIdentityUnclear || !isClear(people)) return undefined;
  return refuse('IDENTITY_IS_CLEAR', '已填写姓名和住址，不属于姓名、住址不清，应当书面告知。', 'Name and address are given: the written notice is owed.', '《信访工作条例》第二十三条第二款');
}

function identityFault(people: readonly Person[], today: string): No | undefined {
  if (people.some((one) => one.name !== null && !isName(one.name))) return refuse('NAME_INVALID', '姓名或名称含有不能用于姓名的字符。', 'A name holds characters that no name has.');
  const isRight = people.every((one) => !one.idNumber || idDocument(one.idKind ?? 'RESIDENT_ID', one.idNumber, today) !== undefined);
  return isRight ? undefined : refuse('ID_NUMBER_INVALID', '证件号码与证件类型不符或校验不通过。', 'An ID number does not fit its kind or does not pass its check.');
}

function rolesFault(input: RegisterPetitionInput, people: readonly Person[]): No | undefined {
  const most = mostRepresentatives(input);
  if (input.channel === 'VISIT' && speakersOf(people) > most) {
    return refuse('TOO_MANY_REPRESENTATIVES', `集体走访推选的代表不得超过${most}人。`, `At most ${most} representatives for this visit.`,
      most < 5 ? '《浙江省信访条例》第十五条' : '《信访工作条例》第二十条第三款');
  }
  const principals = people.filter((one) => one.role === 'PRINCIPAL').length;
  if (principals > 1 || (principals === 0 && people.length > 0)) return refuse('PRINCIPAL_UNCLEAR', '主访人应当为一人。', 'One of the petitioners is the principal.');
  return authorityFault(people);
}

function authorityFault(people: readonly Person[]): No | undefined {
  if (!people.every((one) => isAuthorised(one, people) && isFitText(one.authority?.documentRef, 0, 100))) {
    return refuse('AUTHORITY_MISSING', '代理人须有书面授权，写明被代理的信访人、权限、期限，并附授权文件。',
      'An agent needs a written authority: for whom on the list, what, how long, and the paper.', '《北京市信访条例》第二十七条; 《山东省信访条例》第二十八条');
  }
  const isInOrder = people.every(({ authority }) => !authority || authority.validFrom <= authority.validTo);
  return isInOrder ? undefined : refuse('DATE_ORDER', '授权截止日期不能早于开始日期。', 'The authority ends before it begins.');
}

/** More people than any county has is a slip of the keyboard. */
const MOST_PEOPLE = 1_000_000;

function countFault(input: RegisterPetitionInput, people: readonly Person[]): No | undefined {
  const named = people.filter((one) => one.role !== 'AGENT').length;
  const isPossible = countOf(input) >= named && countOf(input) <= MOST_PEOPLE && (input.affectedCount ?? 0) <= MOST_PEOPLE;
  return isPossible ? undefined : refuse('COUNT_INVALID', '人数少于所列信访人，或超出可能范围。', 'A count is lower than the people named, or beyond what is possible.');
}
