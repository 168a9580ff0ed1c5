import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { setBusinessNow, viewers } from '@anjie/testing';
import { key, openOfficials, type Officials } from './fixture';
import { entities, haveCase, mutate, setStage, type Stage } from './stage';

let officials: Officials;
let stage: Stage;
beforeAll(async () => void (officials = await openOfficials()));
beforeEach(async () => void (stage = await setStage(officials)));
afterAll(() => officials?.close());

interface Appointment {
  readonly id: string;
  readonly version: number;
  readonly isCurrent: boolean;
}
const ROW = 'id version startsOn endsOn endReason isCurrent callInMinutes qualification kind { code line bound } official { name } homeUnit { name } unit { name } case { id } slots { weekday startsAt endsAt } successor { id }';
const FIELDS = `... on AppointmentPayload { appointment { ${ROW} } successor { ${ROW} } } ... on AppointmentRefusal { code basis }`;
const appoint = (part: object, viewer: Viewer = stage.handler) =>
  mutate<{ appointment?: Appointment }>(officials, viewer, { name: 'appoint', type: 'AppointInput', fields: FIELDS, input: { officialId: stage.deputy, ...part } });
const end = (appointment: Appointment | undefined, part: object = {}, viewer: Viewer = stage.handler) =>
  mutate<{ appointment?: Appointment; successor?: Appointment }>(officials, viewer, {
    name: 'endAppointment', type: 'EndAppointmentInput', fields: FIELDS, input: { appointmentId: appointment?.id, expectedVersion: appointment?.version, reason: '工作调整', ...part },
  });

test('a unit has one first person responsible and several directly responsible; a successor takes over in the same step · rows 56, 57', async () => {
  const first = await appoint({ kind: 'FIRST_RESPONSIBLE', officialId: stage.head, unitId: stage.bureau });
  expect(first).toMatchObject({ appointment: { isCurrent: true, startsOn: '2026-06-30', kind: { code: 'FIRST_RESPONSIBLE', line: 'LEADERSHIP', bound: 'UNIT' }, official: { name: '李局长' }, homeUnit: { name: '住建局' }, case: null } });
  expect(await appoint({ kind: 'FIRST_RESPONSIBLE', unitId: stage.bureau })).toMatchObject({ code: 'ALREADY_HELD' });
  expect(await appoint({ kind: 'FIRST_RESPONSIBLE', unitId: stage.town }, stage.office)).toMatchObject({ appointment: { unit: { name: '掌政镇' } } });
  for (const officialId of [stage.head, stage.deputy]) expect(await appoint({ kind: 'DIRECT_RESPONSIBLE', officialId, unitId: stage.bureau })).toMatchObject({ appointment: { isCurrent: true } });
  const ended = await end(first.appointment, { successorId: stage.deputy });
  expect(ended).toMatchObject({ appointment: { endsOn: '2026-06-30', endReason: '工作调整', isCurrent: false, version: 3 }, successor: { isCurrent: true, official: { name: '王副局长' }, startsOn: '2026-06-30' } });
  expect(await end(first.appointment, { expectedVersion: 3 })).toMatchObject({ code: 'ALREADY_ENDED' });
  const [unit] = await entities<{ appointments: { totalCount: number; nodes: { official: { name: string } }[] } }>(officials, viewers.plain(), {
    type: 'Unit', ids: [stage.bureau], fields: 'appointments(filter: { kinds: ["FIRST_RESPONSIBLE"], on: "2026-06-30" }) { totalCount nodes { official { name } } }',
  });
  expect(unit?.appointments).toEqual({ totalCount: 1, nodes: [{ official: { name: '王副局长' } }] });
});

