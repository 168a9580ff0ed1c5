import { maskIdNumber, maskName, maskPhone, type Role } from '@anjie/contracts';

/** Who somebody is, as one row of `petitioners` holds it. */
export interface IdentityWords {
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly address: string | null;
}
export type IdentityField = keyof IdentityWords;
export const IDENTITY_FIELDS: readonly IdentityField[] = ['name', 'idNumber', 'phone', 'address'];

/**
 * On which way identity is looked at. SEEN: beside a visible petition. REVEALED: by the audited reading with a reason. EXPORTED, EXPORTED_IN_FULL: in exchange
 * records. PAPER: the addressee printed on an issued paper.
 */
export const LOOKS = ['SEEN', 'REVEALED', 'EXPORTED', 'EXPORTED_IN_FULL', 'PAPER'] as const;
export type Look = (typeof LOOKS)[number];

/** PART: who sees the case by a part in it alone (包案领导, 专班成员). */
export const LOOKERS = ['JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK', 'PART', 'ADMIN', 'DEVELOPER', 'PUBLIC_PORTAL', 'AUDITOR'] as const;
export type Looker = (typeof LOOKERS)[number];

export type Showing = 'CLEAR' | 'MASKED' | 'NOTHING';
const LETTERS: Readonly<Record<string, Showing>> = { C: 'CLEAR', M: 'MASKED', '-': 'NOTHING' };

/** name, ID number, telephone, address. Whatever is not in the table is not shown. */
const TABLE: Readonly<Record<Look, Readonly<Partial<Record<Looker, string>>>>> = {
  SEEN: { JOINT_OFFICE: 'MMM-', UNIT_HANDLER: 'MMM-', WINDOW_CLERK: 'MMM-', PART: 'MMM-' },
  REVEALED: { JOINT_OFFICE: 'CCCC', UNIT_HANDLER: 'CCCC', WINDOW_CLERK: 'CCCC', PART: 'CCCC' },
  EXPORTED: { JOINT_OFFICE: 'MMM-', UNIT_HANDLER: 'MMM-' },
  EXPORTED_IN_FULL: { JOINT_OFFICE: 'CCCC' },
  PAPER: { JOINT_OFFICE: 'C---', UNIT_HANDLER: 'C---', WINDOW_CLERK: 'C---', PART: 'C---' },
};

/**
 * 限制处理 (《个人信息保护法》第四十四条、第四十七条第二款): hidden from ordinary handlers. The joint office still reaches the petitioner, and papers
 * go on being addressed: what a unit owes does not stop.
 */
const RESTRICTED: Readonly<Record<Look, Readonly<Partial<Record<Looker, string>>>>> = {
  ...TABLE,
  SEEN: { JOINT_OFFICE: 'MMM-' },
  REVEALED: { JOINT_OFFICE: 'CCCC' },
  EXPORTED: {},
  EXPORTED_IN_FULL: {},
};

export const showingOf = ({ look, looker, isRestricted }: Looking, field: IdentityField): Showing =>
  LETTERS[(isRestricted ? RESTRICTED : TABLE)[look][looker]?.[IDENTITY_FIELDS.indexOf(field)] ?? '-'] ?? 'NOTHING';

export interface Looking {
  readonly look: Look;
  readonly looker: Looker;
  readonly isRestricted: boolean;
}

/** The widest of the viewer's roles; without any, the part by which the row is visible at all. */
export function lookerOf(roles: readonly Role[]): Looker {
  const alone = (['PUBLIC_PORTAL', 'AUDITOR'] as const).find((role) => roles.includes(role));
  if (alone) return alone;
  const inCases = (['JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK'] as const).find((role) => roles.includes(role));
  if (inCases) return inCases;
  // a leader may administrate too: what is seen of a case comes from the part
  return 'PART';
}

const MASKS: Readonly<Record<IdentityField, (text: string) => string | null>> = { name: maskName, idNumber: maskIdNumber, phone: maskPhone, address: () => null };

/** Identity as it may be shown. */
export function shownIdentity(clear: IdentityWords, looking: Looking): IdentityWords {
  const shown = (field: IdentityField): string | null => {
    const text = clear[field];
    const showing = showingOf(looking, field);
    if (text === null || text === '' || showing === 'NOTHING') return null;
    return showing === 'CLEAR' ? text : MASKS[field](text);
  };
  return { name: shown('name'), idNumber: shown('idNumber'), phone: shown('phone'), address: shown('address') };
}
