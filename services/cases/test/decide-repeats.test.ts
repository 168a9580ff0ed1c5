import { select } from '@anjie/service-kit/database';
import { assign, count, faultOf } from './asking';
import { aConfirmation, confirmRepeat, CONFIRM_REPEAT, LETTER, ofPetition, refuseRepeat, registered, RETOLD, undoRepeat } from './repeats';
import { exclude } from './sealed-world';
import { openCases, people, place, type CasesWorld } from './world';
import { viewers } from '@anjie/testing';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

type Filed = Awaited<ReturnType<typeof registered>>;
const two = async (): Promise<[Filed, Filed]> => [await registered(world, { summary: RETOLD }), await registered(world, { summary: LETTER })];

const seen = async (viewer: typeof people.county, id: string) =>
  (await world.client.query<{ case: { version: number; mergedInto: { id: string } | null; mergedFrom: { nodes: { id: string }[] }; repeatDecisions: { totalCount: number; nodes: { id: string; state: string }[] }; petitions: { nodes: { id: string }[] } } }>(
    viewer,
    `query ($id: ID!) { case(id: $id) { version mergedInto { id } mergedFrom { nodes { id } } repeatDecisions { totalCount nodes { id state } } petitions { nodes { id } } } }`, { id },
  )).case;
const events = (id: string) => select<{ action: string; ground: string }>(world.db.manager, "SELECT action, ground FROM case_events WHERE case_id = ? AND action LIKE 'REPEAT%' ORDER BY seq", [id]);

test('a confirmed repeat links the cases and loses nothing; both histories say so · row 48', async () => {
  const [a, b] = await two();
  const done = await confirmRepeat(world, people.county, aConfirmation(a.caseId, b.caseId));
  expect(done).toMatchObject({ __typename: 'RepeatDecisionPayload', decision: { state: 'CONFIRMED', case: { id: a.caseId }, repeatOf: { id: b.caseId } }, case: { version: 2, mergedInto: { id: b.caseId } } });
  expect(await seen(people.county, b.caseId)).toMatchObject({ version: 2, mergedInto: null, mergedFrom: { nodes: [{ id: a.caseId }] }, repeatDecisions: { totalCount: 1 } });
  expect(await seen(people.county, a.caseId)).toMatchObject({ mergedFrom: { nodes: [] }, petitions: { nodes: [{ id: a.petitionId }] }, repeatDecisions: { nodes: [{ state: 'CONFIRMED' }] } });
  for (const one of [a, b]) expect(await events(one.caseId)).toEqual([{ action: 'REPEAT_CONFIRMED', ground: '同一住户反映同一事项' }]);
  expect(await count(world, 'audit_entries', "action = 'REPEAT_CONFIRMED'")).toBe(1);
});

test('undoing gives back what was, and the decision stays on record', async () => {
  const [a, b] = await two();
  const done = await confirmRepeat(world, people.county, aConfirmation(a.caseId, b.caseId));
  expect(await undoRepeat(world, people.county, done.decision.id)).toMatchObject({ decision: { state: 'UNDONE', undoReason: '核实后发现不是同一事项' }, case: { mergedInto: null, version: 3 } });
  expect(await seen(people.county, b.caseId)).toMatchObject({ mergedFrom: { nodes: [] }, repeatDecisions: { nodes: [{ state: 'UNDONE' }] } });
  expect(await undoRepeat(world, people.county, done.decision.id)).toMatchObject({ code: 'NOT_LINKED' });
  expect((await events(a.caseId)).map((event) => event.action)).toEqual(['REPEAT_CONFIRMED', 'REPEAT_UNDONE']);
  expect(await confirmRepeat(world, people.county, aConfirmation(b.caseId, a.caseId, { expectedVersion: 3 }))).toMatchObject({ decision: { state: 'CONFIRMED' } });
});

