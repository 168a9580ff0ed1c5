import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { ObligationDeclared } from '@anjie/contracts';
import { openDepartmentPortal, viewers, type DepartmentPortal } from '@anjie/testing';
import { sweepDeadlines } from '../src/deadlines/deadline-service';
import { formDigests } from '../src/notifications/digest-service';
import { aDeclaration, at, COUNTY, declare, haveKnownOfficial, haveKnownUnit, log, openSupervision, tell, type Supervision } from './builders';
import { digestsOf, inboxOf, kindsIn } from './notices';
import { aSender, manage, targets } from './webhooks';

let supervision: Supervision;
let portal: DepartmentPortal;
const settings = targets('127.0.0.0/8:1');
beforeAll(async () => {
  portal = await openDepartmentPortal();
  Object.assign(settings, targets(`127.0.0.1:${portal.port}`));
  supervision = await openSupervision(settings);
});
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
  portal.answer(() => 204);
});
afterAll(async () => {
  await portal.close();
  await supervision.close();
});

/** A unit under a bureau, with a head, that owes something which a meeting decided. */
async function aDuty(part: object = {}) {
  const { db } = supervision;
  const head = randomUUID();
  const bureau = await haveKnownUnit(db);
  const unit = await haveKnownUnit(db, { ancestorIds: [bureau], headOfficialId: head });
  await haveKnownOfficial(db, unit, head);
  const told = await declare(db, { caseId: null, obligorUnitId: unit, subject: { type: 'MeetingDecision', id: randomUUID() }, ...part });
  return { told, bureau, unit, head };
}

const seen = async (viewer: Viewer, id: string): Promise<boolean> => {
  const data = await supervision.client.query<{ obligation: { id: string; case: null } | null; obligations: { totalCount: number } }>(
    viewer, 'query ($id: ID!) { obligation(id: $id) { id case { id } } obligations(first: 100) { totalCount } }', { id },
  );
  expect(data.obligations.totalCount).toBe(data.obligation ? 1 : 0);
  expect(data.obligation?.case ?? null).toBeNull();
  return data.obligation !== null;
};

test('a duty without a case is seen by the unit that owes it, the units above, and the joint office of its division · rows 61, 71', async () => {
  const { told, bureau, unit } = await aDuty();
  const who: [Viewer, boolean][] = [
    [viewers.handler(unit), true], [viewers.handler(bureau), true], [viewers.jointOffice(COUNTY, randomUUID()), true], [viewers.jointOffice('640100', randomUUID()), true],
    [viewers.jointOffice('640105', randomUUID()), false], [viewers.handler(randomUUID()), false], [viewers.plain(), false],
  ];
  for (const [viewer, expected] of who) expect(await seen(viewer, told.obligationId)).toBe(expected);
});

test('a duty that an official owes without a case is seen by the official and by the joint office · row 61', async () => {
  const me = randomUUID();
  const told = await declare(supervision.db, { caseId: null, obligorUnitId: null, obligorOfficialId: me });
  expect(await seen(viewers.plain(me), told.obligationId)).toBe(true);
  expect(await seen(viewers.plain(), told.obligationId)).toBe(false);
  expect(await seen(viewers.jointOffice(COUNTY, randomUUID()), told.obligationId)).toBe(true);
  expect(await seen(viewers.jointOffice('640105', randomUUID()), told.obligationId)).toBe(false);
});

test('it is reminded of, marked overdue, told in the digest and to the unit\'s own system · row 134', async () => {
  const { db } = supervision;
  const { unit, head, told } = await aDuty();
  const made = await manage(supervision, 'registerWebhookEndpoint', { unitId: unit, url: portal.url, kinds: ['DUTY_COMING_DUE'], withDigest: true });
  portal.trust(made.secret ?? '');
  const sender = aSender(supervision, settings);
  const before = portal.tries().length;
  await at(db, '2025-09-26T01:00:03Z');
  await sweepDeadlines(db, log);
  await formDigests(db);
  await sender.send();
  expect(kindsIn(await inboxOf(supervision, viewers.plain(head, unit)))).toEqual(['DUTY_COMING_DUE']);
  expect(kindsIn(await inboxOf(supervision, viewers.handler(unit)))).toEqual(['DUTY_COMING_DUE']);
  expect(await digestsOf(supervision, viewers.plain(head, unit))).toMatchObject([{ items: { totalCount: 1 } }]);
  const told2 = portal.events().slice(-2);
  expect(portal.tries().length - before).toBe(2);
  expect(told2.map((event) => event.type).sort()).toEqual(['DUTY_COMING_DUE', 'MORNING_DIGEST']);
  expect(told2.find((event) => event.type === 'DUTY_COMING_DUE')?.data).toMatchObject({ caseId: null, links: [{ field: 'notification' }, { field: 'obligation', id: told.obligationId }] });
  await at(db, '2025-10-10T02:00:00Z');
  await sweepDeadlines(db, log);
  const data = await supervision.client.query(viewers.handler(unit), 'query ($id: ID!) { obligation(id: $id) { state reminders(first: 5) { totalCount nodes { case { id } } } } myReminders { nodes { case { id } obligation { id } } } }', { id: told.obligationId });
  expect(data).toMatchObject({ obligation: { state: 'OVERDUE' }, myReminders: { nodes: expect.arrayContaining([{ case: null, obligation: { id: told.obligationId } }]) } });
});

test('owed for a campaign it counts in the obligor\'s division, met it counts no more; owed for none it counts nowhere · row 134', async () => {
  const { db, client } = supervision;
  const campaignId = randomUUID();
  const { told } = await aDuty({ campaignId });
  await aDuty();
  const open = async (divisionCode: string): Promise<number> => {
    const data = await client.query<{ _entities: { openObligations: { value: number } }[] }>(
      viewers.jointOffice('640000', randomUUID()), 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { openObligations { value } } } }',
      { r: [{ __typename: 'DivisionRollup', campaignId, divisionCode, asOf: '2025-08-04' }] },
    );
    return data._entities[0]?.openObligations.value ?? -1;
  };
  expect([await open(COUNTY), await open('640100'), await open('640105')]).toEqual([1, 1, 0]);
  await declare(db, { ...told, state: 'MET', metOn: '2025-08-04' }, 2);
  expect(await open(COUNTY)).toBe(0);
});

test('a declaration of before it could be without a case still applies; a duty does not change from a case to none', async () => {
  const { db } = supervision;
  const old = aDeclaration();
  expect(ObligationDeclared.payload.parse(old)).toEqual(old);
  await tell(db, 'obligation-declared', { payload: old });
  await expect(tell(db, 'obligation-declared', { payload: { ...old, caseId: null }, version: 2 })).rejects.toThrow('was declared by cases for case');
});
