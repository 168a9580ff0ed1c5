import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { setBusinessNow, viewers } from '@anjie/testing';
import { figureRows, key, openOfficials, PUT_OFFICIALS, toldOf, type Officials } from './fixture';
import { entities, haveCase, mutate, setStage, type Stage } from './stage';

let officials: Officials;
let stage: Stage;
beforeAll(async () => void (officials = await openOfficials()));
beforeEach(async () => void (stage = await setStage(officials)));
afterAll(() => officials?.close());

interface Activity {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly outcome: string | null;
  readonly promises: { readonly totalCount: number; readonly nodes: readonly { readonly id: string; readonly text: string }[] };
}
const FIELDS = `... on ActivityPayload { activity { id version state outcome heldOn publishedOn contactOffered contactAnswer kind { code name } participants { part official { name } }
  cases { nodes { id } } promises { totalCount nodes { id version text state dueOn obligorUnit { name } obligorOfficial { name } case { id } } } } } ... on ActivityRefusal { code message basis }`;
const act = (name: string, type: string, viewer: Viewer, input: object) => mutate<{ activity?: Activity }>(officials, viewer, { name, type, fields: FIELDS, input });
const plan = (part: object = {}, viewer: Viewer = stage.handler) => act('planActivity', 'PlanActivityInput', viewer, {
  kind: 'FIXED_RECEPTION', unitId: stage.bureau, title: '局长接待日', place: '二楼接待室', plannedOn: '2026-06-30', startsAt: '09:00', endsAt: '11:30',
  participants: [{ officialId: stage.head, part: 'LEADER' }, { officialId: stage.deputy, part: 'PARTICIPANT' }], ...part,
});
const record = (activity: Activity | undefined, part: object = {}, viewer: Viewer = stage.handler) =>
  act('recordActivity', 'RecordActivityInput', viewer, { activityId: activity?.id, expectedVersion: activity?.version, outcome: '当面答复两项诉求。', contactOffered: true, contactAnswer: 'ACCEPTED', ...part });
const promise = (part: object = {}) => ({ text: '下月底前书面答复房产证办理时间', obligorUnitId: stage.bureau, dueOn: '2026-07-31', ...part });

const PROMISE = '... on ActivityPromisePayload { promise { id state keptOn evidenceRef dropReason version } } ... on ActivityRefusal { code }';
const onPromise = (name: 'keepPromise' | 'dropPromise' | 'makePromise', viewer: Viewer, input: object) =>
  mutate<{ promise?: { id: string; version: number; state: string } }>(officials, viewer, { name, type: `${name[0]?.toUpperCase()}${name.slice(1)}Input`, fields: PROMISE, input });

test('a reception is planned, held and written down with what was promised; the promise about the case becomes an obligation · rows 58, 59', async () => {
  const caseId = await haveCase(officials, stage);
  const { activity: planned } = await plan({ caseIds: [caseId], campaignId: stage.campaignId });
  expect(planned).toMatchObject({ state: 'PLANNED', version: 1, kind: { code: 'FIXED_RECEPTION' }, participants: [{ part: 'LEADER', official: { name: '李局长' } }, { part: 'PARTICIPANT' }], cases: { nodes: [{ id: caseId }] } });
  const { activity: held } = await record(planned, { promises: [promise({ caseId }), promise({ obligorUnitId: null, obligorOfficialId: stage.head, text: '月底前再接待一次' })] });
  expect(held).toMatchObject({ state: 'HELD', heldOn: '2026-06-30', version: 2, contactOffered: true, contactAnswer: 'ACCEPTED', promises: { totalCount: 2 } });
  const told = await toldOf(officials.db, 'obligation-declared');
  expect(told).toHaveLength(1);
  expect(told[0]?.payload).toMatchObject({ caseId, dutyCode: 'PROMISE', state: 'OPEN', obligorUnitId: stage.bureau, obligorOfficialId: null, subject: { type: 'ActivityPromise' }, dueOn: '2026-07-31', ruleCode: 'PROMISE' });
  expect(await figureRows(officials.db, ['ACTIVITIES_HELD', 'OPEN_PROMISES'])).toEqual(['ACTIVITIES_HELD 640104 2026-06-30 1', 'OPEN_PROMISES 640104 2026-06-30 2']);
  expect((await select(officials.db.manager, "SELECT 1 FROM audit_entries WHERE action IN ('planActivity', 'recordActivity')")).length).toBe(2);
});