test('the three lines of responsibility, the handling officer and the first handler of a case are named, each with what its kind asks for · rows 57, 76, 86', async () => {
  const caseId = await haveCase(officials, stage, { parties: [{ kind: 'UNIT', id: stage.bureau, role: 'LEAD' }, { kind: 'UNIT', id: stage.officeUnit, role: 'REGISTRAR' }] });
  for (const kind of ['CASE_LEADERSHIP', 'CASE_TERRITORY', 'CASE_DEPARTMENT']) expect(await appoint({ kind, caseId })).toMatchObject({ appointment: { unit: { name: '住建局' }, case: { id: caseId } } });
  expect(await appoint({ kind: 'CASE_TERRITORY', caseId, officialId: stage.mayor })).toMatchObject({ code: 'ALREADY_HELD' });
  expect(await appoint({ kind: 'HANDLING_OFFICER', caseId })).toMatchObject({ code: 'QUALIFICATION_MISSING' });
  expect(await appoint({ kind: 'HANDLING_OFFICER', caseId, qualification: '法律职业资格' })).toMatchObject({ appointment: { qualification: '法律职业资格' } });
  expect(await appoint({ kind: 'FIRST_HANDLER', caseId }, stage.clerk)).toMatchObject({ appointment: { isCurrent: true } });
  expect(await appoint({ kind: 'FIRST_HANDLER', unitId: stage.bureau })).toMatchObject({ code: 'BINDING_NOT_FIT' });
  expect(await appoint({ kind: 'CASE_LEADERSHIP', caseId: randomUUID() })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await appoint({ kind: 'CASE_LEADERSHIP', caseId }, viewers.plain(stage.deputy))).toMatchObject({ code: 'NOT_FOUND' });
  const accused = await haveCase(officials, stage, { excluded: [{ kind: 'OFFICIAL', id: stage.deputy }] });
  expect(await appoint({ kind: 'CASE_TERRITORY', caseId: accused }, stage.office)).toMatchObject({ code: 'OFFICIAL_EXCLUDED', basis: '《信访工作条例》第三十条第三款' });
  const [row] = await entities<{ appointments: { totalCount: number } }>(officials, stage.office, { type: 'Case', ids: [caseId], fields: 'appointments { totalCount }' });
  expect(row?.appointments.totalCount).toBe(5);
  const [official] = await entities<{ appointments: { totalCount: number } }>(officials, viewers.plain(), { type: 'Official', ids: [stage.deputy], fields: 'appointments { totalCount }' });
  expect(official?.appointments.totalCount).toBe(0);
});

test('the window roster of a day shows who sits there all day, whose hours it is, and who comes in how many minutes; every viewer reads it · row 82', async () => {
  const seat = (part: object) => appoint({ unitId: stage.officeUnit, ...part }, stage.office);
  expect(await seat({ kind: 'WINDOW_ROTATING', officialId: stage.head })).toMatchObject({ code: 'SLOTS_NOT_FIT' });
  await seat({ kind: 'WINDOW_RESIDENT', officialId: stage.mayor });
  await seat({ kind: 'WINDOW_ROTATING', officialId: stage.head, slots: [{ weekday: 2, startsAt: '09:00', endsAt: '12:00' }, { weekday: 4, startsAt: '14:00', endsAt: '17:00' }] });
  expect(await seat({ kind: 'WINDOW_ON_DEMAND', callInMinutes: 45 })).toMatchObject({ code: 'CALL_IN_NOT_FIT' });
  await seat({ kind: 'WINDOW_ON_DEMAND', callInMinutes: 20 });
  const roster = async (on: string) => (await officials.client.query<{ windowRoster: object[] }>(
    viewers.plain(), `{ windowRoster(unitId: "${stage.officeUnit}", on: "${on}") { kind { name } official { name } homeUnit { name } startsAt endsAt callInMinutes } }`,
  )).windowRoster;
  const all = { startsAt: null, endsAt: null, callInMinutes: null };
  const resident = { ...all, kind: { name: 'sits at the window on every working day' }, official: { name: '赵镇长' }, homeUnit: { name: '掌政镇' } };
  const onCall = { ...all, callInMinutes: 20, kind: { name: 'comes to the window when called' }, official: { name: '王副局长' }, homeUnit: { name: '住建局' } };
  const rotating = { ...all, kind: { name: 'sits at the window on named days' }, official: { name: '李局长' }, homeUnit: { name: '住建局' } };
  expect(await roster('2026-06-30')).toEqual([resident, { ...rotating, startsAt: '09:00', endsAt: '12:00' }, onCall]);
  expect(await roster('2026-07-01')).toEqual([resident, onCall]);
  expect(await roster('2026-07-02')).toEqual([resident, { ...rotating, startsAt: '14:00', endsAt: '17:00' }, onCall]);
  expect((await roster('2026-06-29'))).toEqual([]);
});

