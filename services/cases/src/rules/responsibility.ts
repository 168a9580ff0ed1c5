import type { PartyRole, Role } from '@anjie/contracts';
import { holdsAll } from './places';

/** 化解 · 协办 · 配合: what a unit does for the matter. Roles of help; nobody is watched. */
export type ResponsibilityRole = 'RESOLVE' | 'ASSIST' | 'COOPERATE';
/** 事发地 · 常住地 · 户籍地; null: by competence (有权处理部门) or as another related unit. */
export type PlaceKind = 'OCCURRENCE' | 'RESIDENCE' | 'HOUSEHOLD';

export interface ProposedResponsibility {
  readonly unitId: string;
  readonly role: ResponsibilityRole;
  readonly placeKind: PlaceKind | null;
  readonly ground: string;
}

/** Practice of the campaigns (三跨三分离): which role a place gives. */
const ROLES_BY_PLACE: Readonly<Record<PlaceKind | 'NONE', readonly ResponsibilityRole[]>> = {
  OCCURRENCE: ['RESOLVE'],
  NONE: ['RESOLVE', 'ASSIST'],
  RESIDENCE: ['ASSIST'],
  HOUSEHOLD: ['COOPERATE'],
};
export const isRoleOfPlace = (role: ResponsibilityRole, placeKind: PlaceKind | null): boolean => ROLES_BY_PLACE[placeKind ?? 'NONE'].includes(role);

export type ResponsibilityFault = 'COUNT_OUT_OF_RANGE' | 'UNIT_TWICE' | 'ONE_RESOLVER' | 'TEXT_LENGTH' | 'ROLE_NOT_BY_PLACE' | 'RESOLVER_NOT_LEAD';
export const MAX_RESPONSIBILITIES = 20;

/** What is wrong with a set of responsibilities in itself, whoever proposes it. */
export function faultIn(set: readonly ProposedResponsibility[]): ResponsibilityFault | undefined {
  if (set.length < 1 || set.length > MAX_RESPONSIBILITIES) return 'COUNT_OUT_OF_RANGE';
  if (new Set(set.map((one) => one.unitId)).size !== set.length) return 'UNIT_TWICE';
  if (set.filter((one) => one.role === 'RESOLVE').length !== 1) return 'ONE_RESOLVER';
  if (set.some((one) => !isPlainText(one.ground, 500))) return 'TEXT_LENGTH';
  return undefined;
}

/** What an office may not set by itself: the places decide the roles and the assignment decides who resolves; a decision of the joint conference may say otherwise. */
export function faultUndecided(set: readonly ProposedResponsibility[], leadUnitId: string): ResponsibilityFault | undefined {
  if (set.some((one) => !isRoleOfPlace(one.role, one.placeKind))) return 'ROLE_NOT_BY_PLACE';
  return set.some((one) => one.role === 'RESOLVE' && one.unitId !== leadUnitId) ? 'RESOLVER_NOT_LEAD' : undefined;
}

/** Who the text says must not be broken out of its line by a control character; length in characters. */
export function isPlainText(text: string, longest: number): boolean {
  const length = [...text.trim()].length;
  // oxlint-disable-next-line eslint/no-control-regex -- control characters are what is refused
  return length >= 1 && length <= longest && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text);
}

export type CoordinationAction = 'SET_RESPONSIBILITIES' | 'REQUEST_COORDINATION' | 'WITHDRAW_COORDINATION' | 'DECIDE_COORDINATION' | 'DESIGNATE_SUCCESSOR';

/** What a viewer is, in this case and among the places that it touches. */
export interface CoordinationStanding {
  readonly roles: readonly Role[];
  readonly parts: readonly PartyRole[];
  readonly divisionCode: string | null;
  /** 问题属地 and the divisions of all units that are named. */
  readonly places: readonly string[];
  /** Division of the office that the request went to; null where there is no request. */
  readonly superior: string | null;
}

/**
 * Who may do what. An office acts within its own division (第二十二条); a request is the lead unit's; its decision belongs to
 * the one office of the lowest division that holds all places, to no other, not even one above it (第二十四条第一款).
 */
export function mayCoordinate(action: CoordinationAction, { roles, parts, divisionCode, places, superior }: CoordinationStanding): boolean {
  const isOffice = roles.includes('JOINT_OFFICE');
  if (action === 'REQUEST_COORDINATION' || action === 'WITHDRAW_COORDINATION') return roles.includes('UNIT_HANDLER') && parts.includes('LEAD');
  if (action === 'DECIDE_COORDINATION') return isOffice && superior !== null && divisionCode === superior;
  return isOffice && holdsAll(divisionCode, places);
}

/** 双向交办: the guide speaks for its line; nobody else does. */
export const mayGuide = ({ roles, parts }: Pick<CoordinationStanding, 'roles' | 'parts'>): boolean => roles.includes('UNIT_HANDLER') && parts.includes('GUIDE');