test('a promise is kept with evidence by whoever owes it, or dropped with a reason by the office; then nothing is owed, and nothing counts · row 59', async () => {
  const caseId = await haveCase(officials, stage);
  const { activity: planned } = await plan({ caseIds: [caseId] });
  const { activity: held } = await record(planned, { promises: [promise({ caseId, obligorUnitId: stage.town, text: '镇里答复' }), promise({ caseId, text: '安排专人跟进' })] });
  const idOf = (text: string) => held?.promises.nodes.find((one) => one.text === text)?.id;
  const town = viewers.handler(stage.town);
  const keep = (viewer: Viewer, promiseId: string | undefined, expectedVersion = 1) => onPromise('keepPromise', viewer, { promiseId, expectedVersion, evidenceRef: '答复函 3 号' });
  expect(await keep(viewers.handler(randomUUID()), idOf('镇里答复'))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await keep(town, idOf('安排专人跟进'))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await onPromise('dropPromise', town, { promiseId: idOf('镇里答复'), expectedVersion: 1, reason: '不再需要' })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await keep(town, idOf('镇里答复'))).toMatchObject({ promise: { state: 'KEPT', keptOn: '2026-06-30', evidenceRef: '答复函 3 号', version: 2 } });
  expect(await figureRows(officials.db, ['OPEN_PROMISES'])).toEqual(['OPEN_PROMISES 640104 2026-06-30 1']);
  expect(await onPromise('dropPromise', stage.office, { promiseId: idOf('安排专人跟进'), expectedVersion: 1, reason: '事项已另行解决' })).toMatchObject({ promise: { state: 'DROPPED', dropReason: '事项已另行解决' } });
  expect(await keep(stage.office, idOf('安排专人跟进'), 2)).toMatchObject({ code: 'ILLEGAL_STATE' });
  expect((await toldOf(officials.db, 'obligation-declared')).map((one) => one.payload['state']).sort()).toEqual(['CANCELLED', 'MET', 'OPEN', 'OPEN']);
  expect(await figureRows(officials.db, ['OPEN_PROMISES'])).toEqual([]);
});

test('held without a written outcome it says so and is counted so; the outcome may follow once · rows 60, 65', async () => {
  const { activity: planned } = await plan();
  const { activity: held } = await record(planned, { outcome: null, contactOffered: false, contactAnswer: null });
  expect(held).toMatchObject({ state: 'HELD', outcome: null, contactOffered: false });
  const counts = async (viewer: Viewer) => (await entities<{ activityCounts: Record<string, { value: number; formula: string; asOf: string }> | null }>(officials, viewer, {
    type: 'Official', ids: [stage.head], fields: 'activityCounts(from: "2026-06-01", to: "2026-06-30") { held { value formula asOf } withoutOutcome { value } contactOffered { value } }',
  }))[0]?.activityCounts;
  expect(await counts(stage.office)).toMatchObject({ held: { value: 1, asOf: '2026-06-30', formula: expect.stringContaining('activities held') }, withoutOutcome: { value: 1 }, contactOffered: { value: 0 } });
  expect([await counts(viewers.plain(stage.head)), await counts(viewers.plain()), await counts(stage.elsewhere)]).toEqual([expect.objectContaining({ held: expect.anything() }), null, null]);
  const { activity: written } = await record(held, { outcome: '接待三批次，均已登记。' });
  expect(written).toMatchObject({ outcome: '接待三批次，均已登记。', contactOffered: false, version: 3 });
  expect(await record(written, { outcome: '另一种说法' })).toMatchObject({ code: 'ILLEGAL_STATE' });
  expect(await counts(stage.office)).toMatchObject({ withoutOutcome: { value: 0 } });
  const listed = await officials.client.query<{ activities: { totalCount: number } }>(stage.office, '{ activities(filter: { withoutOutcome: true }) { totalCount } }');
  expect(listed.activities.totalCount).toBe(0);
});