test('agency workers are of the level of their unit; commissioners, petition posts, training and secondment are kept with their times · rows 84, 133, 141', async () => {
  expect(await appoint({ kind: 'AGENCY_WORKER_TOWNSHIP', officialId: stage.mayor, unitId: stage.town }, stage.office)).toMatchObject({ appointment: { isCurrent: true } });
  expect(await appoint({ kind: 'AGENCY_WORKER_TOWNSHIP', unitId: stage.bureau })).toMatchObject({ code: 'LEVEL_NOT_FIT' });
  expect(await appoint({ kind: 'AGENCY_WORKER_COUNTY', unitId: stage.bureau })).toMatchObject({ appointment: { unit: { name: '住建局' } } });
  expect(await appoint({ kind: 'SUPERVISION_COMMISSIONER', unitId: stage.bureau, qualification: '从事督查工作五年' })).toMatchObject({ appointment: { kind: { code: 'SUPERVISION_COMMISSIONER' } } });
  for (const kind of ['TRAINING', 'GRASSROOTS_TRAINING', 'SECONDED_POST', 'PETITION_POST']) {
    expect(await appoint({ kind, unitId: stage.bureau, note: '信访业务骨干培训班', startsOn: '2026-05-01', endsOn: '2026-06-01' })).toMatchObject({ appointment: { isCurrent: false, endsOn: '2026-06-01' } });
  }
  const kinds = await officials.client.query<{ appointmentKinds: { code: string; level: string | null; callInMinutes: number | null }[] }>(stage.office, '{ appointmentKinds { code name level callInMinutes isWindow needsQualification needsSlot isExclusive catalogueRows } }');
  expect(kinds.appointmentKinds.find((kind) => kind.code === 'WINDOW_ON_DEMAND')).toMatchObject({ callInMinutes: 30 });
});

test('a leading group belongs to a campaign; a role whose end was planned gives its place free on that day · rows 56, 77', async () => {
  const { campaignId } = stage;
  expect(await appoint({ kind: 'LEADING_GROUP_HEAD', unitId: stage.officeUnit, officialId: stage.head, campaignId, endsOn: '2026-07-10' }, stage.office)).toMatchObject({ appointment: { isCurrent: true } });
  expect(await appoint({ kind: 'LEADING_GROUP_HEAD', unitId: stage.officeUnit, campaignId }, stage.office)).toMatchObject({ code: 'ALREADY_HELD' });
  expect(await appoint({ kind: 'LEADING_GROUP_MEMBER', unitId: stage.officeUnit }, stage.office)).toMatchObject({ code: 'BINDING_NOT_FIT' });
  await setBusinessNow(officials.db, new Date('2026-07-10T04:00:00Z'));
  expect(await appoint({ kind: 'LEADING_GROUP_HEAD', unitId: stage.officeUnit, campaignId }, stage.office)).toMatchObject({ appointment: { isCurrent: true } });
  const [campaign] = await entities<{ appointments: { nodes: { isCurrent: boolean }[] } }>(officials, viewers.plain(), { type: 'Campaign', ids: [campaignId], fields: 'appointments { nodes { isCurrent } }' });
  expect(campaign?.appointments.nodes.map((one) => one.isCurrent)).toEqual([true, false]);
});

test('of four who fill the same place at once, one wins; who has no say in the unit is refused · row 56', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map(() => appoint({ kind: 'FIRST_RESPONSIBLE', unitId: stage.bureau })));
  expect(answers.map((one) => one.code ?? 'done').sort()).toEqual(['ALREADY_HELD', 'ALREADY_HELD', 'ALREADY_HELD', 'done']);
  expect(await appoint({ kind: 'DIRECT_RESPONSIBLE', unitId: stage.bureau }, viewers.handler(stage.town))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await appoint({ kind: 'DIRECT_RESPONSIBLE', unitId: stage.bureau, officialId: await officials.official(null) })).toMatchObject({ code: 'OFFICIAL_WITHOUT_POST' });
  const stale = await officials.client.ask(stage.handler, 'mutation($input: EndAppointmentInput!) { endAppointment(input: $input) { __typename } }', {
    input: { idempotencyKey: key(), appointmentId: answers.find((one) => one.appointment)?.appointment?.id, expectedVersion: 9, reason: '调整' },
  });
  expect(stale.errors).toHaveLength(1);
});

test('appointments under many units are one statement · row 82', async () => {
  await appoint({ kind: 'PETITION_POST', unitId: stage.bureau });
  const ask = (ids: readonly string[]) => officials.statements(() => entities(officials, stage.office, { type: 'Unit', ids, fields: 'appointments { nodes { id slots { weekday } } }' }));
  expect([await ask([stage.bureau]), await ask([stage.bureau, stage.town, stage.officeUnit])]).toEqual([3, 3]); // units, appointments, slots
});

test('一盯到底: the first handler of an open case passes the role on and does not merely end it · row 86', async () => {
  const caseId = await haveCase(officials, stage);
  const { appointment } = await appoint({ kind: 'FIRST_HANDLER', caseId });
  expect(await end(appointment)).toMatchObject({ code: 'SUCCESSOR_MISSING' });
  const passed = await end(appointment, { successorId: stage.head });
  expect(passed).toMatchObject({ appointment: { isCurrent: false }, successor: { isCurrent: true, official: { name: '李局长' } } });
  await haveCase(officials, stage, { caseId, closedOn: '2026-06-30' }, 2);
  expect(await end(passed.successor)).toMatchObject({ appointment: { isCurrent: false } });
});
