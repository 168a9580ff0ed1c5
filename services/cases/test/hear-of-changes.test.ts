import { randomUUID } from 'node:crypto';
import { CaseCrewChanged, ReferralMoved } from '@anjie/contracts';
import { select } from '@anjie/service-kit/database';
import { viewers } from '@anjie/testing';
import { assign, count, seesCase, told } from './asking';
import { startHearing } from './hearing';
import { openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
let hearing: ReturnType<typeof startHearing>;
beforeAll(async () => {
  world = await openCases();
  hearing = startHearing(world);
});
beforeEach(() => world.reset());
afterAll(async () => {
  await hearing?.close();
  await world?.close();
});

const aCase = async (): Promise<string> => (await register(world)).case.id;
const crew = (caseId: string, version: number, part: { sponsorIds?: string[]; taskForceIds?: string[] }) => ({
  event: CaseCrewChanged, aggregateId: caseId, version, payload: { caseId, sponsorIds: [], taskForceIds: [], ...part },
});
const referralId = randomUUID();
const referral = (caseId: string, version: number, part: { state?: string; isDelivered?: boolean; toUnitId?: string }) => ({
  event: ReferralMoved, aggregateId: referralId, version,
  payload: { referralId, caseId, fromUnitId: place.housing, toUnitId: place.civilAffairs, state: 'DELIVERED', isDelivered: true, ...part },
});
const versionOf = async (id: string): Promise<number> =>
  Number((await select<{ v: string }>(world.db.manager, 'SELECT version AS v FROM case_scopes WHERE case_id = ?', [id]))[0]?.v);

test('a sponsor sees the case from the moment that officials names one, and no longer when somebody else is named', async () => {
  const id = await aCase();
  const second = randomUUID();
  expect(await seesCase(world, people.leader, id)).toBe(false);
  expect(await hearing.send('officials', crew(id, 1, { sponsorIds: [place.leader], taskForceIds: [second] }))).toBe('APPLIED');
  expect([await seesCase(world, people.leader, id), await seesCase(world, viewers.plain(second), id)]).toEqual([true, true]);
  await hearing.send('officials', crew(id, 2, { sponsorIds: [second] }));
  expect([await seesCase(world, people.leader, id), await seesCase(world, viewers.plain(second), id)]).toEqual([false, true]);
});

test('the change is told to the other services with the next version of the scope; the case that a person looks at is not changed under them', async () => {
  const id = await aCase();
  await hearing.send('officials', crew(id, 1, { sponsorIds: [place.leader, place.leader] }));
  expect([await versionOf(id), await count(world, 'cases', 'version = 1')]).toEqual([2, 1]);
  expect((await told(world, 'case-scope-changed')).at(-1)).toMatchObject({
    caseId: id, parties: [{ role: 'REGISTRAR' }, { role: 'SPONSOR', kind: 'OFFICIAL', id: place.leader }],
  });
});

test('an older snapshot that arrives late changes nothing', async () => {
  const id = await aCase();
  await hearing.send('officials', crew(id, 5, { sponsorIds: [place.leader] }));
  expect(await hearing.send('officials', crew(id, 4, { sponsorIds: [] }))).toBe('STALE');
  expect([await seesCase(world, people.leader, id), await versionOf(id)]).toEqual([true, 2]);
});

test('a sender that was restored from a backup tells a version anew: what it says now counts', async () => {
  const id = await aCase();
  await hearing.send('officials', crew(id, 5, { sponsorIds: [place.leader] }));
  expect(await hearing.send('officials', crew(id, 5, { sponsorIds: [] }))).toBe('APPLIED');
  expect(await seesCase(world, people.leader, id)).toBe(false);
});

test('the same message delivered again has no second effect', async () => {
  const id = await aCase();
  const messageId = randomUUID();
  const fact = crew(id, 1, { sponsorIds: [place.leader] });
  expect([await hearing.send('officials', fact, messageId), await hearing.send('officials', fact, messageId)]).toEqual(['APPLIED', expect.stringMatching(/REPEATED|STALE/)]);
  expect([await versionOf(id), await count(world, 'case_crew_members'), await count(world, 'inbox_messages')]).toEqual([2, 1, 1]);
});

test('a crew of a case that is not known here is taken and leaves nothing behind', async () => {
  expect(await hearing.send('officials', crew(randomUUID(), 1, { sponsorIds: [place.leader] }))).toBe('APPLIED');
  expect([await count(world, 'case_crew_members'), await count(world, 'outbox_messages')]).toEqual([0, 0]);
});

test('a referral shows the case to the receiving unit while it is delivered: not before, and not after it was sent back', async () => {
  const id = await aCase();
  const sight = () => seesCase(world, people.civilAffairs, id);
  await hearing.send('assistance', referral(id, 1, { state: 'SENT', isDelivered: false }));
  expect(await sight()).toBe(false);
  await hearing.send('assistance', referral(id, 2, {}));
  expect(await sight()).toBe(true);
  await hearing.send('assistance', referral(id, 3, { state: 'ACCEPTED' }));
  expect(await sight()).toBe(true);
  await hearing.send('assistance', referral(id, 4, { state: 'RETURNED' }));
  expect(await sight()).toBe(false);
});

test('a move that changes nothing about who sees the case leaves its scope and tells nobody', async () => {
  const id = await aCase();
  await hearing.send('assistance', referral(id, 1, {}));
  const [version, messages] = [await versionOf(id), await count(world, 'outbox_messages')];
  await hearing.send('assistance', referral(id, 2, { state: 'ACCEPTED' }));
  expect([await versionOf(id), await count(world, 'outbox_messages')]).toEqual([version, messages]);
});

test('a late word of delivery does not open the case again to the unit that sent it back', async () => {
  const id = await aCase();
  await hearing.send('assistance', referral(id, 4, { state: 'RETURNED' }));
  expect(await hearing.send('assistance', referral(id, 2, {}))).toBe('STALE');
  expect(await seesCase(world, people.civilAffairs, id)).toBe(false);
});

test('what was heard stays when the case is assigned afterwards', async () => {
  const id = await aCase();
  await hearing.send('officials', crew(id, 1, { sponsorIds: [place.leader] }));
  await hearing.send('assistance', referral(id, 1, {}));
  await assign(world, id);
  expect([await seesCase(world, people.leader, id), await seesCase(world, people.civilAffairs, id), await seesCase(world, people.housing, id)]).toEqual([true, true, true]);
});

test('what a newer sender says waits for the upgrade instead of being half understood; what is understood is taken', async () => {
  const [id, other] = [await aCase(), await aCase()];
  const newer = await hearing.sendNewer('officials', crew(id, 1, { sponsorIds: [place.leader] }));
  expect(await hearing.send('officials', crew(other, 1, { sponsorIds: [place.leader] }))).toBe('APPLIED');
  expect([await seesCase(world, people.leader, id), await seesCase(world, people.leader, other)]).toEqual([false, true]);
  expect([await count(world, 'ack_messages', `message_id = '${newer}'`), await count(world, 'inbox_messages', `message_id = '${newer}'`)]).toEqual([0, 0]);
});
