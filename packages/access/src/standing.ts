import { isInDivision, type Role } from '@anjie/contracts';
import type { Viewer } from './viewer';

/** A post that is held today in a unit that is open today. */
export interface HeldPost {
  readonly unitId: string;
  /** Where the unit lies: nobody oversees more than their unit's division. */
  readonly divisionCode: string;
}

/** What the directory says today of whom a token names. */
export interface Standing {
  /** Known, and has not left. */
  readonly isInOffice: boolean;
  /** Nobody is recorded yet: a fresh system, whose administrator must be able to begin. */
  readonly isDirectoryEmpty: boolean;
  /** Tokens of before this moment are not good any more. */
  readonly sessionsValidAfter: Date | null;
  readonly posts: readonly HeldPost[];
}

/** Roles that an official has in a unit, and only there. The others are the person's own. */
const ROLES_OF_A_POST: ReadonlySet<Role> = new Set(['JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK']);

/**
 * The viewer within the bounds of today's directory; undefined when the session is over. A token that names a unit in which the official
 * holds no post today (moved, acting time over, unit closed or merged) keeps the person and loses unit, division and the roles of a post:
 * what names the official still shows. A division counts as far as the unit's own reaches.
 */
export function viewerToday(viewer: Viewer, standing: Standing): Viewer | undefined {
  if (!standing.isInOffice) return standing.isDirectoryEmpty ? asFounder(viewer) : undefined;
  if (isSessionOver(viewer, standing.sessionsValidAfter)) return undefined;
  const unitId = viewer.unitId?.toLowerCase() ?? null;
  const post = standing.posts.find((one) => one.unitId === unitId);
  if (unitId !== null && !post) return { ...viewer, unitId: null, divisionCode: null, roles: viewer.roles.filter((role) => !ROLES_OF_A_POST.has(role)) };
  const places = post ? [post] : standing.posts;
  const { divisionCode } = viewer;
  const isOwn = divisionCode !== null && places.some((place) => isInDivision(divisionCode, place.divisionCode));
  return { ...viewer, unitId, divisionCode: isOwn ? divisionCode : null };
}

/** Whoever asked for work that takes long: are they, by today's directory, still who they were when they asked? */
export const keepsPlace = (asked: Viewer, today: Viewer | undefined): boolean =>
  today !== undefined && today.unitId?.toLowerCase() === asked.unitId?.toLowerCase() && today.divisionCode === asked.divisionCode && asked.roles.every((role) => today.roles.includes(role));

/** While nobody is recorded an administrator may fill the directory, and is nothing else. */
const asFounder = (viewer: Viewer): Viewer | undefined =>
  viewer.roles.includes('ADMIN') ? { ...viewer, unitId: null, divisionCode: null, roles: ['ADMIN'] } : undefined;

/** A token says whole seconds: one of the same second may be of before. One that says nothing is of before. */
export const isSessionOver = (viewer: Pick<Viewer, 'signedInAt'>, validAfter: Date | null): boolean =>
  validAfter !== null && (viewer.signedInAt ?? 0) <= Math.floor(validAfter.getTime() / 1000);
