import { randomUUID } from 'node:crypto';
import { setBusinessNow, viewers } from '@anjie/testing';
import { write } from '@anjie/service-kit/database';
import { recordEvent } from '../src/history/history-repository';
import { anAssignment, assign, ASSIGN, count, faultOf, seesCase, told, type Assigned } from './asking';
import { abroad, cityOffice, haveOffices } from './asking-responsibility';
import { key, openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const aCase = async (): Promise<string> => (await register(world)).case.id;
const duties = async (code: string) => (await told(world, 'obligation-declared')).filter((duty) => duty['dutyCode'] === code);

test('the first assignment meets T2 (《信访工作条例》第二十二条) and makes the limit a duty of the lead unit', async () => {
  const id = await aCase();
  await setBusinessNow(world.db, new Date('2022-09-28T09:00:00+08:00'));
  const done = await assign(world, id, { limitOn: '2022-12-31', supportUnitIds: [place.civilAffairs], note: '限期化解' });
  expect(done.case).toMatchObject({ status: 'ASSIGNED', leadUnit: { id: place.housing }, leadSince: '2022-09-28', limitOn: '2022-12-31', supportUnits: [{ id: place.civilAffairs }], version: 2 });
  expect(done.assignment).toMatchObject({ kind: 'ASSIGN', assignedOn: '2022-09-28', limitOn: '2022-12-31', note: '限期化解', endedOn: null });
  expect(await duties('T2')).toMatchObject([{ state: 'OPEN', metOn: null }, { state: 'MET', metOn: '2022-09-28', startOn: '2022-09-27', dueOn: '2022-10-12', obligorUnitId: place.jointOffice }]);
  expect(await duties('CAMPAIGN_LIMIT')).toMatchObject([{ state: 'OPEN', obligorUnitId: place.housing, obligorOfficialId: null, startOn: '2022-09-28', dueOn: '2022-12-31', caseId: id }]);
});

test('assigning lets the lead and the supporting unit see the case, their sub-units\' superiors included, and nobody else', async () => {
  const id = await aCase();
  const sight = async () => Promise.all([people.housing, people.civilAffairs, people.stranger, viewers.handler(place.housingWindow)].map((viewer) => seesCase(world, viewer, id)));
  expect(await sight()).toEqual([false, false, false, false]);
  await assign(world, id, { supportUnitIds: [place.civilAffairs] });
  expect(await sight()).toEqual([true, true, false, false]);
  await assign(world, id, { expectedVersion: 2, leadUnitId: place.housingWindow });
  expect(await sight()).toEqual([true, false, false, true]);
  const scopes = (await told(world, 'case-scope-changed')).map((scope) => (scope['parties'] as { role: string }[]).map((party) => party.role));
  expect(scopes).toEqual([['REGISTRAR'], ['REGISTRAR', 'LEAD', 'SUPPORT'], ['REGISTRAR', 'LEAD']]);
});

test('the units that an order names are notified of their part, and the one that it relieves', async () => {
  const id = await aCase();
  const notices = async () => (await told(world, 'notice-raised')).map((one) => [one['noticeKind'], (one['recipient'] as { id: string }).id, one['occasion']]).sort();
  await assign(world, id, { supportUnitIds: [place.civilAffairs] });
  const first = [['CASE_ASSIGNED', place.housing, 'v2'], ['CASE_SUPPORT_ASKED', place.civilAffairs, 'v2']];
  expect(await notices()).toEqual(first);
  await assign(world, id, { expectedVersion: 2, leadUnitId: place.civilAffairs });
  expect(await notices()).toEqual([...first, ['CASE_ASSIGNED', place.civilAffairs, 'v3'], ['CASE_REASSIGNED', place.housing, 'v3']].sort());
});

test('a later assignment replaces the earlier one, which is kept with its end', async () => {
  const id = await aCase();
  await assign(world, id, { limitOn: '2022-12-31', supportUnitIds: [place.civilAffairs] });
  await setBusinessNow(world.db, new Date('2022-10-08T09:00:00+08:00'));
  const again = await assign(world, id, { expectedVersion: 2, kind: 'FORWARD', leadUnitId: place.civilAffairs, limitOn: '2022-11-30' });
  expect(again.case).toMatchObject({ leadUnit: { id: place.civilAffairs }, leadSince: '2022-10-08', limitOn: '2022-11-30', supportUnits: [] });
  const history = await world.client.query<{ case: { assignments: { totalCount: number; nodes: object[] } } }>(
    people.county, 'query ($id: ID!) { case(id: $id) { assignments { totalCount nodes { leadUnit { id } supportUnits { id } endedOn } } } }', { id },
  );
  expect(history.case.assignments).toEqual({ totalCount: 2, nodes: [
    { leadUnit: { id: place.civilAffairs }, supportUnits: [], endedOn: null },
    { leadUnit: { id: place.housing }, supportUnits: [{ id: place.civilAffairs }], endedOn: '2022-10-08' },
  ] });
  expect(await duties('CAMPAIGN_LIMIT')).toMatchObject([{ state: 'OPEN', obligorUnitId: place.housing }, { state: 'OPEN', obligorUnitId: place.civilAffairs, dueOn: '2022-11-30' }]);
  expect(await duties('T2')).toHaveLength(2);
});

test('the same lead unit keeps its first day when only the supporting units change', async () => {
  const id = await aCase();
  await assign(world, id);
  await setBusinessNow(world.db, new Date('2022-10-08T09:00:00+08:00'));
  expect((await assign(world, id, { expectedVersion: 2, leadUnitId: place.housing.toUpperCase(), supportUnitIds: [place.civilAffairs] })).case.leadSince).toBe('2022-09-27');
});

test.each([['before the limit', '2022-10-08'], ['after the limit has passed', '2022-12-05']])('an assignment without a limit, %s, cancels the duty of the earlier one', async (_when, day) => {
  const id = await aCase();
  await assign(world, id, { limitOn: '2022-11-30' });
  await setBusinessNow(world.db, new Date(`${day}T09:00:00+08:00`));
  await assign(world, id, { expectedVersion: 2, leadUnitId: place.civilAffairs });
  expect((await duties('CAMPAIGN_LIMIT')).map((duty) => duty['state'])).toEqual(['OPEN', 'CANCELLED']);
});

test('《信访工作条例》第二十二条: an office charges units of its own division and of a place above the case, not a neighbour\'s', async () => {
  const id = await aCase();
  await haveOffices(world);
  for (const unitId of [abroad.otherTown, abroad.farTown, abroad.shaanxiTown]) {
    for (const part of [{ leadUnitId: unitId }, { supportUnitIds: [unitId] }, { guideUnitId: unitId }]) {
      expect(await assign(world, id, part)).toMatchObject({ __typename: 'ResponsibilityRefusal', code: 'NOT_PERMITTED' });
    }
  }
  expect(await count(world, 'assignments')).toBe(0);
  expect(await assign(world, id, { leadUnitId: place.cityGovernment, supportUnitIds: [place.housing] })).toMatchObject({ __typename: 'AssignCasePayload' });
  expect(await assign(world, id, { expectedVersion: 2, supportUnitIds: [abroad.otherTown] }, cityOffice)).toMatchObject({ __typename: 'AssignCasePayload' });
});

describe('a limit that was set above (第二十二条)', () => {
  const province = viewers.jointOffice('640000', abroad.provinceOffice);
  const ordered = async () => {
    const id = await aCase();
    await haveOffices(world);
    await assign(world, id, { limitOn: '2022-12-31' }, province);
    return id;
  };
  const states = async () => (await duties('CAMPAIGN_LIMIT')).map((duty) => [duty['state'], duty['obligorUnitId'], duty['dueOn']]);

  test('stays when the county assigns further without one, and is owed by the new lead unit', async () => {
    const id = await ordered();
    expect(await assign(world, id, { expectedVersion: 2, leadUnitId: place.civilAffairs })).toMatchObject({ case: { limitOn: '2022-12-31' }, assignment: { limitOn: '2022-12-31' } });
    expect(await states()).toEqual([['OPEN', place.housing, '2022-12-31'], ['OPEN', place.civilAffairs, '2022-12-31']]);
  });

  test('ends with the life of the case: what is opened again is assigned anew', async () => {
    const id = await ordered();
    await recordEvent(world.db.manager, { viewer: province, requestId: 'test' }, { caseId: id, action: 'REOPENED' });
    expect(await assign(world, id, { expectedVersion: 2 })).toMatchObject({ case: { limitOn: null } });
  });

  test('stays after it has passed, too', async () => {
    const id = await ordered();
    await setBusinessNow(world.db, new Date('2023-01-05T09:00:00+08:00'));
    await assign(world, id, { expectedVersion: 2, leadUnitId: place.civilAffairs });
    expect((await states()).at(-1)).toEqual(['OPEN', place.civilAffairs, '2022-12-31']);
  });

  test('is brought forward by the county and comes back; put off it is by whoever set it, and taken back as well', async () => {
    const id = await ordered();
    expect(await assign(world, id, { expectedVersion: 2, limitOn: '2023-01-01' })).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await assign(world, id, { expectedVersion: 2, limitOn: '2022-11-30' })).toMatchObject({ case: { limitOn: '2022-11-30' } });
    expect(await assign(world, id, { expectedVersion: 3 })).toMatchObject({ case: { limitOn: '2022-12-31' } });
    expect(await assign(world, id, { expectedVersion: 4, limitOn: '2023-03-31' }, province)).toMatchObject({ case: { limitOn: '2023-03-31' } });
    expect(await assign(world, id, { expectedVersion: 5 }, province)).toMatchObject({ case: { limitOn: null } });
    expect(await assign(world, id, { expectedVersion: 6 })).toMatchObject({ case: { limitOn: null } });
    expect((await states()).at(-1)?.[0]).toBe('CANCELLED');
  });
});

