import { idOf } from './stable-id';
import { PLACES, type PlaceName } from './places';

export interface Persona {
  readonly name: PersonaName;
  readonly id: string;
  /** The unit in the token; null for a website. */
  readonly place: PlaceName | null;
  /** Where else the official holds a post today. */
  readonly alsoAt: readonly PlaceName[];
  /** Where the official served until the day before `MOVED_ON`. */
  readonly formerlyAt: PlaceName | null;
  readonly division: string;
  readonly roles: readonly string[];
  readonly isHead: boolean;
  readonly staffNo: string;
  readonly title: string;
}

interface Seat {
  readonly at: PlaceName | null;
  readonly roles: readonly string[];
  readonly also?: readonly PlaceName[];
  readonly formerly?: PlaceName;
  readonly head?: boolean;
}
const seat = (at: PlaceName | null, roles: readonly string[], more: Omit<Seat, 'at' | 'roles'> = {}): Seat => ({ at, roles, ...more });

/** Who asks. Those of the second block only make the world and are not tried. */
const SEATS = {
  provinceOffice: seat('provinceOffice', ['JOINT_OFFICE']),
  cityOffice: seat('cityOffice', ['JOINT_OFFICE']),
  countyOffice: seat('countyOffice', ['JOINT_OFFICE']),
  neighbourOffice: seat('neighbourOffice', ['JOINT_OFFICE']),
  farOffice: seat('farOffice', ['JOINT_OFFICE']),
  leadHandler: seat('housing', ['UNIT_HANDLER']),
  governmentHandler: seat('government', ['UNIT_HANDLER']),
  supportHandler: seat('civilAffairs', ['UNIT_HANDLER']),
  referredHandler: seat('labour', ['UNIT_HANDLER']),
  windowClerk: seat('hall', ['WINDOW_CLERK']),
  accusedHandler: seat('landReserve', ['UNIT_HANDLER'], { head: true }),
  accusedChild: seat('landStation', ['UNIT_HANDLER']),
  accusedParent: seat('landBureau', ['UNIT_HANDLER']),
  seconded: seat('civilAffairs', ['UNIT_HANDLER'], { also: ['landReserve'] }),
  transferred: seat('civilAffairs', ['UNIT_HANDLER'], { formerly: 'landReserve' }),
  auditor: seat('landReserve', ['AUDITOR']),
  discipline: seat('discipline', ['UNIT_HANDLER']),
  neighbourHandler: seat('neighbourBureau', ['UNIT_HANDLER']),
  sponsor: seat('government', []),
  sponsorOfAccused: seat('landBureau', []),
  taskForceMember: seat('labour', []),
  excludedOfficial: seat('housing', ['UNIT_HANDLER']),
  housingHead: seat('housing', ['UNIT_HANDLER'], { head: true }),
  admin: seat('provinceOffice', ['ADMIN']),
  developer: seat('provinceOffice', ['DEVELOPER']),
  nobody: seat('housing', []),
  colleague: seat('countyOffice', []),
  website: seat(null, ['PUBLIC_PORTAL']),
  secondOffice: seat('countyOffice', ['JOINT_OFFICE']),
  governmentHead: seat('government', ['UNIT_HANDLER'], { head: true }),
  cityReviewer: seat('cityOffice', ['UNIT_HANDLER', 'JOINT_OFFICE'], { head: true }),
  neighbourHead: seat('neighbourBureau', ['UNIT_HANDLER'], { head: true }),
  neighbourGovernmentHead: seat('neighbourGovernment', ['UNIT_HANDLER'], { head: true }),
} satisfies Readonly<Record<string, Seat>>;
export type PersonaName = keyof typeof SEATS;
const ONLY_BUILD: readonly PersonaName[] = ['secondOffice', 'governmentHead', 'cityReviewer', 'neighbourHead', 'neighbourGovernmentHead'];

const personaOf = ([name, { at, roles, also = [], formerly, head = false }]: [string, Seat], index: number): Persona => ({
  name: name as PersonaName, id: idOf(`official ${name}`), place: at, alsoAt: also, formerlyAt: formerly ?? null, division: at ? PLACES[at].divisionCode : '640000', roles, isHead: head,
  staffNo: `SEC${String(index + 1).padStart(3, '0')}`, title: head ? '局长' : '干部',
});
export const PERSONAS = Object.fromEntries(Object.entries(SEATS).map((entry, index) => [entry[0], personaOf(entry, index)])) as Readonly<Record<PersonaName, Persona>>;

/** Those whose answers are judged. */
export const JUDGED: readonly Persona[] = Object.values(PERSONAS).filter((one) => !ONLY_BUILD.includes(one.name));
/** The accused unit, what is below it, who serves or served in it, and its own line above. */
export const ACCUSED_SIDE: readonly PersonaName[] = ['accusedHandler', 'accusedChild', 'accusedParent', 'seconded', 'transferred'];
/** After the cases of the world were filed, before they are asked for. */
export const MOVED_ON = '2022-12-29';

export const claimsOf = ({ id, place, division, roles }: Persona): Readonly<Record<string, unknown>> => ({
  sub: id, ...(place ? { unit: PLACES[place].id } : {}), division, roles, locale: 'zh-CN',
});
