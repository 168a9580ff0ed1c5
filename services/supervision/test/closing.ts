import { randomUUID } from 'node:crypto';
import type { CaseRelapsed, CloseReviewRequested, PayloadOf } from '@anjie/contracts';
import type { Viewer } from '@anjie/access';
import { putKnownUnits, type CaseScope } from '@anjie/service-kit/facts';
import { select } from '@anjie/service-kit/database';
import { haveCaseScope, viewers } from '@anjie/testing';
import { COUNTY, haveKnownUnit, key, tell, type Supervision } from './builders';

export const CHECKLIST = [
  'LEADER_OPINION', 'CLAIMS_ANSWERED', 'ACTUAL_RESULT', 'RESULT_REPORTED', 'FACTS_CLEAR', 'EXECUTION_DONE', 'MATERIALS_COMPLETE', 'DELIVERY_PROVED',
  'NO_UNDERTAKING_DEMANDED',
];
export const found = (failed: readonly string[] = []) =>
  CHECKLIST.map((item) => ({ item, finding: failed.includes(item) ? 'NOT_MET' : 'MET', note: failed.includes(item) ? '见卷内材料' : null }));

export type Submission = PayloadOf<typeof CloseReviewRequested>;

export const aSubmission = (part: Partial<Submission> = {}): Submission => ({
  closeReviewId: randomUUID(), caseId: randomUUID(), divisionCode: COUNTY, submittedUnitId: randomUUID(), submittedBy: randomUUID(), submittedOn: '2025-08-04',
  track: 'SUBSTANTIVE', proposedEnd: 'RESOLVED', materials: [{ kind: 'CLOSING_REPORT', isPresent: true, documentId: randomUUID() }], reservations: [], revision: 1, ...part,
});

export const submit = async (supervision: Supervision, part: Partial<Submission> = {}): Promise<Submission> => {
  const payload = aSubmission(part);
  await tell(supervision.db, 'close-review-requested', { payload });
  return payload;
};

export const relapse = async (supervision: Supervision, part: Partial<PayloadOf<typeof CaseRelapsed>>): Promise<PayloadOf<typeof CaseRelapsed>> => {
  const payload = {
    relapseId: randomUUID(), caseId: randomUUID(), divisionCode: COUNTY, unitId: randomUUID(), closedOn: '2025-05-01', repeatedOn: '2025-07-30', petitionId: randomUUID(),
    isWithinWatch: true, ...part,
  };
  await tell(supervision.db, 'case-relapsed', { payload });
  return payload;
};

export const haveOffice = async (supervision: Supervision, divisionCode: string, ancestorIds: string[] = []): Promise<string> => {
  const unitId = randomUUID();
  await putKnownUnits(supervision.db.manager, [{
    unitId, code: unitId.slice(0, 8), name: '信访联席办', kind: 'JOINT_OFFICE', divisionCode, ancestorIds, headOfficialId: null, successorUnitId: null, validTo: null,
  }]);
  return unitId;
};

/** A case that a bureau's section leads, and two persons of the county's joint office. */
export async function aClosingCase(supervision: Supervision, part: Partial<CaseScope> = {}) {
  const { db } = supervision;
  const bureau = await haveKnownUnit(db);
  const section = await haveKnownUnit(db, { ancestorIds: [bureau] });
  const office = await haveOffice(supervision, COUNTY);
  const sponsor = randomUUID();
  const scope = await haveCaseScope(db, { leadUnitId: bureau, parties: [{ kind: 'UNIT', id: bureau, role: 'LEAD' }, { kind: 'OFFICIAL', id: sponsor, role: 'SPONSOR' }], ...part });
  return { caseId: scope.caseId, scope, bureau, section, office, sponsor, first: viewers.jointOffice(COUNTY, office), second: viewers.jointOffice(COUNTY, office) };
}

export interface Review {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly rectification: { readonly id: string; readonly state: string } | null;
}
export interface Answer {
  readonly code?: string;
  readonly closeReview?: Review;
}

const REVIEW = `id state version revision proposal examinedOn decidedOn isOverruled reasonCodes otherReason decisionReason rectifyBy reservations
  firstReviewer { id } secondReviewer { id } reviewingUnit { id } findings { item { code text reason } finding note } materials { kind isPresent documentId }
  rectification { id state dueOn metOn dutyName obligor { ... on Unit { id } } explainDeadline { check } }`;
const answer = `{ __typename ... on CloseReviewPayload { closeReview { ${REVIEW} } } ... on CloseReviewRefusal { code message basis } }`;

export const reviewer = (supervision: Supervision) => {
  const run = async (field: string, type: string, viewer: Viewer, input: object): Promise<Answer> =>
    (await supervision.client.query<{ answer: Answer }>(viewer, `mutation ($input: ${type}!) { answer: ${field}(input: $input) ${answer} }`, { input: { idempotencyKey: key(), ...input } })).answer;
  return {
    examine: (viewer: Viewer, reviewId: string, input: object = {}) =>
      run('examineCloseReview', 'ExamineCloseReviewInput', viewer, { reviewId, expectedVersion: 1, findings: found(), proposal: 'PASS', ...input }),
    decide: (viewer: Viewer, reviewId: string, input: object = {}) =>
      run('decideCloseReview', 'DecideCloseReviewInput', viewer, { reviewId, expectedVersion: 2, verdict: 'CONFIRM', ...input }),
  };
};

/** What was told about the reviews, oldest first. */
export const decisionsTold = async (supervision: Supervision): Promise<Record<string, unknown>[]> =>
  (await select<{ payload: string }>(supervision.db.manager, `SELECT payload FROM outbox_messages WHERE topic = 'close-review-decided' ORDER BY created_at, id`)).map(
    (row) => JSON.parse(row.payload) as Record<string, unknown>,
  );
