import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { inTransaction } from '@anjie/service-kit/database';
import { aCaseScope, setBusinessNow, viewers } from '@anjie/testing';
import { dropOpenOfClosedCases, noteLostSponsors } from '../src/hand-overs/hand-over-moves';
import { PUT_OFFICIALS, key, openOfficials, toldOf, type Officials } from './fixture';
import { entities, haveCase, mutate, setStage, sponsorIt, type Stage } from './stage';

let officials: Officials;
let stage: Stage;
let caseId: string;
let sponsorshipId: string;
beforeAll(async () => void (officials = await openOfficials()));
beforeEach(async () => {
  stage = await setStage(officials);
  caseId = await haveCase(officials, stage);
  sponsorshipId = (await sponsorIt(officials, stage.office, { caseId, officialId: stage.deputy, startOn: '2026-06-01' })).sponsorship?.id ?? '';
});
afterAll(() => officials?.close());

interface Duty {
  readonly id: string;
  readonly state: string;
  readonly kind: { readonly code: string; readonly name: string; readonly isSupportContact: boolean };
}
interface Sponsorship {
  readonly id: string;
  readonly version: number;
  readonly isActive: boolean;
  readonly duties: { readonly nodes: readonly Duty[] };
  readonly handOver: { readonly state: string } | null;
  readonly safeHarbours: readonly { readonly id: string; readonly version: number; readonly state: string; readonly trail: readonly object[] }[];
}
const ROW = `id version isActive endReason official { name } duties { nodes { id state dueOn doneOn evidenceKind contactAnswer kind { code name isSupportContact isVoluntary } } }
  handOver { state since dueOn doneOn note unit { name } head { name } successor { official { name } } } safeHarbours { id version state measure ground trail { ordinal decision opinion official { name } on } }`;
const FIELDS = `... on SponsorshipRefusal { code basis }`;
const run = (name: string, viewer: Viewer, input: object, payload: string) =>
  mutate<{ sponsorship?: Sponsorship; replaced?: Sponsorship; duty?: Duty & { version: number } }>(officials, viewer, { name, type: `${name[0]?.toUpperCase()}${name.slice(1)}Input`, fields: `... on ${payload} ${FIELDS}`, input });
const openSix = (viewer: Viewer, part: object = {}) => run('openSponsorDuties', viewer, { sponsorshipId, ...part }, `SponsorDutiesPayload { sponsorship { ${ROW} } }`);
const recordDuty = (viewer: Viewer, dutyId: string | undefined, part: object = {}) =>
  run('recordSponsorDuty', viewer, { dutyId, expectedVersion: 1, evidenceKind: 'ACTIVITY', evidenceRef: '下访记录 2 号', ...part }, 'SponsorDutyPayload { duty { id state doneOn evidenceKind evidenceRef contactOffered contactAnswer version } }');
const handOver = (viewer: Viewer, part: object = {}) =>
  run('handOverSponsorship', viewer, { sponsorshipId, expectedVersion: 1, successorId: stage.head, note: '已约定七月底答复。', ...part }, `HandOverPayload { sponsorship { ${ROW} } replaced { ${ROW} } }`);
const seen = async (id: string, viewer: Viewer = stage.office): Promise<Sponsorship | null> =>
  (await officials.client.query<{ sponsorship: Sponsorship | null }>(viewer, `{ sponsorship(id: "${id}") { ${ROW} } }`)).sponsorship;
const moveDeputy = (startedOn: string) =>
  officials.client.query(viewers.admin(), `query { me { id } official(id: "${stage.deputy}") { staffNo } }`).then(async (found) => {
    const { staffNo } = (found as { official: { staffNo: string } }).official;
    return officials.client.query(viewers.admin(), PUT_OFFICIALS, { input: { idempotencyKey: key(), rows: [{ staffNo, name: '王副局长', unitCode: 'TOWN', title: '副镇长', startedOn }] } });
  });

