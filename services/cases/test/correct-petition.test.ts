import type { Viewer } from '@anjie/access';
import { select, write } from '@anjie/service-kit/database';
import { assign, count, faultOf, seesCase, told, type Answer } from './asking';
import { key, openCases, people, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const CORRECT = `mutation ($input: CorrectPetitionInput!) { correctPetition(input: $input) { __typename
  ... on CorrectPetitionPayload { petition { title addressee isMajorUrgent majorUrgentAt affectedCount corrections { totalCount nodes { field before after reason correctedBy correctedOn } } }
    case { title summary contentCategory division { code } number version } } ... on PetitionRefusal { code message } } }`;
interface Corrected extends Answer {
  readonly petition: { title: string; corrections: { totalCount: number; nodes: { field: string; before: string | null; after: string | null }[] } };
  readonly case: { title: string; number: string; version: number };
}
const inputOf = (petitionId: string, part: Record<string, unknown>) => ({ idempotencyKey: key(), petitionId, expectedVersion: 1, reason: '登记时笔误', ...part });
const correct = async (petitionId: string, part: Record<string, unknown>, viewer: Viewer = people.clerk): Promise<Corrected> =>
  (await world.client.query<{ correctPetition: Corrected }>(viewer, CORRECT, { input: inputOf(petitionId, part) })).correctPetition;

test('what was written down wrongly is mended, with before, after, reason and history', async () => {
  const { petition, case: matter } = await register(world, people.clerk, { addressee: '区长' });
  const done = await correct(petition.id, { title: '拆迁安置房不办产权证', summary: '更正后的概况。', contentCategory: 'construction.housing', addressee: null, affectedCount: 12, isMajorUrgent: true });
  expect(done).toMatchObject({
    petition: { title: '拆迁安置房不办产权证', addressee: null, isMajorUrgent: true, majorUrgentAt: expect.stringMatching(/^2022-09-27T01:/) as string, affectedCount: 12, corrections: { totalCount: 6 } },
    case: { title: '拆迁安置房不办产权证', summary: '更正后的概况。', contentCategory: 'construction.housing', number: matter.number, version: 2 },
  });
  expect(done.petition.corrections.nodes).toContainEqual({ field: 'addressee', before: '区长', after: null, reason: '登记时笔误', correctedBy: people.clerk.subject, correctedOn: '2022-09-27' });
  expect(await select(world.db.manager, 'SELECT action, ground FROM case_events ORDER BY seq')).toEqual([{ action: 'REGISTERED', ground: null }, { action: 'PETITION_CORRECTED', ground: '登记时笔误' }]);
  const found = async (search: string) => (await world.client.query<{ cases: { totalCount: number } }>(people.county, 'query ($s: String) { cases(filter: { search: $s }) { totalCount } }', { s: search })).cases.totalCount;
  expect([await found('更正后'), await found('迟迟不办')]).toEqual([1, 0]);
});

test('a correction moves no clock and changes no number', async () => {
  const { petition } = await register(world);
  const before = await select(world.db.manager, 'SELECT * FROM case_clocks');
  const numbers = await select(world.db.manager, 'SELECT c.number AS c, p.number AS p FROM cases c JOIN petitions p ON p.case_id = c.id');
  await correct(petition.id, { divisionCode: '640121', petitionerCount: 9 }, people.province);
  expect(await select(world.db.manager, 'SELECT * FROM case_clocks')).toEqual(before);
  expect(before.length).toBe(1);
  expect(await select(world.db.manager, 'SELECT c.number AS c, p.number AS p FROM cases c JOIN petitions p ON p.case_id = c.id')).toEqual(numbers);
  expect(await told(world, 'obligation-declared')).toHaveLength(1);
});

test('with the place, the case moves into the sight of the other office, and the others are told', async () => {
  const { petition, case: matter } = await register(world);
  expect([await seesCase(world, people.county, matter.id), await seesCase(world, people.otherCounty, matter.id)]).toEqual([true, false]);
  await correct(petition.id, { divisionCode: '640121' }, people.province);
  expect([await seesCase(world, people.otherCounty, matter.id), await seesCase(world, people.province, matter.id)]).toEqual([true, true]);
  expect((await told(world, 'case-scope-changed')).map((scope) => scope['divisionCode'])).toEqual(['640104', '640121']);
});

test('a later petition of a case keeps the case\'s title', async () => {
  const first = await register(world);
  const second = await register(world, people.clerk, { caseId: first.case.id, title: '再次来访' });
  expect(await correct(second.petition.id, { expectedVersion: 2, title: '第二次来访' })).toMatchObject({ petition: { title: '第二次来访' }, case: { title: '拆迁安置房迟迟不办产权证' } });
});

test.each<[string, Record<string, unknown>, string]>([
  ['without a reason', { title: '新标题', reason: '错' }, 'REASON_MISSING'], ['that empties the title', { title: null }, 'TEXT_LENGTH'], ['to a category that is none', { contentCategory: '土地' }, 'CATEGORY_UNKNOWN'],
  ['to an unknown place', { divisionCode: '999999' }, 'DIVISION_UNKNOWN'], ['to a text that is no place', { divisionCode: '64%' }, 'DIVISION_UNKNOWN'], ['to no people', { petitionerCount: 0 }, 'COUNT_INVALID'], ['of nothing', { title: '拆迁安置房迟迟不办产权证' }, 'NO_CHANGE'],
])('a correction %s is refused and changes nothing', async (_what, part, code) => {
  const { petition } = await register(world);
  expect(await correct(petition.id, part)).toMatchObject({ __typename: 'PetitionRefusal', code });
  expect([await count(world, 'petition_corrections'), await count(world, 'cases', 'version = 1')]).toEqual([0, 1]);
});

test('a county office cannot give a case away beyond its reach; whoever does not see the case corrects nothing', async () => {
  const { petition, case: matter } = await register(world);
  expect(await correct(petition.id, { divisionCode: '640121' }, people.county)).toMatchObject({ code: 'DIVISION_UNKNOWN' });
  expect(await correct(petition.id, { title: '新标题' }, people.otherCounty)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await correct(petition.id, { title: '新标题' }, people.housing)).toMatchObject({ code: 'NOT_FOUND' });
  await assign(world, matter.id, { supportUnitIds: [people.civilAffairs.unitId] });
  expect(await correct(petition.id, { expectedVersion: 2, title: '新标题' }, people.civilAffairs)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await correct(petition.id, { expectedVersion: 2, title: '新标题' }, people.housing)).toMatchObject({ petition: { title: '新标题' } });
});

test('who supervises a case is not changed by the unit that leads it; the registering unit mends its slip while nobody else has the case', async () => {
  const { petition, case: matter } = await register(world);
  expect(await correct(petition.id, { divisionCode: '640121' })).toMatchObject({ code: 'DIVISION_UNKNOWN' });
  expect(await correct(petition.id, { divisionCode: '640100' })).toMatchObject({ case: { division: { code: '640100' } } });
  expect(await correct(petition.id, { expectedVersion: 2, divisionCode: '640104' })).toMatchObject({ case: { division: { code: '640104' } } });
  await assign(world, matter.id, { expectedVersion: 3 });
  for (const divisionCode of ['640121', '640100', '640000']) {
    expect(await correct(petition.id, { expectedVersion: 4, divisionCode }, people.housing)).toMatchObject({ code: 'DIVISION_UNKNOWN' });
    expect(await correct(petition.id, { expectedVersion: 4, divisionCode })).toMatchObject({ code: 'DIVISION_UNKNOWN' });
  }
  expect(await count(world, 'cases', "division_code = '640104' AND version = 4")).toBe(1);
  // the place as it is, beside what is mended
  expect(await correct(petition.id, { expectedVersion: 4, divisionCode: '640104', title: '新标题' }, people.housing)).toMatchObject({ case: { title: '新标题' } });
  expect(await correct(petition.id, { expectedVersion: 5, divisionCode: '640121' }, people.province)).toMatchObject({ case: { division: { code: '640121' } } });
});

test('of two who correct at once one wins, and the other learns the current version', async () => {
  const { petition } = await register(world);
  const answers = await Promise.allSettled([correct(petition.id, { title: '甲' }), correct(petition.id, { title: '乙' }, people.county)]);
  expect(answers.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  expect(await count(world, 'petition_corrections')).toBe(1);
  expect(await faultOf(world, people.clerk, CORRECT, { input: inputOf(petition.id, { title: '丙' }) })).toEqual({ code: 'CONFLICT', detail: { currentVersion: 2 } });
});

describe('claims', () => {
  const CLAIM = 'claim { id ordinal stated clarified withdrawnOn } case { id version claims { stated withdrawnOn } }';
  type Act = 'addClaim' | 'clarifyClaim' | 'withdrawClaim';
  interface Claimed extends Answer {
    readonly claim: { id: string; stated: string };
    readonly case: { id: string; version: number };
  }
  const ask = async (act: Act, part: Record<string, unknown>, viewer: Viewer = people.clerk): Promise<Claimed> => {
    const type = `${act[0]?.toUpperCase()}${act.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${act}(input: $input) { __typename ... on ClaimPayload { ${CLAIM} } ... on ClaimRefusal { code message basis } } }`;
    const answer = (await world.client.query<Record<Act, Claimed>>(viewer, document, { input: { idempotencyKey: key(), expectedVersion: 1, reason: '与信访人核实后登记', ...part } }))[act];
    return answer;
  };
  const opened = async () => {
    const { case: matter } = await register(world);
    const [row] = await select<{ id: string }>(world.db.manager, 'SELECT id FROM claims');
    return { caseId: matter.id, claimId: row?.id ?? '' };
  };

  test('stated and clarified are kept apart; what is taken back stays on file · row 33', async () => {
    const { caseId, claimId } = await opened();
    expect(await ask('clarifyClaim', { claimId, clarified: '补交土地出让金差额后办证' })).toMatchObject({ claim: { stated: '办理不动产权证', clarified: '补交土地出让金差额后办证' }, case: { version: 2 } });
    const added = await ask('addClaim', { caseId, expectedVersion: 2, stated: '赔偿逾期办证损失' });
    expect(added).toMatchObject({ claim: { ordinal: 2, stated: '赔偿逾期办证损失', clarified: null, withdrawnOn: null }, case: { version: 3 } });
    expect(await ask('withdrawClaim', { claimId: added.claim.id, expectedVersion: 3 })).toMatchObject({ claim: { withdrawnOn: '2022-09-27' }, case: { version: 4, claims: [{ withdrawnOn: null }, { withdrawnOn: '2022-09-27' }] } });
    expect(await select(world.db.manager, 'SELECT kind, before_text, after_text, reason FROM claim_changes ORDER BY changed_at, kind')).toHaveLength(3);
    expect(await select(world.db.manager, "SELECT action, ground FROM case_events WHERE action LIKE 'CLAIM%' ORDER BY seq")).toEqual(['CLARIFIED', 'ADDED', 'WITHDRAWN'].map((kind) => ({ action: `CLAIM_${kind}`, ground: '与信访人核实后登记' })));
  });

  test.each<[Act, Record<string, unknown>, string]>([
    ['addClaim', { stated: ' ' }, 'TEXT_LENGTH'], ['addClaim', { stated: '求'.repeat(501) }, 'TEXT_LENGTH'], ['addClaim', { stated: '办证', reason: '补' }, 'REASON_MISSING'], ['addClaim', { stated: '办理不动产权证' }, 'NO_CHANGE'],
    ['clarifyClaim', { clarified: '\u202e' }, 'TEXT_LENGTH'], ['withdrawClaim', { reason: '' }, 'REASON_MISSING'],
  ])('%s with %j is refused: %s', async (act, part, code) => {
    const { caseId, claimId } = await opened();
    expect(await ask(act, { ...(act === 'addClaim' ? { caseId } : { claimId }), ...part })).toMatchObject({ __typename: 'ClaimRefusal', code });
    expect([await count(world, 'claims'), await count(world, 'claim_changes'), await count(world, 'cases', 'version = 1')]).toEqual([1, 0, 1]);
  });

  test('第三十二条: after the reply the claims stay as they were answered', async () => {
    const { caseId, claimId } = await opened();
    await write(world.db.manager, "UPDATE cases SET status = 'REPLIED'");
    expect(await ask('addClaim', { caseId, stated: '新的诉求' })).toMatchObject({ code: 'CLAIMS_CLOSED', basis: '《信访工作条例》第三十二条' });
    expect(await ask('withdrawClaim', { claimId })).toMatchObject({ code: 'CLAIMS_CLOSED' });
    await write(world.db.manager, "UPDATE cases SET status = 'HANDLING'");
    expect(await ask('withdrawClaim', { claimId })).toMatchObject({ claim: { withdrawnOn: '2022-09-27' } });
    expect(await ask('clarifyClaim', { claimId, expectedVersion: 2, clarified: '办证' })).toMatchObject({ code: 'WITHDRAWN' });
  });

  test('who does not see the case finds no claim, and a stale version is told the current one', async () => {
    const { claimId } = await opened();
    expect(await ask('withdrawClaim', { claimId }, people.otherCounty)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await ask('withdrawClaim', { claimId: 'x' })).toMatchObject({ code: 'NOT_FOUND' });
    const document = 'mutation ($input: WithdrawClaimInput!) { withdrawClaim(input: $input) { __typename } }';
    expect(await faultOf(world, people.clerk, document, { input: { idempotencyKey: key(), claimId, expectedVersion: 7, reason: '本人要求撤回' } })).toEqual({ code: 'CONFLICT', detail: { currentVersion: 1 } });
  });
});
