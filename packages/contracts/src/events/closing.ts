import { z } from 'zod';
import { DIVISION_CODE } from '../divisions';
import { defineEvent } from './define';

const day = z.iso.date();
const upperSnake = z.string().regex(/^[A-Z][A-Z0-9_]{0,47}$/);

/** 包案领导书面意见 as it stands: signed, or signed and withdrawn. Aggregate: the opinion. */
export const ClosingOpinionSigned = defineEvent({
  name: 'closing-opinion-signed',
  schemaVersion: 1,
  ordering: 'SNAPSHOT',
  payload: z.object({
    opinionId: z.uuid(),
    caseId: z.uuid(),
    officialId: z.uuid(),
    capacity: z.enum(['SPONSOR', 'UNIT_HEAD']),
    isAgreed: z.boolean(),
    signedOn: day,
    withdrawnOn: day.nullable(),
  }),
});

/** 报送结案审核: a unit submits a file; supervision reviews it with four eyes. Aggregate: the review. */
export const CloseReviewRequested = defineEvent({
  name: 'close-review-requested',
  schemaVersion: 1,
  ordering: 'ONCE',
  payload: z.object({
    closeReviewId: z.uuid(),
    caseId: z.uuid(),
    divisionCode: z.string().regex(DIVISION_CODE),
    /** Set where a higher level assigned the case: the review then belongs to this division or one above it. */
    reviewDivisionCode: z.string().regex(DIVISION_CODE).optional(),
    submittedUnitId: z.uuid(),
    submittedBy: z.uuid(),
    submittedOn: day,
    track: z.enum(['SUBSTANTIVE', 'PROCEDURAL']),
    proposedEnd: z.enum(['RESOLVED', 'ARCHIVED']),
    materials: z.array(z.object({ kind: upperSnake, isPresent: z.boolean(), documentId: z.uuid().nullable() })),
    /** “三个不结案”: reasons on record that inform the reviewers and decide nothing. */
    reservations: z.array(z.object({ code: z.enum(['CLUE_NOT_CLEARED', 'PROBLEM_NOT_SOLVED', 'PETITIONER_DISSATISFIED']) })),
    revision: z.int().min(1),
  }),
});

/** 审核认定意见: what the second reviewer decided. Aggregate: the review. */
export const CloseReviewDecided = defineEvent({
  name: 'close-review-decided',
  schemaVersion: 1,
  ordering: 'ONCE',
  payload: z.object({
    closeReviewId: z.uuid(),
    caseId: z.uuid(),
    decision: z.enum(['PASSED', 'RETURNED']),
    reasonCodes: z.array(upperSnake),
    firstReviewerId: z.uuid(),
    secondReviewerId: z.uuid(),
    reviewingUnitId: z.uuid(),
    decidedOn: day,
  }),
});

/** 抽查退回: quality sampling found that what had passed does not stand; cases reopens what it closed. Aggregate: the review. */
export const CloseReviewOverturned = defineEvent({
  name: 'close-review-overturned',
  schemaVersion: 1,
  ordering: 'ONCE',
  payload: z.object({
    closeReviewId: z.uuid(),
    caseId: z.uuid(),
    reasonCodes: z.array(upperSnake),
    /** Somebody who reviewed none of the sampled files. */
    examinedBy: z.uuid(),
    examiningUnitId: z.uuid(),
    overturnedOn: day,
  }),
});

/** A petition repeats a matter that was closed: the unit's handling is to be traced back (责任倒查). Aggregate: the relapse. */
export const CaseRelapsed = defineEvent({
  name: 'case-relapsed',
  schemaVersion: 1,
  ordering: 'ONCE',
  payload: z.object({
    relapseId: z.uuid(),
    caseId: z.uuid(),
    divisionCode: z.string().regex(DIVISION_CODE),
    /** The unit whose handling is traced. */
    unitId: z.uuid(),
    closedOn: day,
    repeatedOn: day,
    petitionId: z.uuid(),
    isWithinWatch: z.boolean(),
  }),
});