test('one petition of several is moved by its pointer, and back', async () => {
  const [a, b] = await two();
  const extra = await registered(world, { caseId: a.caseId });
  const done = await confirmRepeat(world, people.county, aConfirmation(a.caseId, b.caseId, { expectedVersion: 2, petitionId: extra.petitionId }));
  expect(done).toMatchObject({ decision: { petition: { id: extra.petitionId } }, case: { mergedInto: null } });
  expect((await seen(people.county, b.caseId)).petitions.nodes.map((one) => one.id).sort()).toEqual([b.petitionId, extra.petitionId].sort());
  expect((await seen(people.county, a.caseId)).petitions.nodes).toEqual([{ id: a.petitionId }]);
  expect(await confirmRepeat(world, people.county, aConfirmation(a.caseId, b.caseId, { expectedVersion: 3, petitionId: a.petitionId }))).toMatchObject({ code: 'LAST_PETITION' });
  expect(await confirmRepeat(world, people.county, aConfirmation(a.caseId, b.caseId, { expectedVersion: 3, petitionId: extra.petitionId }))).toMatchObject({ code: 'PETITION_ELSEWHERE' });
  await undoRepeat(world, people.county, done.decision.id);
  expect((await seen(people.county, a.caseId)).petitions.nodes).toHaveLength(2);
});

test('a refused pair is not suggested again, until the refusal is taken back', async () => {
  const [a, b] = await two();
  const suggested = async () => [(await ofPetition(world, people.county, a.petitionId)).length, (await ofPetition(world, people.county, b.petitionId)).length];
  expect(await suggested()).toEqual([1, 1]);
  const done = await refuseRepeat(world, people.county, b.caseId, a.caseId);
  expect(done).toMatchObject({ decision: { state: 'REFUSED' } });
  expect(await suggested()).toEqual([0, 0]);
  expect(await refuseRepeat(world, people.county, a.caseId, b.caseId)).toMatchObject({ code: 'ALREADY_REFUSED' });
  expect(await confirmRepeat(world, people.county, aConfirmation(a.caseId, b.caseId, { expectedVersion: 2 }))).toMatchObject({ code: 'ALREADY_REFUSED' });
  await undoRepeat(world, people.county, done.decision.id);
  expect(await suggested()).toEqual([1, 1]);
});

test('a case that was merged is suggested as the one that holds it', async () => {
  const [a, b] = await two();
  await confirmRepeat(world, people.county, aConfirmation(a.caseId, b.caseId));
  const third = await registered(world, { summary: RETOLD });
  expect((await ofPetition(world, people.county, third.petitionId)).map((one) => one.case.id)).toEqual([b.caseId]);
});

test('links make no chain into a merged case and no cycle', async () => {
  const [a, b] = await two();
  const c = await registered(world);
  await confirmRepeat(world, people.county, aConfirmation(a.caseId, b.caseId));
  const attempt = (from: Filed, to: Filed, expectedVersion: number) => confirmRepeat(world, people.county, aConfirmation(from.caseId, to.caseId, { expectedVersion }));
  expect(await attempt(b, a, 2)).toMatchObject({ code: 'WOULD_MAKE_A_CYCLE' });
  expect(await attempt(a, c, 2)).toMatchObject({ code: 'ALREADY_LINKED' });
  expect(await attempt(c, a, 1)).toMatchObject({ code: 'TARGET_MERGED' });
  expect(await attempt(a, a, 2)).toMatchObject({ code: 'SAME_CASE' });
  expect(await attempt(b, c, 2)).toMatchObject({ __typename: 'RepeatDecisionPayload' });
  expect(await attempt(c, a, 2)).toMatchObject({ code: 'TARGET_MERGED' });
  expect(await refuseRepeat(world, people.county, a.caseId, b.caseId)).toMatchObject({ code: 'ALREADY_LINKED' });
});

