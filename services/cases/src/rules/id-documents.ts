import { isIdNumber, isRealDay, normaliseIdNumber } from '@anjie/contracts';

/** 证件类型 (brief §4.1): what a person may show. Only the form can be checked here, never whether the paper is real. */
export const ID_KINDS = ['RESIDENT_ID', 'HK_MACAU_PERMIT', 'TAIWAN_PERMIT', 'HMT_RESIDENCE', 'PASSPORT', 'UNIT_CODE', 'OTHER'] as const;
export type IdKind = (typeof ID_KINDS)[number];

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** GB 11643-1989 to -1999: the 15 digits of an old card with their century and check character. */
function in18(old: string): string {
  const body = `${old.slice(0, 6)}19${old.slice(6)}`;
  return body + '10X98765432'[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(body[i]), 0) % 11];
}

function residentId(text: string, today: string): string | undefined {
  if (!/^[1-9]\d{14}$/.test(text)) return isIdNumber(text, today) ? text : undefined;
  const born = `19${text.slice(6, 8)}-${text.slice(8, 10)}-${text.slice(10, 12)}`;
  return isRealDay(born) ? in18(text) : undefined;
}

const shaped = (pattern: RegExp) => (text: string): string | undefined => (pattern.test(text) ? text : undefined);

const FORMS: Readonly<Record<IdKind, (text: string, today: string) => string | undefined>> = {
  RESIDENT_ID: residentId,
  HK_MACAU_PERMIT: shaped(/^[HM](\d{8}|\d{10})$/),
  TAIWAN_PERMIT: shaped(/^(\d{8}|\d{10}[A-Z]?)$/),
  // 810000 香港, 820000 澳门, 830000 台湾: otherwise built like a resident's ID number
  HMT_RESIDENCE: (text, today) => (/^8[123]0000/.test(text) && isIdNumber(text, today) ? text : undefined),
  PASSPORT: shaped(/^[A-Z0-9]{5,17}$/),
  // GB 32100, letters without I O S V Z
  UNIT_CODE: shaped(/^[0-9A-HJ-NP-RTUW-Y]{18}$/),
  OTHER: shaped(/^[A-Z0-9]{4,32}$/),
};

/** The number in the one form that is stored; undefined when it cannot be a number of this kind. */
export const idDocument = (kind: IdKind, text: string, today: string): string | undefined => FORMS[kind](normaliseIdNumber(text), today);

/** What the blind index is made of, so that numbers of two kinds never meet; resident numbers stand alone, as they always did. */
export const idIndexText = (kind: IdKind, number: string): string => (kind === 'RESIDENT_ID' || kind === 'HMT_RESIDENCE' ? number : `${kind}:${number}`);
