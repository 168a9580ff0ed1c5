import { randomUUID } from 'node:crypto';
import { CloseReviewDecided, ClosingOpinionSigned } from '@anjie/contracts';
import { select } from '@anjie/service-kit/database';
import { hear } from './hearing';
import { openCases, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => void (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const aCase = async (): Promise<string> => (await register(world)).case.id;

test('an opinion of the sponsor is kept as it stands: signed, then withdrawn, one row', async () => {
  const opinion = { opinionId: randomUUID(), caseId: await aCase(), officialId: randomUUID(), capacity: 'SPONSOR' as const, isAgreed: true, signedOn: '2026-06-01', withdrawnOn: null };
  const fact = { event: ClosingOpinionSigned, aggregateId: opinion.opinionId, version: 1, payload: opinion };
  await hear(world, fact);
  await hear(world, fact);
  await hear(world, { ...fact, version: 2, payload: { ...opinion, withdrawnOn: '2026-06-05' } });
  expect(await select(world.db.manager, 'SELECT opinion_id AS opinionId, case_id AS caseId, capacity, is_agreed AS isAgreed, signed_on AS signedOn, withdrawn_on AS withdrawnOn FROM closing_opinions')).toEqual([
    { opinionId: opinion.opinionId, caseId: opinion.caseId, capacity: 'SPONSOR', isAgreed: 1, signedOn: '2026-06-01', withdrawnOn: '2026-06-05' },
  ]);
});

test('a decision of the close review is kept once, whatever is told about it again', async () => {
  const decided = {
    closeReviewId: randomUUID(), caseId: await aCase(), decision: 'RETURNED' as const, reasonCodes: ['CLAIM_UNANSWERED', 'OTHER'], firstReviewerId: randomUUID(), secondReviewerId: randomUUID(),
    reviewingUnitId: randomUUID(), decidedOn: '2026-06-10',
  };
  const fact = { event: CloseReviewDecided, aggregateId: decided.closeReviewId, version: 3, payload: decided };
  await hear(world, fact);
  await hear(world, { ...fact, payload: { ...decided, decision: 'PASSED' as const, reasonCodes: [] } });
  expect(await select(world.db.manager, 'SELECT close_review_id AS id, decision, reason_codes AS reasonCodes, decided_on AS decidedOn FROM close_review_results')).toEqual([
    { id: decided.closeReviewId, decision: 'RETURNED', reasonCodes: 'CLAIM_UNANSWERED OTHER', decidedOn: '2026-06-10' },
  ]);
});