test('two who link the same two cases into each other at once: one does, the other is told', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [a, b] = await two();
    const answers = await Promise.allSettled([
      confirmRepeat(world, people.county, aConfirmation(a.caseId, b.caseId)), confirmRepeat(world, people.county, aConfirmation(b.caseId, a.caseId)),
    ]);
    expect(await count(world, 'case_links', `active_case_id IN ('${a.caseId}', '${b.caseId}')`)).toBe(1);
    expect(answers.filter((one) => one.status === 'fulfilled' && one.value.__typename === 'RepeatDecisionPayload')).toHaveLength(1);
  }
});

test('a version that was not seen is a conflict with the current one, and the same request counts once', async () => {
  const [a, b] = await two();
  expect(await faultOf(world, people.county, CONFIRM_REPEAT, { input: aConfirmation(a.caseId, b.caseId, { expectedVersion: 9 }) })).toEqual({ code: 'CONFLICT', detail: { currentVersion: 1 } });
  const input = aConfirmation(a.caseId, b.caseId);
  const answers = await Promise.all([input, input, input].map((one) => confirmRepeat(world, people.county, one)));
  expect(new Set(answers.map((one) => one.decision.id)).size).toBe(1);
  expect(await count(world, 'case_links')).toBe(1);
});

test('the registering clerk merges while the case is only registered, not after; others not at all', async () => {
  const [a, b] = await two();
  for (const viewer of [people.stranger, people.otherCounty, people.leader]) expect(await confirmRepeat(world, viewer, aConfirmation(a.caseId, b.caseId))).toMatchObject({ code: 'NOT_FOUND' });
  await assign(world, b.caseId);
  const done = await confirmRepeat(world, people.clerk, aConfirmation(a.caseId, b.caseId));
  expect(done).toMatchObject({ decision: { state: 'CONFIRMED' } });
  await undoRepeat(world, people.clerk, done.decision.id);
  expect(await assign(world, a.caseId, { expectedVersion: 3 })).toMatchObject({ __typename: 'AssignCasePayload' });
  expect(await confirmRepeat(world, people.clerk, aConfirmation(a.caseId, b.caseId, { expectedVersion: 4 }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await confirmRepeat(world, people.housing, aConfirmation(a.caseId, b.caseId, { expectedVersion: 4 }))).toMatchObject({ code: 'NOT_PERMITTED' });
});

test('a case in another county is neither linked nor shown by a joint office that does not hold it', async () => {
  const other = viewers.jointOffice('640121', place.elsewhere);
  const a = await registered(world);
  const b = await registered(world, { divisionCode: '640121' }, other);
  expect(await confirmRepeat(world, people.county, aConfirmation(a.caseId, b.caseId))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await confirmRepeat(world, people.province, aConfirmation(a.caseId, b.caseId))).toMatchObject({ decision: { state: 'CONFIRMED' } });
  expect(await seen(people.county, a.caseId)).toMatchObject({ mergedInto: null, repeatDecisions: { totalCount: 0, nodes: [] } });
  expect(await seen(other, b.caseId)).toMatchObject({ mergedFrom: { nodes: [] }, repeatDecisions: { nodes: [] } });
  expect(await seen(people.province, b.caseId)).toMatchObject({ mergedFrom: { nodes: [{ id: a.caseId }] } });
});

test.each([['no reason', { reason: '短' }, 'REASON_MISSING'], ['a control character', { reason: '同一住户\u0000反映' }, 'REASON_MISSING'], ['an id that is none', { repeatOfCaseId: 'x' }, 'NOT_FOUND']])(
  '%s is refused and nothing is written', async (_what, part, code) => {
    const [a, b] = await two();
    expect(await confirmRepeat(world, people.county, aConfirmation(a.caseId, b.caseId, part))).toMatchObject({ code });
    expect(await count(world, 'case_links')).toBe(0);
  },
);

test('《信访工作条例》第三十条: an accusation is linked with nothing', async () => {
  const [a, b] = await two();
  await world.db.query("UPDATE cases SET purpose = 'ACCUSATION' WHERE id = ?", [b.caseId]);
  expect(await confirmRepeat(world, people.county, aConfirmation(a.caseId, b.caseId))).toMatchObject({ code: 'SEALED' });
});

describe('《信访工作条例》第三十条第三款: whoever is kept out of a case is let in by no decision about repeats', () => {
  const sees = async (petitionId: string): Promise<boolean> =>
    (await world.client.query<{ petition: object | null }>(people.housing, 'query ($id: ID!) { petition(id: $id) { id title content } }', { id: petitionId })).petition !== null;
  const attempt = async (from: Filed, to: Filed, part: Record<string, unknown> = {}, viewer = people.county) =>
    confirmRepeat(world, viewer, aConfirmation(from.caseId, to.caseId, { expectedVersion: (await seen(viewer, from.caseId)).version, ...part }));
  const refused = { __typename: 'RepeatRefusal', code: 'EXCLUSION_MISSING', basis: '《信访工作条例》第三十条第三款' };
  let a: Filed;
  let b: Filed;
  let extra: Filed;
  /** The second case is led by the unit that is kept out of the first, which has two petitions. */
  beforeEach(async () => {
    [a, b] = await two();
    extra = await registered(world, { caseId: a.caseId });
    await assign(world, b.caseId);
    await exclude(world, a.caseId, { unitId: place.housing }, people.county);
  });

  test('neither a joint office nor the registering clerk moves a petition to them, or merges the whole case', async () => {
    for (const viewer of [people.county, people.clerk]) {
      expect(await attempt(a, b, { petitionId: extra.petitionId }, viewer)).toMatchObject(refused);
      expect(await attempt(a, b, {}, viewer)).toMatchObject(refused);
    }
    expect([await sees(extra.petitionId), await sees(b.petitionId), await count(world, 'case_links')]).toEqual([false, true, 0]);
    // the other way nobody is let in
    expect(await attempt(b, a)).toMatchObject({ decision: { state: 'CONFIRMED' } });
    expect(await sees(a.petitionId)).toBe(false);
  });

  test('once they, or a unit above them, are kept out of the other case too, it goes; an official must be kept out by name', async () => {
    await exclude(world, b.caseId, { unitId: place.government }, people.county);
    await exclude(world, a.caseId, { officialId: place.leader }, people.county);
    expect(await attempt(a, b, { petitionId: extra.petitionId })).toMatchObject(refused);
    await exclude(world, b.caseId, { officialId: place.leader }, people.county);
    expect(await attempt(a, b, { petitionId: extra.petitionId })).toMatchObject({ decision: { state: 'CONFIRMED' } });
    expect(await attempt(a, b)).toMatchObject({ case: { mergedInto: { id: b.caseId } } });
    expect([await sees(extra.petitionId), await sees(a.petitionId)]).toEqual([false, false]);
  });

  test('undoing takes no petition back to where somebody is let in; undoing a merger moves none', async () => {
    const c = await registered(world);
    const moved = await attempt(a, c, { petitionId: extra.petitionId });
    expect(moved).toMatchObject(refused);
    await exclude(world, c.caseId, { unitId: place.housing }, people.county);
    const done = await attempt(a, c, { petitionId: extra.petitionId });
    await exclude(world, c.caseId, { unitId: place.civilAffairs }, people.county);
    expect(await undoRepeat(world, people.county, done.decision.id)).toMatchObject(refused);
    expect((await seen(people.county, c.caseId)).petitions.nodes).toHaveLength(2);
    await exclude(world, a.caseId, { unitId: place.civilAffairs }, people.county);
    expect(await undoRepeat(world, people.county, done.decision.id)).toMatchObject({ decision: { state: 'UNDONE' } });
    const merged = await attempt(b, c);
    expect(await undoRepeat(world, people.county, merged.decision.id)).toMatchObject({ decision: { state: 'UNDONE' } });
  });
});
