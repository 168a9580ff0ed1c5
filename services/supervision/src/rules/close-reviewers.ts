import { hasRole, type Viewer } from '@anjie/access';
import { isInDivision, type Role } from '@anjie/contracts';
import { closeReviewRefusals as no, type CloseReviewRefusal } from './close-review-refusals';

export type CloseReviewAction = 'EXAMINE' | 'DECIDE' | 'DECIDE_BACK_TRACE';

/** Who may do what: the office that checks is the joint office, never a unit that handles. */
export const REVIEW_PERMISSIONS: Readonly<Record<CloseReviewAction, readonly Role[]>> = {
  EXAMINE: ['JOINT_OFFICE'],
  DECIDE: ['JOINT_OFFICE'],
  DECIDE_BACK_TRACE: ['JOINT_OFFICE'],
};

export const mayReview = (viewer: Viewer, action: CloseReviewAction): boolean =>
  viewer.kind === 'OFFICIAL' && viewer.unitId !== null && viewer.divisionCode !== null && hasRole(viewer, ...REVIEW_PERMISSIONS[action]);

/** The viewer's division is this one or contains it. */
export const isOfDivisionOrAbove = (viewer: Viewer, divisionCode: string): boolean =>
  viewer.divisionCode !== null && isInDivision(divisionCode, viewer.divisionCode);

/** The viewer's division contains this one and is wider. */
export const isAboveDivision = (viewer: Viewer, divisionCode: string): boolean =>
  isOfDivisionOrAbove(viewer, divisionCode) && viewer.divisionCode !== null && !isInDivision(viewer.divisionCode, divisionCode);

export interface ReviewerFacts {
  /** The division that reviews: the case's, or the higher one that assigned it. */
  readonly reviewDivisionCode: string;
  readonly submittedBy: string;
  /** The viewer's unit, by token or by the directory, lies in the subtree of the submitting unit. */
  readonly isOfSubmittingUnit: boolean;
  /** The viewer sponsors the case or sits in its task force, or the viewer's unit handled it. */
  readonly hasPartInCase: boolean;
  readonly firstReviewerId: string | null;
}

/** 回避: why this viewer may not act on the review; null when nothing speaks against it. */
export function reviewerObjection(viewer: Viewer, action: 'EXAMINE' | 'DECIDE', facts: ReviewerFacts): CloseReviewRefusal | null {
  if (!mayReview(viewer, action)) return no.notPermitted();
  if (!isOfDivisionOrAbove(viewer, facts.reviewDivisionCode)) return no.outsideDivision();
  if (facts.isOfSubmittingUnit) return no.ofSubmittingUnit();
  if (facts.hasPartInCase || viewer.subject === facts.submittedBy) return no.inCase();
  return action === 'DECIDE' && viewer.subject === facts.firstReviewerId ? no.sameReviewer() : null;
}