test('《信访工作条例》第三十条第三款: who is excluded from a case stays excluded when it is assigned again, here and elsewhere', async () => {
  const id = await aCase();
  await assign(world, id);
  await write(world.db.manager, "INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'UNIT', ?)", [id, place.housing]);
  expect(await seesCase(world, people.housing, id)).toBe(false);
  expect(await assign(world, id, { expectedVersion: 2, supportUnitIds: [place.civilAffairs] })).toMatchObject({ code: 'UNIT_EXCLUDED' });
  expect(await assign(world, id, { expectedVersion: 2, leadUnitId: place.civilAffairs })).toMatchObject({ __typename: 'AssignCasePayload' });
  expect(await seesCase(world, people.housing, id)).toBe(false);
  expect((await told(world, 'case-scope-changed')).at(-1)).toMatchObject({ excluded: [{ kind: 'UNIT', id: place.housing }] });
});

test('whoever saw an older state of the case gets CONFLICT and the version to look at', async () => {
  const id = await aCase();
  await assign(world, id);
  expect(await faultOf(world, people.county, ASSIGN, { input: anAssignment(id, { leadUnitId: place.civilAffairs }) })).toEqual({ code: 'CONFLICT', detail: { currentVersion: 2 } });
  expect(await count(world, 'assignments')).toBe(1);
});

