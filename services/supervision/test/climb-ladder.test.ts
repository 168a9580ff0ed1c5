import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { haveCaseScope, viewers } from '@anjie/testing';
import { watchLadders } from '../src/ladders/watch-ladders';
import { at, countRows, COUNTY, key, log, openSupervision, type Supervision } from './builders';
import { aCounty, act, send, sendApproved, type County } from './instruments';
import { inboxOf, kindsIn } from './notices';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2022-06-01T02:00:00Z');
});
afterAll(() => supervision.close());

const watch = () => watchLadders({ db: supervision.db, kinds: supervision.kinds, log });

interface Rung {
  readonly rung: number;
  readonly taken: number;
  readonly isOpen: boolean;
  readonly options: readonly { readonly kind: { readonly code: string; readonly approver: string }; readonly isOpen: boolean; readonly preconditions: readonly { readonly needed: number; readonly found: number }[] }[];
}
const ladder = async (viewer: Viewer, { caseId, unit }: County) =>
  (await supervision.client.query<{ ladderOf: { nextRung: number | null; rungs: readonly Rung[] } | null }>(
    viewer, `query ($c: ID!, $u: ID!) { ladderOf(caseId: $c, unitId: $u) { nextRung case { id } unit { id } rungs { rung taken isOpen options { isOpen kind { code approver } preconditions { kinds measure needed found isMet } } } } }`,
    { c: caseId, u: unit },
  )).ladderOf;

test('内蒙古的阶梯: reminder, circular, interview, suggestion of accountability, each opened by the one before it and by nothing else · rows 121, 122', async () => {
  const county = await aCounty(supervision);
  const { chief } = county;
  const nextOn = async (day: string) => {
    await at(supervision.db, `${day}T02:00:00Z`);
    return (await ladder(chief, county))?.nextRung ?? null;
  };
  expect((await ladder(chief, county))?.rungs.map((one) => one.isOpen)).toEqual([false, false, false, false]);
  await send(supervision, county, 'SUPERVISION_LETTER');
  expect(await nextOn('2022-06-08')).toBeNull();
  expect(await nextOn('2022-06-09')).toBe(1);
  await send(supervision, county, 'PHONE_REMINDER');
  expect(await nextOn('2022-06-16')).toBeNull();
  expect(await nextOn('2022-06-17')).toBe(2);
  await sendApproved(supervision, county, 'CIRCULAR');
  expect(await nextOn('2022-06-25')).toBe(3);
  const interview = await sendApproved(supervision, county, 'INTERVIEW_NOTICE', { toOfficialId: county.leader });
  const shown = await ladder(chief, county);
  expect(shown?.rungs.map((one) => one.taken)).toEqual([1, 1, 1, 0]);
  expect(shown?.rungs[3]?.options.map((one) => [one.kind.code, one.kind.approver, one.isOpen])).toEqual([['ACCOUNTABILITY_SUGGESTION', 'JOINT_CONFERENCE', false]]);
  expect(await act(supervision, 'issue', chief, { ...county.letter, ...county.evidence, kind: 'ACCOUNTABILITY_SUGGESTION', toUnitId: county.committee, aboutUnitId: county.unit })).toMatchObject({ code: 'RUNG_NOT_OPEN' });
  await act(supervision, 'record', chief, { letterId: interview.id, expectedVersion: interview.version, heldOn: '2022-06-25', record: '约谈。' });
  await act(supervision, 'close', chief, { letterId: interview.id, expectedVersion: interview.version + 1, hasProgress: false });
  expect((await ladder(chief, county))?.nextRung).toBe(4);
});

test('the ladder is shown to who sees the case, about a unit that has a part in it, and to nobody else · row 121', async () => {
  const county = await aCounty(supervision);
  expect(await ladder(county.handler, county)).not.toBeNull();
  expect(await ladder(viewers.jointOffice('640105', randomUUID()), county)).toBeNull();
  expect(await ladder(county.chief, { ...county, unit: county.committee })).toBeNull();
});