test('《信访工作条例》第十八条: a published reception day stands in the calendar of every viewer, without any case, and says when it is called off · row 64', async () => {
  const caseId = await haveCase(officials, stage);
  const { activity: planned } = await plan({ plannedOn: '2026-07-08', caseIds: [caseId] });
  const publish = (viewer: Viewer = stage.handler) => act('publishActivity', 'PublishActivityInput', viewer, { activityId: planned?.id, expectedVersion: 1 });
  const calendar = async (viewer: Viewer, filter = 'divisionCode: "640100"') =>
    (await officials.client.query<{ receptionDays: { nodes: object[] } }>(viewer, `{ receptionDays(filter: { ${filter} }) { nodes { title on startsAt place isCalledOff kind { isReception } unit { name } leaders { official { name } } } } }`)).receptionDays.nodes;
  expect(await calendar(viewers.plain())).toEqual([]);
  expect(await publish(stage.elsewhere)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await publish()).toMatchObject({ activity: { publishedOn: '2026-06-30', version: 2 } });
  const day = { title: '局长接待日', on: '2026-07-08', startsAt: '09:00', place: '二楼接待室', isCalledOff: false, kind: { isReception: true }, unit: { name: '住建局' }, leaders: [{ official: { name: '李局长' } }] };
  expect(await calendar(viewers.plain())).toEqual([day]);
  expect([await calendar(viewers.plain(), `unitId: "${stage.town}"`), await calendar(viewers.plain(), 'from: "2026-07-09"'), await calendar(viewers.plain(), `unitId: "${stage.bureau}", to: "2026-07-08"`)]).toEqual([[], [], [day]]);
  expect(await act('callOffActivity', 'CallOffActivityInput', stage.handler, { activityId: planned?.id, expectedVersion: 2, reason: '会议冲突，改期' })).toMatchObject({ activity: { state: 'CALLED_OFF' } });
  expect(await calendar(viewers.plain())).toEqual([{ ...day, isCalledOff: true }]);
  const { activity: byAppointment } = await plan({ kind: 'APPOINTED_RECEPTION', caseIds: [caseId] });
  expect(await act('publishActivity', 'PublishActivityInput', stage.handler, { activityId: byAppointment?.id, expectedVersion: 1 })).toMatchObject({ code: 'NOT_PUBLISHABLE' });
});

test('who may not plan, and what may not be planned, is refused; the leader in person may · rows 58, 59', async () => {
  const caseId = await haveCase(officials, stage);
  expect(await plan({}, viewers.handler(stage.town))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await plan({}, stage.elsewhere)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await plan({}, viewers.plain(stage.head, stage.bureau))).toMatchObject({ activity: { state: 'PLANNED' } });
  expect(await plan({ kind: 'NOWHERE' })).toMatchObject({ code: 'KIND_UNKNOWN' });
  expect(await plan({ kind: 'VISIT_WITH_CASE' })).toMatchObject({ code: 'CASES_NOT_FIT' });
  expect(await plan({ kind: 'VISIT_WITH_CASE', caseIds: [caseId] })).toMatchObject({ activity: { kind: { code: 'VISIT_WITH_CASE' } } });
  expect(await plan({ caseIds: [randomUUID()] })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await plan({ unitId: randomUUID() })).toMatchObject({ code: 'UNIT_UNKNOWN' });
  expect(await plan({ participants: [{ officialId: randomUUID(), part: 'LEADER' }] })).toMatchObject({ code: 'OFFICIAL_UNKNOWN' });
  expect(await plan({ title: '对重点人员的稳控' })).toMatchObject({ code: 'TEXT_NOT_KEPT' });
  const accused = await haveCase(officials, stage, { excluded: [{ kind: 'OFFICIAL', id: stage.head }] });
  expect(await plan({ caseIds: [accused] })).toMatchObject({ code: 'OFFICIAL_EXCLUDED', basis: '《信访工作条例》第三十条第三款' });
  const sealed = await haveCase(officials, stage, { isSealed: true, ledgers: [] });
  expect(await plan({ caseIds: [sealed] })).toMatchObject({ code: 'CASE_SEALED' });
});