test('of 50 people who assign the same state at once exactly one wins', async () => {
  const id = await aCase();
  const answers = await Promise.all(Array.from({ length: 50 }, (_unused, i) =>
    faultOf(world, people.county, ASSIGN, { input: anAssignment(id, { leadUnitId: i % 2 ? place.housing : place.civilAffairs }) })));
  expect(answers.filter((fault) => !fault)).toHaveLength(1);
  expect(answers.filter((fault) => fault?.code === 'CONFLICT')).toHaveLength(49);
  expect(await count(world, 'assignments')).toBe(1);
  expect(await count(world, 'audit_entries', "action = 'CASE_ASSIGNED'")).toBe(1);
});

test('the same request sent again answers the same and assigns once, also at once', async () => {
  const input = anAssignment(await aCase(), { limitOn: '2022-12-31' });
  const answers = await Promise.all(Array.from({ length: 20 }, () => world.client.query<{ assignCase: Assigned }>(people.county, ASSIGN, { input })));
  expect(new Set(answers.map((answer) => answer.assignCase.assignment.id)).size).toBe(1);
  expect(await count(world, 'assignments')).toBe(1);
});

const longNote = '求'.repeat(1_001);
test.each<[string, string, Record<string, unknown>]>([
  ['a lead unit that is not known', 'UNIT_UNKNOWN', { leadUnitId: randomUUID() }],
  ['a lead unit that is not even an id', 'UNIT_UNKNOWN', { leadUnitId: "x' OR '1'='1" }],
  ['a supporting unit that is not known', 'UNIT_UNKNOWN', { supportUnitIds: [randomUUID()] }],
  ['the lead unit as its own support', 'UNIT_TWICE', { supportUnitIds: [place.housing] }],
  ['a unit twice in the support', 'UNIT_TWICE', { supportUnitIds: [place.civilAffairs, place.civilAffairs] }],
  ['a unit twice in other letters', 'UNIT_TWICE', { supportUnitIds: [place.civilAffairs, place.civilAffairs.toUpperCase()] }],
  ['21 supporting units', 'COUNT_OUT_OF_RANGE', { supportUnitIds: Array.from({ length: 21 }, () => randomUUID()) }],
  ['a limit of today', 'DATE_NOT_AFTER_TODAY', { limitOn: '2022-09-27' }],
  ['a note of 1,001 characters', 'TEXT_LENGTH', { note: longNote }],
  ['a case that does not exist', 'NOT_FOUND', { caseId: randomUUID() }],
  ['a case that is not even an id', 'NOT_FOUND', { caseId: 'nothing' }],
])('%s is refused: %s, and nothing is written', async (_what, code, part) => {
  const id = await aCase();
  expect(await assign(world, id, part)).toMatchObject({ __typename: 'ResponsibilityRefusal', code });
  expect([await count(world, 'assignments'), await count(world, 'outbox_messages', "topic = 'case-scope-changed'")]).toEqual([0, 3]);
});

test('a unit that was closed cannot be made responsible', async () => {
  const id = await aCase();
  await write(world.db.manager, "UPDATE known_units SET valid_to = '2022-01-01' WHERE id = ?", [place.housing]);
  expect(await assign(world, id)).toMatchObject({ code: 'UNIT_CLOSED' });
});

test('only a joint office that sees the case assigns; for the others it does not exist, or it is not theirs to do', async () => {
  const id = await aCase();
  expect(await assign(world, id, {}, people.clerk)).toMatchObject({ code: 'NOT_PERMITTED' });
  for (const viewer of [people.stranger, people.otherCounty, people.leader, viewers.admin()]) expect(await assign(world, id, {}, viewer)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await assign(world, id, {}, people.province)).toMatchObject({ __typename: 'AssignCasePayload' });
});

test('a refusal speaks the language of the reader', async () => {
  const id = await aCase();
  const zh = await assign(world, id, { limitOn: '2022-09-01' }, { ...people.county, locale: 'zh-CN' });
  expect([zh.message, (await assign(world, id, { limitOn: '2022-09-01', idempotencyKey: key() })).message]).toEqual(['化解时限须晚于今天。', 'The limit must lie after today.']);
});
