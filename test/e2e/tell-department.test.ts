import { setBusinessNow } from '@anjie/devtools';
import { eventually, openDepartmentPortal, type DepartmentPortal, type PortalEvent } from '@anjie/testing';
import { delivered, housingCase, sendReferral, startOwnSystem, units, type OwnSystem } from './own-system';
import { key } from './system';

let portal: DepartmentPortal;
let system: OwnSystem;
jest.setTimeout(150_000);
beforeAll(async () => {
  portal = await openDepartmentPortal();
  system = await startOwnSystem({ env: { ANJIE_WEBHOOK_TARGETS: `127.0.0.1:${portal.port}` } });
  const { registerWebhookEndpoint: made } = await system.query<{ registerWebhookEndpoint: { secret: string } }>(
    'admin', 'mutation ($input: RegisterWebhookEndpointInput!) { registerWebhookEndpoint(input: $input) { ... on WebhookSecretPayload { secret } ... on WebhookRefusal { code message } } }',
    { input: { idempotencyKey: key(), unitId: units.civilAffairs.id, url: portal.url, kinds: ['REFERRAL_DELIVERED'] } },
  );
  portal.trust(made.secret);
}, 180_000);
afterAll(async () => {
  await system.stop();
  await portal.close();
}, 60_000);

const toldOf = (referralId: string): readonly PortalEvent[] => portal.events().filter(({ data }) => (data['subject'] as { id?: string } | undefined)?.id === referralId);
const toldOnce = (referralId: string, timeoutMs?: number): Promise<PortalEvent> => eventually('the department\'s system is told of the referral', async () => toldOf(referralId)[0], timeoutMs);

test('the department\'s own system is told of a referral, asks the graph for it with the link, and the inbox shows the same notice', async () => {
  const id = await sendReferral(system, await housingCase(system));
  const { id: eventId, type, data } = await toldOnce(id);
  expect([type, data['unitId'], portal.rejected()]).toEqual(['REFERRAL_DELIVERED', units.civilAffairs.id, []]);
  for (const { field, id: linked } of data['links'] as { field: string; id: string }[]) {
    expect(await system.query('civilAffairs', `query ($id: ID!) { found: ${field}(id: $id) { id } }`, { id: linked })).toEqual({ found: { id: linked } });
  }
  const { myNotifications } = await system.query<{ myNotifications: { nodes: { id: string; text: string; case: { number: string } }[] } }>(
    'civilAffairs', '{ myNotifications(first: 5, filter: { unreadOnly: true }) { nodes { id text case { number } } } }',
  );
  expect(myNotifications.nodes).toEqual([{ id: eventId, text: '收到转办事项，请签收或者提出异议。', case: { number: expect.any(String) as string } }]);
  expect((await system.query<{ myNotifications: { totalCount: number } }>('housing', '{ myNotifications(first: 5, filter: { kinds: ["REFERRAL_DELIVERED"] }) { totalCount } }')).myNotifications.totalCount).toBe(0);
});

test('the worker killed -9 while the receiver has the message and the answer is not written down: the same id comes again, and counts once', async () => {
  const caseId = await housingCase(system);
  const before = portal.tries().length;
  const killed = new Promise<void>((resolve) => {
    portal.answer(async () => {
      await system.processOf('supervision-worker').kill9();
      resolve();
      return 204;
    });
  });
  const id = await sendReferral(system, caseId);
  await delivered(system, id);
  await killed;
  const [sending] = await system.rows<{ state: string }>('SELECT state FROM supervision.webhook_deliveries ORDER BY created_at DESC LIMIT 1');
  expect(sending?.state).toBe('SENDING');
  portal.answer(() => 204);
  await system.stack.restart('supervision-worker');
  // the claim of the dead worker holds for 30 s
  await eventually('it is sent again', async () => portal.tries().length === before + 2, 60_000);
  const [first, second] = portal.tries().slice(before);
  expect([second, toldOf(id).length]).toEqual([first, 1]);
  await eventually('it is written down', async () => (await system.rows('SELECT id FROM supervision.webhook_deliveries WHERE event_id = ? AND state = "DELIVERED"', [first])).length === 1);
});

test('the reminders of a morning come as one digest, after the last of them is written', async () => {
  await setBusinessNow(system.engines.databaseUrl, system.stack.services, new Date('2022-09-30T08:59:57+08:00'));
  await system.settled();
  const digest = await eventually('the digest', async () => portal.events().find(({ type }) => type === 'MORNING_DIGEST'), 60_000);
  expect(digest.data).toMatchObject({ day: '2022-09-30', unitId: units.civilAffairs.id, counts: { DUTY_COMING_DUE: 2 } });
});