const SUGGESTIONS = 'id version state rung suggestedOn reason case { id } unit { id } kinds { code }';
interface Suggestion {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly rung: number;
}
const suggestions = async (viewer: Viewer, filter: object = {}) =>
  (await supervision.client.query<{ ladderSuggestions: { totalCount: number; nodes: Suggestion[] } }>(viewer, `query ($f: LadderSuggestionFilter) { ladderSuggestions(filter: $f) { totalCount nodes { ${SUGGESTIONS} } } }`, { f: filter })).ladderSuggestions.nodes;

test('the daily watch tells the office once that a rung stands open, and issues nothing · rows 122, 134', async () => {
  const county = await aCounty(supervision);
  await send(supervision, county, 'SUPERVISION_LETTER');
  expect(await watch()).toBe(0);
  await at(supervision.db, '2022-06-09T02:00:00Z');
  expect([await watch(), await watch()]).toEqual([1, 0]);
  expect(await suggestions(county.chief)).toMatchObject([{ state: 'OPEN', rung: 1, kinds: [{ code: 'PHONE_REMINDER' }], unit: { id: county.unit } }]);
  expect(kindsIn(await inboxOf(supervision, county.chief))).toEqual(['LADDER_RUNG_OPEN']);
  expect(await countRows(supervision.db, 'supervision_letters')).toBe(1);
  expect([await suggestions(county.handler), await suggestions(viewers.jointOffice('640105', randomUUID())), (await suggestions(county.city)).length]).toEqual([[], [], 1]);
  await send(supervision, county, 'PHONE_REMINDER');
  expect(await suggestions(county.chief, { state: 'TAKEN' })).toHaveLength(1);
});

test('a suggestion is put aside with a reason, and not made again · row 134', async () => {
  const county = await aCounty(supervision);
  await send(supervision, county, 'SUPERVISION_LETTER');
  await at(supervision.db, '2022-06-09T02:00:00Z');
  await watch();
  const [made] = await suggestions(county.chief);
  const dismiss = async (viewer: Viewer, reason: string) =>
    (await supervision.client.query<{ dismissLadderSuggestion: { code?: string; suggestion?: { state: string } } }>(
      viewer, `mutation ($input: DismissLadderSuggestionInput!) { dismissLadderSuggestion(input: $input) { ... on LadderSuggestionPayload { suggestion { ${SUGGESTIONS} } } ... on LadderSuggestionRefusal { code message } } }`,
      { input: { idempotencyKey: key(), suggestionId: made?.id, expectedVersion: 1, reason } },
    )).dismissLadderSuggestion;
  expect(await dismiss(county.handler, '不妥')).toMatchObject({ code: 'NOT_FOUND' });
  // a part in a case of another county shows it and commands nothing
  const sponsor = viewers.jointOffice('640105', randomUUID());
  await haveCaseScope(supervision.db, { caseId: county.caseId, parties: [{ kind: 'UNIT', id: county.unit, role: 'LEAD' }, { kind: 'OFFICIAL', id: sponsor.subject, role: 'SPONSOR' }] }, 2);
  expect(await dismiss(sponsor, '不妥')).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await dismiss(county.chief, ' ')).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  expect(await dismiss(county.chief, '单位已电话说明，本周办结。')).toMatchObject({ suggestion: { state: 'DISMISSED' } });
  expect([await watch(), await countRows(supervision.db, 'ladder_suggestions')]).toEqual([0, 1]);
});

test('the watch passes over sealed and closed cases, and over what was answered · row 134', async () => {
  const county = await aCounty(supervision);
  const issued = await send(supervision, county, 'SUPERVISION_LETTER');
  await at(supervision.db, '2022-06-09T02:00:00Z');
  const scope = { caseId: county.caseId, parties: [{ kind: 'UNIT' as const, id: county.unit, role: 'LEAD' as const }] };
  await haveCaseScope(supervision.db, { ...scope, isSealed: true }, 2);
  expect(await watch()).toBe(0);
  await haveCaseScope(supervision.db, { ...scope, closedOn: '2022-06-08' }, 3);
  expect(await watch()).toBe(0);
  await haveCaseScope(supervision.db, scope, 4);
  await act(supervision, 'reply', county.handler, { letterId: issued.id, expectedVersion: 1, reply: '本月办结。' });
  expect(await watch()).toBe(0);
  expect(await ladder(viewers.jointOffice(COUNTY, county.office), county)).toMatchObject({ nextRung: null });
});