test('第三十条第三款: whoever acts in the excluded unit as well takes no part, and the unit owes no promise about the case · row 59', async () => {
  const section = await officials.unit({ code: 'SECTION', name: '某科', parentCode: 'TOWN', divisionCode: '640104100' });
  const caseId = await haveCase(officials, stage);
  const { activity: planned } = await plan({ caseIds: [caseId], participants: [{ officialId: stage.deputy, part: 'LEADER' }] });
  const accused = { caseId, leadUnitId: stage.bureau, parties: [{ kind: 'UNIT', id: stage.bureau, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: stage.town }] } as const;
  await haveCase(officials, stage, { ...accused, parties: [...accused.parties], excluded: [...accused.excluded] }, 2);
  const id = randomUUID();
  const own = { id, staffNo: 'S-BOTH', name: '兼职干部' };
  await officials.put(PUT_OFFICIALS, [{ ...own, unitCode: 'BUREAU', title: '科长', startedOn: '2024-01-01' }, { ...own, unitCode: 'TOWN', title: '主持工作', startedOn: '2026-01-01', kind: 'ACTING', endsOn: '2026-12-31' }]);
  expect(await plan({ caseIds: [caseId], participants: [{ officialId: stage.head, part: 'LEADER' }, { officialId: id, part: 'PARTICIPANT' }] })).toMatchObject({ code: 'OFFICIAL_EXCLUDED' });
  for (const unitId of [stage.town, section]) {
    expect(await record(planned, { promises: [promise({ caseId, obligorUnitId: unitId })] })).toMatchObject({ code: 'OFFICIAL_EXCLUDED', basis: '《信访工作条例》第三十条第三款' });
  }
  // nothing was written of what was refused; a promise about no case names the unit as before
  const { activity: held } = await record(planned, { promises: [promise({ obligorUnitId: stage.town })] });
  expect(await onPromise('makePromise', stage.handler, { activityId: held?.id, promise: promise({ caseId, obligorUnitId: stage.town }) })).toMatchObject({ code: 'OFFICIAL_EXCLUDED' });
  expect(await onPromise('makePromise', stage.handler, { activityId: held?.id, promise: promise({ caseId }) })).toMatchObject({ promise: { state: 'OPEN' } });
});

test('nothing is asked in return: an outcome or a promise that asks for a waiver is refused · row 59', async () => {
  const { activity: planned } = await plan();
  expect(await record(planned, { outcome: '信访人签署不再上访承诺书后，同意支付。' })).toMatchObject({ code: 'TEXT_NOT_KEPT', basis: '《信访工作条例》第十八条' });
  expect(await record(planned, { promises: [promise({ text: '撤回信访后方可办理救助' })] })).toMatchObject({ code: 'TEXT_NOT_KEPT' });
  expect(await record(planned, { contactAnswer: null })).toMatchObject({ code: 'CONTACT_NOT_FIT' });
  expect(await record(planned, { contactAnswer: 'DECLINED', promises: [promise({ obligorOfficialId: stage.head })] })).toMatchObject({ code: 'PROMISE_NOT_FIT' });
  expect(await record(planned, { contactAnswer: 'DECLINED' })).toMatchObject({ activity: { contactAnswer: 'DECLINED', version: 2 } });
});

test('an activity is seen by its unit, its office, who takes part, and with its case; whom a case keeps out sees nothing of it · row 59', async () => {
  const caseId = await haveCase(officials, stage);
  const { activity } = await plan({ caseIds: [caseId] });
  const seen = async (viewer: Viewer): Promise<boolean> => (await officials.client.query<{ activity: object | null }>(viewer, `{ activity(id: "${activity?.id}") { id } }`)).activity !== null;
  expect([await seen(stage.handler), await seen(stage.office), await seen(viewers.plain(stage.deputy)), await seen(viewers.plain()), await seen(stage.elsewhere), await seen(viewers.admin())])
    .toEqual([true, true, true, false, false, false]);
  await haveCase(officials, stage, { caseId, excluded: [{ kind: 'OFFICIAL', id: stage.deputy }] }, 2);
  expect([await seen(viewers.plain(stage.deputy)), await seen(stage.office)]).toEqual([false, true]);
  await haveCase(officials, stage, { caseId, isSealed: true, ledgers: [] }, 3);
  expect([await seen(stage.handler), await seen(stage.office), await seen(viewers.plain(stage.head))]).toEqual([true, false, false]);
});

