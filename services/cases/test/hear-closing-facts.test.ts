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

test('a decision on a file that cases never handed in closes nothing', async () => {
  const caseId = await aCase();
  const standing = () => select(world.db.manager, 'SELECT status, closed_on AS closedOn, version, (SELECT COUNT(*) FROM case_ends e WHERE e.case_id = cases.id) AS ends FROM cases WHERE id = ?', [caseId]);
  const before = await standing();
  const decided = {
    closeReviewId: randomUUID(), caseId, decision: 'PASSED' as const, reasonCodes: [], firstReviewerId: randomUUID(), secondReviewerId: randomUUID(), reviewingUnitId: randomUUID(), decidedOn: '2026-06-10',
  };
  await hear(world, { event: CloseReviewDecided, aggregateId: decided.closeReviewId, version: 3, payload: decided });
  expect(before).toMatchObject([{ closedOn: null, ends: expect.anything() }]);
  expect(await standing()).toEqual(before);
});