test('六包: the six are opened once, each an obligation of the sponsor with its day; done only with the evidence of its kind · row 52', async () => {
  expect(await openSix(viewers.plain(stage.deputy))).toMatchObject({ code: 'NOT_PERMITTED' });
  const { sponsorship } = await openSix(stage.office);
  expect(sponsorship?.duties.nodes.map((duty) => duty.kind.name)).toEqual([
    'know the facts of the case', 'see that the problem is settled', 'explain law and policy to whoever wishes to hear it', 'offer contact and help', 'urge the responsible units', 'see that the handling is reviewed for its legality',
  ]);
  expect(await openSix(stage.office)).toMatchObject({ code: 'ALREADY_OPEN' });
  const told = await toldOf(officials.db, 'obligation-declared');
  expect(told).toHaveLength(6);
  expect(told[0]?.payload).toMatchObject({ caseId, dutyCode: 'SPONSOR_DUTY', obligorOfficialId: stage.deputy, obligorUnitId: null, subject: { type: 'SponsorDuty' }, state: 'OPEN', startOn: '2026-06-30' });
  const dutyOf = (code: string) => sponsorship?.duties.nodes.find((duty) => duty.kind.code === code)?.id;
  const sponsor = viewers.plain(stage.deputy);
  expect(await recordDuty(sponsor, dutyOf('REVIEW_LEGALITY'))).toMatchObject({ code: 'EVIDENCE_NOT_FIT' });
  expect(await recordDuty(viewers.plain(), dutyOf('KNOW_THE_CASE'))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await recordDuty(stage.handler, dutyOf('KNOW_THE_CASE'))).toMatchObject({ code: 'NOT_THE_SPONSOR' });
  expect(await recordDuty(sponsor, dutyOf('KNOW_THE_CASE'))).toMatchObject({ duty: { state: 'DONE', doneOn: '2026-06-30', evidenceRef: '下访记录 2 号', version: 2 } });
  expect((await toldOf(officials.db, 'obligation-declared')).filter((one) => one.payload['state'] === 'MET')).toHaveLength(1);
  const [official] = await entities<{ sponsorDuties: { totalCount: number } }>(officials, stage.office, { type: 'Official', ids: [stage.deputy], fields: 'sponsorDuties(state: OPEN) { totalCount }' });
  expect(official?.sponsorDuties.totalCount).toBe(5);
});

test('brief §5.3: contact and help are offered, an offer that was declined is one that was made, and all of it ends with the case · row 52', async () => {
  const { sponsorship } = await openSix(stage.office, { kinds: ['SUPPORT_CONTACT', 'KNOW_THE_CASE'], dueOn: '2026-08-31' });
  const support = sponsorship?.duties.nodes.find((duty) => duty.kind.isSupportContact);
  const sponsor = viewers.plain(stage.deputy);
  const offer = { evidenceKind: 'OFFER', evidenceRef: '联系记录' };
  expect(await recordDuty(sponsor, support?.id, offer)).toMatchObject({ code: 'CONTACT_NOT_FIT' });
  expect(await recordDuty(sponsor, support?.id, { ...offer, note: '对方签署不再上访承诺后方可帮扶', contactOffered: true, contactAnswer: 'DECLINED' })).toMatchObject({ code: 'TEXT_NOT_KEPT' });
  expect(await recordDuty(sponsor, support?.id, { ...offer, contactOffered: true, contactAnswer: 'DECLINED' })).toMatchObject({ duty: { state: 'DONE', contactOffered: true, contactAnswer: 'DECLINED' } });
  await haveCase(officials, stage, { caseId, closedOn: '2026-06-30' }, 2);
  await inTransaction(officials.db, (tx) => dropOpenOfClosedCases(tx, { duties: officials.services.duties, today: '2026-06-30', requestId: 'r' }, [caseId]));
  expect((await seen(sponsorshipId))?.duties.nodes.map((duty) => `${duty.kind.code} ${duty.state}`)).toEqual(['KNOW_THE_CASE CANCELLED', 'SUPPORT_CONTACT DONE']);
  expect((await toldOf(officials.db, 'obligation-declared')).map((one) => one.payload['state']).sort()).toEqual(['CANCELLED', 'MET', 'OPEN', 'OPEN']);
});

