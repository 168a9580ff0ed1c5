import type { AgentAuthorityInput, IdDocumentKind, PetitionerInput, PetitionerRole, RegisterPetitionInput } from '../generated/graphql';
import { idDocument } from './id-documents';
import { nameForm } from './text-form';

/** Practice (brief §1.4): a petition of so many people is 集体访 when they visit, 联名 when they write. */
const MANY = 5;
/** 第二十条第三款. */
const MOST_REPRESENTATIVES = 5;
/** 《浙江省信访条例》第十五条: at most 3 for up to 10 people. */
const ZHEJIANG = { prefix: '33', small: 10, most: 3 } as const;

export interface Person {
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly idKind: IdDocumentKind | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly role: PetitionerRole;
  readonly authority: AgentAuthorityInput | null;
}

type Petition = Pick<RegisterPetitionInput, 'channel' | 'petitioners' | 'petitionerCount' | 'divisionCode' | 'isAnonymous' | 'isIdentityUnclear'>;

/** The first is the principal and the others sign, or in a visit represent, unless the clerk says otherwise. */
function roleOf(person: PetitionerInput, i: number, petition: Petition): PetitionerRole {
  if (person.role) return person.role;
  const isFirst = i === petition.petitioners.findIndex((one) => one.role !== 'AGENT');
  const isPrincipal = person.isPrincipal ?? (isFirst && !petition.petitioners.some((one) => one.role === 'PRINCIPAL' || one.isPrincipal));
  return isPrincipal ? 'PRINCIPAL' : petition.channel === 'VISIT' ? 'REPRESENTATIVE' : 'CO_SIGNER';
}

const given = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null);

/** The petitioners in their stored form; numbers that do not pass their check stay as given, for the check to find. */
export const peopleOf = (petition: Petition, today: string): Person[] =>
  petition.petitioners.map((person, i) => {
    const number = given(person.idNumber);
    const kind = person.idKind ?? 'RESIDENT_ID';
    return {
      name: given(person.name) && nameForm(person.name ?? ''), idNumber: number && (idDocument(kind, number, today) ?? number), idKind: number ? kind : null,
      phone: given(person.phone), address: given(person.address), role: roleOf(person, i, petition), authority: person.authority ?? null,
    };
  });

/** Agents act for others and are not counted. */
export const countOf = (petition: Petition): number =>
  petition.petitionerCount ?? Math.max(1, petition.petitioners.filter((one) => one.role !== 'AGENT').length);

export const isCollective = (channel: string, count: number): boolean => channel === 'VISIT' && count >= MANY;
export const isJoint = (channel: string, count: number): boolean => channel !== 'VISIT' && channel !== 'PHONE' && count >= MANY;

/** How many may speak for a visit of so many people in this place. */
export const mostRepresentatives = (petition: Petition): number =>
  petition.divisionCode.startsWith(ZHEJIANG.prefix) && countOf(petition) > 1 && countOf(petition) <= ZHEJIANG.small ? ZHEJIANG.most : MOST_REPRESENTATIVES;

/** Those who come in person: co-signers are on the list only, agents act for one of the others. */
export const speakersOf = (people: readonly Person[]): number => people.filter((one) => one.role === 'PRINCIPAL' || one.role === 'REPRESENTATIVE').length;

export const isClear = (people: readonly Person[]): boolean => people.some((one) => one.role !== 'AGENT' && one.name && one.address);

/** 第二十三条第二款: the written notice is not owed when name or address are unclear; nobody named at all is unclear by itself. */
export const isIdentityUnclear = (petition: Petition): boolean =>
  Boolean(petition.isAnonymous) || (petition.isIdentityUnclear ?? !petition.petitioners.some((one) => one.name?.trim()));

/** An agent is accepted with a written authority for somebody on the list who is no agent too; nobody else carries one. */
export function isAuthorised(person: Person, people: readonly Person[]): boolean {
  const { authority } = person;
  if (person.role !== 'AGENT') return authority === null;
  if (!authority) return false;
  const principal = people[authority.principalOrdinal - 1];
  const isNamed = principal !== undefined && principal.role !== 'AGENT' && Boolean(person.name);
  return isNamed && authority.scope.length > 0 && Boolean(given(authority.documentRef) ?? authority.attachmentId);
}
