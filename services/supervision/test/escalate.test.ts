import { randomUUID } from 'node:crypto';
import { select } from '@anjie/service-kit/database';
import { putKnownUnits } from '@anjie/service-kit/facts';
import { haveCaseScope, viewers } from '@anjie/testing';
import { sweepDeadlines } from '../src/deadlines/deadline-service';
import { at, COUNTY, declare, haveKnownOfficial, haveKnownUnit, log, openSupervision, type Supervision } from './builders';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

/** A county bureau with its head, its man in the case, a sponsor from elsewhere, and the county's joint office. */
async function haveDuty(part: { excluded?: 'HEAD' | 'OFFICE'; isSealed?: boolean } = {}) {
  const { db } = supervision;
  const [office, head, own, sponsor] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const unit = await haveKnownUnit(db, { headOfficialId: head });
  await putKnownUnits(db.manager, [{ unitId: office, code: 'J', name: '联席办', kind: 'JOINT_OFFICE', divisionCode: COUNTY, ancestorIds: [], headOfficialId: null, successorUnitId: null, validTo: null }]);
  for (const [id, where] of [[head, unit], [own, unit], [sponsor, null]] as const) await haveKnownOfficial(db, where, id);
  const named = part.excluded === 'HEAD' ? [{ kind: 'OFFICIAL', id: head } as const] : part.excluded === 'OFFICE' ? [{ kind: 'UNIT', id: office } as const] : [];
  const scope = await haveCaseScope(db, {
    isSealed: part.isSealed ?? false, excluded: named, divisionCode: COUNTY,
    parties: [{ kind: 'OFFICIAL', id: own, role: 'TASK_FORCE' }, { kind: 'OFFICIAL', id: sponsor, role: 'SPONSOR' }, { kind: 'UNIT', id: unit, role: 'LEAD' }],
  });
  const told = await declare(db, { caseId: scope.caseId, obligorUnitId: unit });
  const names = new Map([[office, 'office'], [head, 'head'], [own, 'own'], [sponsor, 'sponsor'], [unit, 'unit']]);
  return { told, office, head, own, sponsor, names };
}

async function remindersAfter(instants: readonly string[], names: ReadonlyMap<string, string>): Promise<string[][]> {
  const { db } = supervision;
  const found: string[][] = [];
  for (const instant of instants) {
    await at(db, instant);
    await db.query('DELETE FROM reminders WHERE read_at IS NOT NULL');
    await db.query('UPDATE reminders SET read_at = UTC_TIMESTAMP(3)');
    await sweepDeadlines(db, log);
    const rows = await select<{ kind: string; recipient: string; reason: string }>(db.manager, 'SELECT kind, recipient_id AS recipient, reason FROM reminders WHERE read_at IS NULL');
    found.push(rows.map((row) => `${row.kind} ${names.get(row.recipient)} ${row.reason}`).sort());
  }
  return found;
}

const [DUE, PLUS_3, PLUS_7, PLUS_15] = ['2025-10-09T02:00:00Z', '2025-10-13T02:00:00Z', '2025-10-16T02:00:00Z', '2025-10-24T02:00:00Z'];

test('3, 7 and 15 days after the due date: the head, the 包案领导, the joint office, each once · row 134', async () => {
  const { names } = await haveDuty();
  const [, , day3, day7, day15] = await remindersAfter([DUE, '2025-10-10T02:00:00Z', PLUS_3, PLUS_7, PLUS_15], names);
  expect(day3).toEqual(['ESCALATE head UNIT_HEAD', 'REMIND_AFTER own ASSIGNED_OFFICIAL', 'REMIND_AFTER sponsor SPONSOR']);
  expect(day7).toEqual(['ESCALATE sponsor SPONSOR', 'REMIND_AFTER own ASSIGNED_OFFICIAL']);
  expect(day15).toEqual(['ESCALATE office OVERSIGHT_OFFICE']);
});

test('after a long outage everybody on the ladder hears of it, and nobody twice', async () => {
  const { names } = await haveDuty();
  expect(await remindersAfter([PLUS_15], names)).toEqual([[
    'ESCALATE head UNIT_HEAD', 'ESCALATE office OVERSIGHT_OFFICE', 'ESCALATE sponsor SPONSOR', 'REMIND_AFTER own ASSIGNED_OFFICIAL',
  ]]);
});

test('第三十条第三款: neither a head nor an office that the report names is told on any rung', async () => {
  const head = await haveDuty({ excluded: 'HEAD' });
  expect((await remindersAfter([PLUS_15], head.names)).flat().filter((line) => line.includes(' head '))).toEqual([]);
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
  const office = await haveDuty({ excluded: 'OFFICE' });
  const told = (await remindersAfter([PLUS_15], office.names)).flat();
  expect(told.filter((line) => line.includes(' office '))).toEqual([]);
  expect(told).toContain('ESCALATE head UNIT_HEAD');
});

test('no joint office hears that a sealed case is there', async () => {
  const { names } = await haveDuty({ isSealed: true });
  const told = (await remindersAfter([PLUS_15], names)).flat();
  expect(told.filter((line) => line.includes('OVERSIGHT_OFFICE'))).toEqual([]);
  expect(told).toContain('ESCALATE sponsor SPONSOR');
});

test('a duty that is met climbs no further', async () => {
  const { told, names } = await haveDuty();
  await remindersAfter([PLUS_3], names);
  await declare(supervision.db, { ...told, state: 'MET', metOn: '2025-10-13' }, 2);
  expect(await remindersAfter([PLUS_7, PLUS_15], names)).toEqual([[], []]);
});

test('the joint office sees it among its reminders, the unit that owes it does not', async () => {
  const { client } = supervision;
  const { told, office, names } = await haveDuty();
  await remindersAfter([PLUS_15], names);
  const ask = async (viewer: ReturnType<typeof viewers.handler>) =>
    (await client.query<{ myReminders: { nodes: { kind: string; reason: string }[] } }>(viewer, '{ myReminders { nodes { kind reason text } } }')).myReminders.nodes;
  expect(await ask(viewers.jointOffice(COUNTY, office))).toEqual([{ kind: 'ESCALATE', reason: 'OVERSIGHT_OFFICE', text: expect.stringContaining('overdue') }]);
  expect((await ask(viewers.handler(told.obligorUnitId ?? ''))).map((one) => one.reason)).not.toContain('OVERSIGHT_OFFICE');
  expect(await ask(viewers.jointOffice(COUNTY, randomUUID()))).toEqual([]);
});