test('五个一: a sponsor who moves post owes nothing to nobody: the head of the unit owes the hand-over, and the successor takes what is open · rows 51, 52', async () => {
  await openSix(stage.office);
  await setBusinessNow(officials.db, new Date('2026-07-06T04:00:00Z'));
  await moveDeputy('2026-07-03');
  const due = await seen(sponsorshipId);
  expect(due?.handOver).toMatchObject({ state: 'DUE', since: '2026-07-03', dueOn: '2026-07-20', unit: { name: '住建局' }, head: { name: '李局长' }, successor: null });
  const declared = (await toldOf(officials.db, 'obligation-declared')).find((one) => one.payload['dutyCode'] === 'HAND_OVER');
  expect(declared?.payload).toMatchObject({ caseId, state: 'OPEN', obligorOfficialId: stage.head, subject: { type: 'SponsorHandOver' }, startOn: '2026-07-06' });
  expect((await toldOf(officials.db, 'notice-raised')).map(({ payload }) => [payload['noticeKind'], payload['recipient']])).toContainEqual(['HAND_OVER_DUE', { kind: 'OFFICIAL', id: stage.head }]);
  const listed = async () => (await officials.client.query<{ sponsorships: { totalCount: number } }>(stage.office, '{ sponsorships(filter: { handOverDue: true }) { totalCount } }')).sponsorships.totalCount;
  expect(await listed()).toBe(1);
  expect(await handOver(viewers.plain(), {})).toMatchObject({ code: 'NOT_FOUND' });
  expect(await handOver(viewers.plain(stage.head), { note: ' ' })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  await officials.unit({ code: 'NEXT', divisionCode: '640105' });
  expect(await handOver(stage.office, { successorId: await officials.official('NEXT') })).toMatchObject({ code: 'NOT_PERMITTED' });
  const done = await handOver(viewers.plain(stage.head));
  expect(done.code).toBeUndefined();
  expect(await seen(sponsorshipId)).toMatchObject({ isActive: false, endReason: 'POST_CHANGED', handOver: { state: 'DONE', doneOn: '2026-07-06', note: '已约定七月底答复。', successor: { official: { name: '李局长' } } }, duties: { nodes: [] } });
  const [row] = await entities<{ sponsorship: Sponsorship & { official: { name: string } } }>(officials, stage.office, { type: 'Case', ids: [caseId], fields: `sponsorship { ${ROW} }` });
  expect(row?.sponsorship).toMatchObject({ isActive: true, official: { name: '李局长' } });
  expect(row?.sponsorship.duties.nodes.filter((duty) => duty.state === 'OPEN')).toHaveLength(6);
  const last = (await toldOf(officials.db, 'obligation-declared')).filter((one) => one.version === 2);
  expect(last.filter((one) => one.payload['dutyCode'] === 'SPONSOR_DUTY').map((one) => one.payload['obligorOfficialId'])).toEqual(Array(6).fill(stage.head));
  expect(last.filter((one) => one.payload['dutyCode'] === 'HAND_OVER').map((one) => one.payload['state'])).toEqual(['MET']);
  expect(await listed()).toBe(0);
});

test('a post whose end was planned is found on its day; where the sponsor was the head, the unit owes it; a sponsor named anew settles it · row 51', async () => {
  const other = await haveCase(officials, stage);
  const { sponsorship } = await sponsorIt(officials, stage.office, { caseId: other, officialId: stage.head, startOn: '2026-06-01' });
  const found = () => inTransaction(officials.db, (tx) => noteLostSponsors(tx, { duties: officials.services.duties, today: '2026-07-03', requestId: 'sweep' }));
  expect(await found()).toBe(0);
  await officials.db.query("UPDATE posts SET ended_on = '2026-07-02' WHERE official_id = ?", [stage.head]);
  expect(await found()).toBe(0);
  await setBusinessNow(officials.db, new Date('2026-07-03T04:00:00Z'));
  expect([await found(), await found()]).toEqual([1, 0]);
  expect((await seen(sponsorship?.id ?? ''))?.handOver).toMatchObject({ state: 'DUE', head: null, unit: { name: '住建局' } });
  expect((await toldOf(officials.db, 'obligation-declared')).at(-1)?.payload).toMatchObject({ obligorUnitId: stage.bureau, obligorOfficialId: null });
  await sponsorIt(officials, stage.office, { caseId: other, officialId: stage.mayor, replace: true });
  expect((await seen(sponsorship?.id ?? ''))?.handOver).toMatchObject({ state: 'DONE', note: null });
  expect((await toldOf(officials.db, 'obligation-declared')).at(-1)?.payload).toMatchObject({ dutyCode: 'HAND_OVER', state: 'MET' });
});

test('a sponsor who is named and moves post on the same day is noted, one who is named after the move is not · row 51', async () => {
  const [before, after] = [await haveCase(officials, stage), await haveCase(officials, stage)];
  const nameDeputy = async (to: string) => (await sponsorIt(officials, stage.office, { caseId: to, officialId: stage.deputy })).sponsorship?.id ?? '';
  const early = await nameDeputy(before);
  await moveDeputy('2026-06-30');
  expect((await seen(early))?.handOver).toMatchObject({ state: 'DUE', since: '2026-06-30', unit: { name: '住建局' }, head: { name: '李局长' } });
  const late = await nameDeputy(after);
  await setBusinessNow(officials.db, new Date('2026-07-03T04:00:00Z'));
  expect(await inTransaction(officials.db, (tx) => noteLostSponsors(tx, { duties: officials.services.duties, today: '2026-07-03', requestId: 'sweep' }))).toBe(0);
  expect((await seen(late))?.handOver).toBeNull();
  await officials.db.query("UPDATE posts SET ended_on = '2026-07-02' WHERE official_id = ? AND ended_on IS NULL", [stage.deputy]);
  expect(await inTransaction(officials.db, (tx) => noteLostSponsors(tx, { duties: officials.services.duties, today: '2026-07-03', requestId: 'sweep' }))).toBe(1);
  expect((await seen(late))?.handOver).toMatchObject({ state: 'DUE', unit: { name: '掌政镇' } });
});

test('an ended sponsorship cancels what is open; a hand-over before anybody asks is recorded too · row 51', async () => {
  await openSix(stage.office, { kinds: ['KNOW_THE_CASE'] });
  const early = await handOver(stage.office);
  expect(early).toMatchObject({ sponsorship: { isActive: true, official: { name: '李局长' } }, replaced: { isActive: false, handOver: { state: 'DONE', unit: null } } });
  const next = early.sponsorship?.id ?? '';
  expect(await mutate(officials, stage.office, { name: 'endSponsorship', type: 'EndSponsorshipInput', fields: '... on SponsorshipRefusal { code }', input: { sponsorshipId: next, expectedVersion: 1, reason: 'OTHER' } })).toMatchObject({ __typename: 'EndSponsorshipPayload' });
  expect((await seen(next))?.duties.nodes.map((duty) => duty.state)).toEqual(['CANCELLED']);
  sponsorshipId = next;
  expect(await handOver(stage.office, { expectedVersion: 2 })).toMatchObject({ code: 'ALREADY_ENDED' });
});

test('尽职免责: an old account is dealt with after a trail of approvals by others than the sponsor · row 63', async () => {
  const propose = (viewer: Viewer) => run('proposeSafeHarbour', viewer, { sponsorshipId, measure: '补发2009年拖欠的工程款', ground: '区政府专题会议纪要〔2026〕5号' }, `SafeHarbourPayload { sponsorship { ${ROW} } }`);
  const decide = (viewer: Viewer, safeHarbourId: string | undefined, expectedVersion: number, decision: string) =>
    run('decideSafeHarbour', viewer, { safeHarbourId, expectedVersion, decision, opinion: '情况属实，依据充分。' }, `SafeHarbourPayload { sponsorship { ${ROW} } }`);
  expect(await propose(stage.office)).toMatchObject({ code: 'NOT_THE_SPONSOR' });
  const sponsor = viewers.plain(stage.deputy);
  const [note] = (await propose(sponsor)).sponsorship?.safeHarbours ?? [];
  expect(note).toMatchObject({ state: 'PROPOSED', measure: '补发2009年拖欠的工程款', trail: [] });
  expect(await decide(sponsor, note?.id, 1, 'APPROVE')).toMatchObject({ code: 'NOT_PERMITTED' });
  await decide(stage.office, note?.id, 1, 'ENDORSE');
  const [approved] = (await decide(viewers.jointOffice('640100', randomUUID()), note?.id, 2, 'APPROVE')).sponsorship?.safeHarbours ?? [];
  expect(approved).toMatchObject({ state: 'APPROVED', trail: [{ ordinal: 1, decision: 'ENDORSE', on: '2026-06-30' }, { ordinal: 2, decision: 'APPROVE' }] });
  expect(await decide(stage.office, note?.id, 3, 'RETURN')).toMatchObject({ code: 'ILLEGAL_STATE' });
  expect((await seen(sponsorshipId, stage.handler))?.safeHarbours).toHaveLength(1);
});

test('a sealed case shows nothing of duties and hand-overs to whom it is sealed, and takes none · row 52', async () => {
  await openSix(stage.office);
  await haveCase(officials, stage, aCaseScope({ caseId, isSealed: true, parties: [{ kind: 'UNIT', id: stage.bureau, role: 'LEAD' }] }), 2);
  expect([await seen(sponsorshipId), await seen(sponsorshipId, viewers.plain(stage.deputy))]).toEqual([null, null]);
  expect(await openSix(stage.handler, { kinds: ['KNOW_THE_CASE'] })).toMatchObject({ code: 'CASE_SEALED' });
});
