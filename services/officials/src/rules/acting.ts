import { isInDivision, refuse, type Role } from '@anjie/contracts';
import { hasRole, type Viewer } from '@anjie/access';

/** A unit as it matters for who acts for it. */
export interface ActingUnit {
  readonly id: string;
  readonly divisionCode: string;
  /** The viewer's own unit, or below it. */
  readonly isOwn: boolean;
  readonly isOpen: boolean;
}

export const notPermitted = () =>
  refuse('NOT_PERMITTED', '仅本单位人员，或者辖区包含该单位的信访联席办可办理。', 'Only staff of the unit, or the joint office of a division that contains it, may do this.');
export const notFound = () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.');

/** The joint office (联席办) whose division contains the place. */
export const overseesDivision = (viewer: Viewer, divisionCode: string): boolean =>
  viewer.kind === 'OFFICIAL' && hasRole(viewer, 'JOINT_OFFICE') && viewer.divisionCode !== null && isInDivision(divisionCode, viewer.divisionCode);

/** Staff of the unit or of one above it, and the joint office above. */
export const mayActForUnit = (viewer: Viewer, unit: Pick<ActingUnit, 'divisionCode' | 'isOwn'>, roles: readonly Role[] = ['UNIT_HANDLER']): boolean =>
  overseesDivision(viewer, unit.divisionCode) || (viewer.kind === 'OFFICIAL' && unit.isOwn && hasRole(viewer, ...roles));

/** Figures about an official: the person, the unit and those above, the joint office that oversees it. */
export const mayReadCounts = (viewer: Viewer, officialId: string, unit: ActingUnit | null): boolean =>
  viewer.kind === 'SERVICE' || viewer.subject === officialId || (unit !== null && mayActForUnit(viewer, unit));