test('第三十条第三款: whoever sees one of its cases and is kept out of another sees neither what was said nor that case; a promise is seen with its own case alone · row 59', async () => {
  const own = await haveCase(officials, stage, { parties: [{ kind: 'UNIT', id: stage.town, role: 'LEAD' }] });
  const other = await haveCase(officials, stage);
  const { activity: planned } = await plan({ caseIds: [own, other] }, stage.office);
  const { activity: held } = await record(planned, { promises: [promise({ caseId: own, text: '答复本件' }), promise({ obligorUnitId: stage.town, text: '另约时间' })] }, stage.office);
  const about = held?.promises.nodes.find(({ text }) => text === '答复本件')?.id;
  const [town, deputy] = [viewers.handler(stage.town), viewers.plain(stage.deputy)];
  const look = async (viewer: Viewer) => {
    const { activity, activityPromise } = await officials.client.query<{ activity: { outcome: string } | null; activityPromise: { activity: object | null } | null }>(
      viewer, `{ activity(id: "${planned?.id}") { outcome cases { nodes { id } } } activityPromise(id: "${about}") { activity { id } } }`,
    );
    const [under] = await entities<{ activities: { totalCount: number } | null }>(officials, viewer, { type: 'Case', ids: [own], fields: 'activities { totalCount }' });
    const [unit] = await entities<{ promises: { nodes: { text: string }[] } }>(officials, viewer, { type: 'Unit', ids: [stage.town], fields: 'promises { nodes { text } }' });
    return { activity, about: activityPromise, under: under?.activities?.totalCount, owed: unit?.promises.nodes.map(({ text }) => text) };
  };
  const outcome = '当面答复两项诉求。';
  expect(await look(town)).toEqual({ activity: { outcome, cases: { nodes: [{ id: own }] } }, about: { activity: { id: planned?.id } }, under: 1, owed: ['另约时间'] });
  await haveCase(officials, stage, { caseId: other, excluded: [{ kind: 'UNIT', id: stage.town }, { kind: 'OFFICIAL', id: stage.deputy }] }, 2);
  expect(await look(town)).toEqual({ activity: null, about: { activity: null }, under: 0, owed: [] });
  expect(await look(deputy)).toMatchObject({ activity: null, about: null, owed: [] });
  expect(await look(stage.office)).toMatchObject({ activity: { outcome }, about: { activity: { id: planned?.id } }, under: 1, owed: ['另约时间'] });
  await haveCase(officials, stage, { caseId: other, isSealed: true, ledgers: [] }, 3);
  expect(await look(town)).toMatchObject({ activity: null, under: 0 });
});

test('activities hang under case, unit, official, campaign and division, each list in one statement · rows 59, 60', async () => {
  const cases = [await haveCase(officials, stage), await haveCase(officials, stage)];
  for (const caseId of cases) await plan({ caseIds: [caseId], campaignId: stage.campaignId });
  for (const [type, ids, total] of [['Case', cases, 1], ['Unit', [stage.bureau, stage.town], 2], ['Official', [stage.head, stage.deputy], 2], ['Campaign', [stage.campaignId], 2]] as const) {
    const ask = () => entities<{ activities: { totalCount: number; nodes: { title: string }[] } }>(officials, stage.office, { type, ids, fields: 'activities(filter: { kinds: ["FIXED_RECEPTION"] }, first: 5) { nodes { title } totalCount } ' });
    expect((await ask())[0]?.activities.totalCount).toBe(total);
    const bare = () => entities(officials, stage.office, { type, ids, fields: 'activities(first: 5) { nodes { title } }' });
    expect(await officials.statements(bare)).toBeLessThanOrEqual(2);
  }
  const inCounty = await officials.client.query<{ division: { activities: { totalCount: number } } }>(stage.office, '{ division(code: "640104") { activities { totalCount } } }');
  expect(inCounty.division.activities.totalCount).toBe(2);
});

