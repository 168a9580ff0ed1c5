import { randomUUID } from 'node:crypto';
import { PEOPLE, RECEIVERS, UNITS as FIRST_UNITS } from '../../faults/harness/world';

export const [PROVINCE, CITY, DISTRICT, OTHER_DISTRICT] = ['640000', '640100', '640104', '640105'] as const;
/** The system's business day. */
export const [YESTERDAY, TODAY] = ['2022-09-25', '2022-09-26'] as const;

interface UnitPart {
  readonly divisionCode?: string;
  readonly parentCode?: string;
  readonly successorCode?: string;
  readonly validTo?: string;
}
const unit = (code: string, kind: string, part: UnitPart = {}) => ({ id: randomUUID(), code, name: `攻防单位${code}`, kind, divisionCode: DISTRICT, validFrom: '2020-01-01', ...part });

/** Beside the units that every private system has. In the order in which they can be put. */
const MORE_UNITS = {
  provinceOffice: unit('NX-XLB', 'JOINT_OFFICE', { divisionCode: PROVINCE }), cityOffice: unit('YC-XLB', 'JOINT_OFFICE', { divisionCode: CITY }),
  otherOffice: unit('XX-XLB', 'JOINT_OFFICE', { divisionCode: OTHER_DISTRICT }), otherHall: unit('XX-JDT', 'PETITION_OFFICE', { divisionCode: OTHER_DISTRICT }),
  centre: unit('XQ-ZJJ-1', 'DEPARTMENT', { parentCode: FIRST_UNITS.housing.code }), government: unit('XQ-ZF', 'GOVERNMENT'), discipline: unit('XQ-JW', 'DISCIPLINE'),
  /** The unit that is accused, the one above it and the one below. */
  accusedParent: unit('YC-CGJ', 'DEPARTMENT', { divisionCode: CITY }), accused: unit('XQ-CGJ', 'DEPARTMENT', { parentCode: 'YC-CGJ' }), accusedChild: unit('XQ-CGJ-1', 'DEPARTMENT', { parentCode: 'XQ-CGJ' }),
  heir: unit('XQ-NEW', 'DEPARTMENT'), merged: unit('XQ-OLD', 'DEPARTMENT', { successorCode: 'XQ-NEW' }),
};
export const units = { ...FIRST_UNITS, ...MORE_UNITS, receiver: RECEIVERS[0] as (typeof RECEIVERS)[number], sibling: RECEIVERS[1] as (typeof RECEIVERS)[number], queued: RECEIVERS[2] as (typeof RECEIVERS)[number],
  /** Gets what honest siblings send, so that nobody else learns of it. */
  errand: RECEIVERS[3] as (typeof RECEIVERS)[number],
};
export type Place = keyof typeof units;
export const moreUnits = (): object[] => Object.values(MORE_UNITS);

export interface Claims {
  readonly sub: string;
  readonly unit?: string;
  readonly division?: string;
  readonly roles: readonly string[];
  readonly locale: string;
}
interface Someone {
  readonly claims: Claims;
  /** Rows of the directory, each a post; none for whom it does not know. */
  readonly posts: readonly object[];
}

interface Post {
  readonly place: Place;
  readonly kind?: 'SECONDED' | 'ACTING';
  readonly startedOn?: string;
  readonly endsOn?: string;
  readonly validTo?: string;
}
let count = 0;
/** Somebody with a post in `place`, who claims it. `more` stands beside the post; further posts come behind it. */
function someone(place: Place, role: string | null, part: { readonly post?: Omit<Post, 'place'>; readonly posts?: readonly Post[]; readonly division?: string } = {}): Someone {
  const sub = randomUUID();
  const staffNo = `A-${(count += 1)}`;
  const row = ({ place: where, ...more }: Post) => ({ id: sub, staffNo, name: `攻某${staffNo}`, unitCode: units[where].code, title: '工作人员', startedOn: '2020-01-01', ...more });
  return {
    claims: { sub, unit: units[place].id, division: part.division ?? units[place].divisionCode, roles: role ? [role] : [], locale: 'zh-CN' },
    posts: [row({ place, ...part.post }), ...(part.posts ?? []).map(row)],
  };
}
/** Without a row in the directory. */
const unknown = (claims: Partial<Claims>): Someone => ({ claims: { sub: randomUUID(), roles: [], locale: 'zh-CN', ...claims }, posts: [] });

const MORE_PEOPLE = {
  province: someone('provinceOffice', 'JOINT_OFFICE'), city: someone('cityOffice', 'JOINT_OFFICE'), otherOffice: someone('otherOffice', 'JOINT_OFFICE'), otherClerk: someone('otherHall', 'WINDOW_CLERK'),
  centre: someone('centre', 'UNIT_HANDLER'), receiver: someone('receiver', 'UNIT_HANDLER'), sibling: someone('sibling', 'UNIT_HANDLER'), queued: someone('queued', 'UNIT_HANDLER'),
  discipline: someone('discipline', 'UNIT_HANDLER'), sponsor: someone('government', null), plain: someone('office', null), heir: someone('heir', 'UNIT_HANDLER'), merged: someone('merged', 'UNIT_HANDLER'),
  accused: someone('accused', 'UNIT_HANDLER'), accusedChild: someone('accusedChild', 'UNIT_HANDLER'), accusedParent: someone('accusedParent', 'UNIT_HANDLER'),
  /** Serves at the window and on secondment in the accused unit; the token names the window. */
  seconded: someone('hall', 'WINDOW_CLERK', { posts: [{ place: 'accused', kind: 'SECONDED', startedOn: '2022-01-01' }] }),
  /** Acts for the joint office: until yesterday, and until the end of the year. */
  actedFor: someone('office', 'JOINT_OFFICE', { post: { kind: 'ACTING', endsOn: YESTERDAY }, posts: [{ place: 'sibling' }] }),
  actingFor: someone('office', 'JOINT_OFFICE', { post: { kind: 'ACTING', endsOn: '2022-12-31' }, posts: [{ place: 'sibling' }] }),
  /** A clerk of the window when the accusations come; then of the accused unit. */
  transferred: someone('hall', 'WINDOW_CLERK'),
  /** Whose sessions are ended. */
  ended: someone('sibling', 'UNIT_HANDLER'), endedUnheard: someone('sibling', 'UNIT_HANDLER'),
  developer: someone('office', 'DEVELOPER'), auditor: someone('office', 'AUDITOR'), quota: someone('hall', 'WINDOW_CLERK'),
  gone: someone('office', 'JOINT_OFFICE', { post: { validTo: YESTERDAY } }),
  nobody: unknown({ unit: units.office.id, division: DISTRICT, roles: ['JOINT_OFFICE', 'ADMIN'] }),
  website: unknown({ roles: ['PUBLIC_PORTAL'] }),
};
export type Persona = keyof typeof PEOPLE | keyof typeof MORE_PEOPLE;
export const claimsOf = Object.fromEntries(Object.entries({ ...PEOPLE, ...MORE_PEOPLE }).map(([name, { claims }]) => [name, claims as Claims])) as Readonly<Record<Persona, Claims>>;
export const morePosts = (): object[] => Object.values(MORE_PEOPLE).flatMap(({ posts }) => posts);
/** The clerk who goes to the accused unit. */
export const transferRow = (): object => ({ ...MORE_PEOPLE.transferred.posts[0], unitCode: units.accused.code, startedOn: TODAY });
/** The unit that closes. */
export const closingRow = (): object => ({ ...MORE_UNITS.merged, validTo: TODAY });
