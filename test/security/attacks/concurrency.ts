import { outcomeOf } from '../outcome';
import type { Group, Row } from './attack';
import { housingCase, petition, refer, register, REGISTERED } from './fill-world';
import { units } from './people';
import { key, type World } from './world';

const count = async (world: World, table: string): Promise<number> => Number((await world.system.rows<{ n: string }>(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n);
/** How many rows something makes. */
const made = async (world: World, table: string, work: () => Promise<unknown>): Promise<number> => {
  const before = await count(world, table);
  await work();
  return (await count(world, table)) - before;
};

async function hundredTimes(world: World): Promise<string[]> {
  const input = petition({ idempotencyKey: key() });
  const answers: string[] = [];
  const rows = await made(world, 'cases.petitions', async () => answers.push(...(await Promise.all(Array.from({ length: 100 }, async () => (await world.act('clerk', 'registerPetition', input, REGISTERED)).text)))));
  const replies = [...new Set(answers.filter((text) => !text.includes('REQUEST_IN_FLIGHT') && !text.includes('TIMEOUT')))];
  const again = (await world.act('clerk', 'registerPetition', input, REGISTERED)).text;
  return [`${rows} row`, replies.length === 1 && replies[0] === again ? 'one answer' : `${replies.length} answers, then ${again.slice(0, 200)}`];
}

async function otherPayload(world: World): Promise<string[]> {
  const input = petition({ idempotencyKey: key() });
  await world.done('clerk', 'registerPetition', input);
  const others = [{ title: '另一标题' }, { petitioners: [{ name: '白某某', phone: '13900000001' }] }, { channel: 'VISIT' }];
  return Promise.all(others.map(async (more) => outcomeOf(await world.act('clerk', 'registerPetition', { ...input, ...more }))));
}

async function otherUser(world: World): Promise<string[]> {
  const input = petition({ idempotencyKey: key() });
  const answers: string[] = [];
  const rows = await made(world, 'cases.petitions', async () => {
    for (const who of ['clerk', 'secondClerk'] as const) answers.push((await world.act(who, 'registerPetition', input, REGISTERED)).text);
  });
  return [rows === 2 && answers[0] !== answers[1] ? 'one for each' : `${rows} rows, ${answers.join().slice(0, 300)}`];
}

const BAD_KEYS = ['', 'short', 'k'.repeat(65), 'k'.repeat(10_240), 'line\nbreak', 'nul\u0000nulnul', 'esc\u001b[31mxx', '有效的幂等键有效的', 'with space here', null, 1, {}, []];

/** A case on which somebody else has acted meanwhile. */
async function stale(world: World, expectedVersions: readonly unknown[]): Promise<string[]> {
  const { case: { id: caseId } } = await housingCase(world);
  return Promise.all(expectedVersions.map(async (expectedVersion) =>
    outcomeOf(await world.act('office', 'assignCase', { caseId, expectedVersion, kind: 'ASSIGN', leadUnitId: units.errand.id, limitOn: '2022-12-20' }))));
}
const currentVersion = async (world: World): Promise<unknown> => {
  const { case: { id: caseId } } = await housingCase(world);
  const { case: { version } } = await world.data<{ case: { version: number } }>('office', 'query ($id: ID!) { case(id: $id) { version } }', { id: caseId });
  return world.done('office', 'assignCase', { caseId, expectedVersion: version, kind: 'ASSIGN', leadUnitId: units.errand.id, limitOn: '2022-12-20' });
};

/** Signed, asked back, withdrawn and referred again at the same instant. */
async function sameInstant(world: World): Promise<string[]> {
  const { case: { id } } = await housingCase(world);
  const referralId = await refer(world, id, units.receiver.id);
  await world.settled();
  const { referral } = await world.data<{ referral: { version: number } }>('receiver', 'query ($id: ID!) { referral(id: $id) { version } }', { id: referralId });
  const expected = { referralId, expectedVersion: referral.version };
  const all = await Promise.all([
    world.act('receiver', 'signReferral', expected), world.act('receiver', 'acceptReferral', { ...expected, completeBy: '2022-11-01' }), world.act('receiver', 'requestReferralReturn', { ...expected, reason: '不属于本单位职责范围，请另行转办。' }), world.act('housing', 'withdrawReferral', expected),
  ]);
  const told = all.map(outcomeOf);
  const done = told.filter((one) => one.startsWith('answered')).length;
  return [done === 1 ? 'one of them' : `${done} of them: ${told.join('; ')}`, ...told.filter((one) => !one.startsWith('answered'))];
}

const firing = 'services/supervision/test/fire-together.test.ts';
const ROWS: readonly Row[] = [
  { number: 127, name: 'the same key a hundred times at once', expected: ['1 row', 'one answer'], mayChange: true, attack: hundredTimes, honest: (w) => register(w) },
  { number: 128, name: 'the same key with another input', expected: 'IDEMPOTENCY_KEY_REUSED', mayChange: true, attack: otherPayload, honest: (w) => register(w) },
  { number: 129, name: 'the same key by another person', expected: 'one for each', mayChange: true, attack: otherUser, honest: (w) => register(w) },
  { number: 130, name: 'keys that are empty, huge, binary or no text', expected: 'BAD_USER_INPUT', attack: (w) => Promise.all(BAD_KEYS.map(async (idempotencyKey) => outcomeOf(await w.act('clerk', 'registerPetition', petition({ idempotencyKey }))))), honest: (w) => register(w) },
  { number: 131, name: 'a key after its time', provenBy: { file: 'packages/service-kit/test/delete-expired.test.ts', title: 'a row goes the day after its time, not before; what is open stays however old it is' } },
  { number: 132, name: 'a version that somebody else has moved on from', expected: 'CONFLICT', mayChange: true, attack: (w) => stale(w, [1]), honest: currentVersion },
  { number: 133, name: 'a version that is missing, negative or of tomorrow', expected: ['BAD_USER_INPUT', 'CONFLICT'], mayChange: true, attack: (w) => stale(w, [undefined, null, -1, 0, 99, 2_147_483_647, 2 ** 40, '1', 1.5]), honest: currentVersion },
  { number: 134, name: 'signed, accepted, asked back and withdrawn at the same instant', expected: ['one of them', 'CONFLICT', 'refused ILLEGAL_STATE', 'REQUEST_IN_FLIGHT'], mayChange: true, attack: sameInstant, honest: async (w) => refer(w, (await housingCase(w)).case.id, units.receiver.id) },
  { number: 135, name: 'a deadline that is extended at the instant at which it fires', provenBy: { file: firing, title: 'an extension at the very instant: before or after, never both, never in between' } },
  { number: 136, name: 'a cancellation after its alarm has begun', provenBy: { file: firing, title: 'a cancellation while the alarm is active wins or comes after; nothing fires afterwards' } },
  { number: 137, name: 'two sweepers and two workers on the same rows', provenBy: { file: firing, title: 'two workers and the sweep on the same 500 rows: each fires once' } },
  { number: 137, name: 'two relays on the same outbox', provenBy: { file: 'test/faults/promises/queue-and-workers.test.ts', title: 'R10: a thousand adds whose replies were lost are a thousand jobs' } },
  { number: 138, name: 'reading what was just written from a replica that is behind', notApplicable: 'services read from the writer only; a replica takes over, it serves no readings (docs/operations.md)' },
];

export const CONCURRENCY_ATTACKS: Group = { letter: 'H', from: 127, to: 138, rows: ROWS };