test('kinds are told with their rules in the viewer\'s language, and a stale version is a conflict · rows 16, 20, 58', async () => {
  const { activityKinds } = await officials.client.query<{ activityKinds: { code: string; name: string; needsCase: boolean; catalogueRows: number[] }[] }>(
    { ...stage.office, locale: 'zh-CN' }, '{ activityKinds { code name basis needsCase needsOutcome mayPublish offersContact isReception isRetired catalogueRows } }',
  );
  expect(activityKinds.map((kind) => kind.name)).toEqual(expect.arrayContaining(['定点接访', '专题接访', '重点约访', '带案下访', '上门走访', '听取汇报', '协调会商', '调研', '阅办群众来信', '法治宣传']));
  expect(activityKinds.find((kind) => kind.code === 'VISIT_WITH_CASE')).toMatchObject({ needsCase: true, catalogueRows: [58, 59] });
  const { activity } = await plan({ programTag: '我为群众办实事', programmeId: randomUUID() });
  const seen = await officials.client.query<{ activity: { programTag: string; programme: { id: string } } }>(stage.office, `{ activity(id: "${activity?.id}") { programTag programme { id } } }`);
  expect(seen.activity).toMatchObject({ programTag: '我为群众办实事', programme: { id: expect.any(String) } });
  const stale = await officials.client.ask(stage.handler, 'mutation($input: CallOffActivityInput!) { callOffActivity(input: $input) { __typename } }', { input: { idempotencyKey: key(), activityId: activity?.id, expectedVersion: 7, reason: '改期' } });
  expect(stale.errors).toHaveLength(1);
});

test('a promise may follow at an activity that was held, not at one that was not · row 59', async () => {
  const { activity: planned } = await plan();
  expect(await onPromise('makePromise', stage.handler, { activityId: planned?.id, promise: promise() })).toMatchObject({ code: 'ILLEGAL_STATE' });
  await record(planned);
  await setBusinessNow(officials.db, new Date('2026-07-02T04:00:00Z'));
  expect(await onPromise('makePromise', stage.handler, { activityId: planned?.id, promise: promise({ dueOn: '2026-07-01' }) })).toMatchObject({ code: 'DATE_OUT_OF_RANGE' });
  expect(await onPromise('makePromise', stage.handler, { activityId: planned?.id, promise: promise() })).toMatchObject({ promise: { state: 'OPEN' } });
  const [unit] = await entities<{ promises: { nodes: { text: string }[] } }>(officials, stage.handler, { type: 'Unit', ids: [stage.bureau], fields: 'promises(state: OPEN) { nodes { text } }' });
  expect(unit?.promises.nodes).toHaveLength(1);
});

test('whoever owes a promise is told; what was promised about another case of the same reception is not shown with this one · row 59', async () => {
  const town = { parties: [{ kind: 'UNIT' as const, id: stage.town, role: 'LEAD' as const }] };
  const [caseId, other] = [await haveCase(officials, stage, town), await haveCase(officials, stage)];
  const { activity: planned } = await plan({ caseIds: [caseId, other] }, stage.office);
  const { activity: held } = await record(planned, { promises: [promise({ caseId, text: '镇里答复', obligorUnitId: stage.town }), promise({ caseId: other, text: '局里答复', obligorUnitId: null, obligorOfficialId: stage.head })] }, stage.office);
  expect(held?.promises.totalCount).toBe(2);
  const texts = async (viewer: Viewer) => (await officials.client.query<{ activity: Activity | null }>(viewer, `{ activity(id: "${planned?.id}") { promises { nodes { text } } } }`)).activity?.promises.nodes.map(({ text }) => text).sort();
  expect([await texts(viewers.handler(stage.town)), await texts(stage.handler), await texts(viewers.plain(stage.deputy))]).toEqual([['镇里答复'], ['局里答复', '镇里答复'], ['局里答复', '镇里答复']]);
  const notices = (await toldOf(officials.db, 'notice-raised')).map(({ payload }) => [payload['noticeKind'], payload['recipient']]);
  expect(notices).toEqual(expect.arrayContaining([['PROMISE_MADE', { kind: 'UNIT', id: stage.town }], ['PROMISE_MADE', { kind: 'OFFICIAL', id: stage.head }]]));
  const own = (await officials.client.query<{ activity: { promises: { nodes: { id: string; text: string }[] } } }>(stage.office, `{ activity(id: "${planned?.id}") { promises { nodes { id text } } } }`)).activity.promises.nodes.find(({ text }) => text === '局里答复');
  expect(await onPromise('dropPromise', viewers.plain(stage.head, stage.bureau), { promiseId: own?.id, expectedVersion: 1, reason: '不办了' })).toMatchObject({ code: 'NOT_PERMITTED' });
});
