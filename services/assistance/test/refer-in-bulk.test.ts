import { randomUUID } from 'node:crypto';
import { actOn, delivered, departments, openStage, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const ROWS = `__typename ... on ReferralBatchPayload { rows { __typename ... on ReferralPayload { referral { id state version completeBy assignedOfficial { id } } } ... on ReferralRefusal { code } } } ... on ReferralRefusal { code }`;
interface Answer {
  readonly code?: string;
  readonly rows?: { code?: string; referral?: { id: string; state: string; version: number; completeBy: string | null } }[];
}
const act = (viewer: typeof d.sender, mutation: string, input: object) => actOn(stage, ROWS)<Answer>(viewer, mutation, input);
const item = (part: object = {}) => ({ caseId: d.caseId, toUnitId: d.aid, purpose: 'RELIEF', request: '请核实', ...part });
const codes = ({ rows }: Answer) => rows?.map(({ code, referral }) => code ?? referral?.state);

test('many referrals go out in one act; a refused row undoes no other, and each row is on record · row 68', async () => {
  const far = await departments(stage);
  const answer = await act(d.sender, 'sendReferrals', {
    items: [item(), item({ toUnitId: d.lead }), item({ caseId: far.caseId }), item({ toUnitId: d.other }), item(), item({ request: ' ', purpose: 'OTHER' })],
  });
  expect(codes(answer)).toEqual(['SENT', 'OWN_UNIT', 'NOT_FOUND', 'SENT', 'ALREADY_OPEN', 'TEXT_MISSING']);
  expect(await stage.rows('SELECT id FROM referrals')).toHaveLength(2);
  expect(await stage.rows('SELECT topic FROM outbox_messages')).toHaveLength(2);
  const audited = (await stage.rows<{ action: string; detail: string }>('SELECT action, detail FROM audit_entries ORDER BY id')).map(({ action, detail }) => [action, (JSON.parse(detail) as { code?: string }).code]);
  expect(audited).toEqual([
    ['REFERRAL_SENT', undefined], ['REFERRAL_ROW_REFUSED', 'OWN_UNIT'], ['REFERRAL_ROW_REFUSED', 'NOT_FOUND'], ['REFERRAL_SENT', undefined], ['REFERRAL_ROW_REFUSED', 'ALREADY_OPEN'],
    ['REFERRAL_ROW_REFUSED', 'TEXT_MISSING'],
  ]);
});

test('one key for all: a repeat answers the same rows and sends nothing again · row 68', async () => {
  const input = { idempotencyKey: randomUUID(), items: [item(), item({ toUnitId: d.lead })] };
  const first = await act(d.sender, 'sendReferrals', input);
  expect(await act(d.sender, 'sendReferrals', input)).toEqual(first);
  expect(await stage.rows('SELECT id FROM referrals')).toHaveLength(1);
});

test('none and more than 200 rows are refused as a whole; 200 are taken · row 68', async () => {
  expect(await act(d.sender, 'sendReferrals', { items: [] })).toMatchObject({ code: 'COUNT_OUT_OF_RANGE' });
  expect(await act(d.sender, 'sendReferrals', { items: Array.from({ length: 201 }, () => item()) })).toMatchObject({ code: 'COUNT_OUT_OF_RANGE' });
  const units = await Promise.all(Array.from({ length: 200 }, (_, i) => stage.haveUnit(`部门${i}`)));
  const answer = await act(d.sender, 'sendReferrals', { items: units.map((toUnitId) => item({ toUnitId })) });
  expect(new Set(codes(answer))).toEqual(new Set(['SENT']));
  expect(answer.rows).toHaveLength(200);
}, 120_000);

test('many are accepted in one act, those that were only delivered are signed for on the way; a stale or foreign row is refused alone · row 68', async () => {
  const official = await stage.haveOfficial(d.aid);
  const [one, two, three] = [await delivered(stage, d), await delivered(stage, d, { purpose: 'OTHER' }), await delivered(stage, d, { purpose: 'MEDIATION' })];
  const foreign = await delivered(stage, d, { toUnitId: d.other });
  const answer = await act(d.receiver, 'acceptReferrals', {
    items: [
      { referralId: one.id, expectedVersion: 2, completeBy: '2024-03-31', officialId: official }, { referralId: two.id, expectedVersion: 7 }, { referralId: foreign.id, expectedVersion: 2 },
      { referralId: three.id, expectedVersion: 2, completeBy: '2024-02-01' },
    ],
  });
  expect(codes(answer)).toEqual(['ACCEPTED', 'CHANGED_MEANWHILE', 'NOT_FOUND', 'DATE_IN_PAST']);
  expect(answer.rows?.[0]?.referral).toMatchObject({ version: 4, completeBy: '2024-03-31', assignedOfficial: { id: official } });
  // what the last row had signed before it was refused is undone
  expect(await stage.rows('SELECT state, version FROM referrals WHERE id = ?', [three.id])).toEqual([{ state: 'DELIVERED', version: 2 }]);
});
