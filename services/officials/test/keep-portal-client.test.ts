import { clientKeyHash, isClientKey } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { viewers } from '@anjie/testing';
import { admin, key, openOfficials, type Officials } from './fixture';
import { aClient, manage } from './portal';

let officials: Officials;
beforeAll(async () => void (officials = await openOfficials()));
beforeEach(() => officials.truncate());
afterAll(() => officials.close());

const register = () => officials.services.portalRegister.read(null);
const one = async (id: string, fields: string, viewer = admin) =>
  (await officials.client.query<{ portalClient: Record<string, unknown> | null }>(viewer, `query ($id: ID!) { portalClient(id: $id) { ${fields} } }`, { id })).portalClient;

test('the key is shown once, to that request alone, and what is kept of it cannot be used', async () => {
  await officials.divisions();
  const input = { idempotencyKey: key(), name: '住建局门户', unitId: await officials.unit(), contactPost: '信息科', scopes: ['cases:read', 'files', 'cases:read'] };
  const made = await manage(officials, 'registerPortalClient', input);
  expect(isClientKey(made.secret ?? '')).toBe(true);
  expect(made.client).toMatchObject({ name: '住建局门户', scopes: ['cases:read', 'files'], documentsMode: 'MEASURE', state: 'ENABLED', keys: [{ state: 'ACTIVE', hint: `…${made.secret?.slice(-6)}`, lastUsedOn: null }] });
  const days = (new Date(made.key?.expiresAt ?? 0).getTime() - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(364.9);
  expect(days).toBeLessThan(365.1);
  const again = await manage(officials, 'registerPortalClient', input);
  expect(again).toMatchObject({ client: { id: made.client?.id }, key: { id: made.key?.id }, secret: null });
  expect(await select(officials.db.manager, 'SELECT id FROM portal_clients')).toHaveLength(1);
  const [stored] = await select<{ hash: string }>(officials.db.manager, 'SELECT LOWER(HEX(key_hash)) AS hash FROM portal_keys');
  expect(stored?.hash).toBe(clientKeyHash(made.secret ?? ''));
  const [written] = await select<{ text: string }>(
    officials.db.manager, 'SELECT CONCAT((SELECT GROUP_CONCAT(response) FROM idempotency_keys), (SELECT GROUP_CONCAT(detail) FROM audit_entries)) AS text',
  );
  expect(written?.text).toContain(made.key?.id);
  expect(written?.text).not.toContain(made.secret?.slice(10, 30));
});

test('only an administrator sees and keeps clients; for everybody else there is none', async () => {
  const { id, keyId } = await aClient(officials);
  const others = [viewers.plain(), viewers.handler(key()), viewers.jointOffice('640000', key()), viewers.clerk(key())];
  for (const viewer of others) {
    expect(await manage(officials, 'issuePortalKey', { clientId: id }, viewer)).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await manage(officials, 'revokePortalKey', { clientId: id, keyId }, viewer)).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await one(id, 'id', viewer)).toBeNull();
    expect(await officials.client.query(viewer, '{ portalClients { totalCount nodes { id } } }')).toEqual({ portalClients: { totalCount: 0, nodes: [] } });
  }
  // a service, even with the role, reads no list and does nothing
  const service = { ...viewers.service('cases'), roles: admin.roles };
  expect(await one(id, 'id', service)).toBeNull();
  const refused = await officials.client.ask(service, 'mutation ($input: IssuePortalKeyInput!) { issuePortalKey(input: $input) { __typename } }', { input: { idempotencyKey: key(), clientId: id } });
  expect(refused.errors).toHaveLength(1);
  expect(await officials.client.query(admin, '{ portalClients(first: 1) { totalCount nodes { id } pageInfo { hasNextPage } } }')).toEqual({
    portalClients: { totalCount: 1, nodes: [{ id }], pageInfo: { hasNextPage: false } },
  });
  const reference = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on PortalClient { name } } }';
  const ask = (viewer: typeof admin) => officials.client.query(viewer, reference, { r: [{ __typename: 'PortalClient', id }] });
  expect(await ask(admin)).toEqual({ _entities: [{ name: '住建局门户' }] });
  expect(await ask(viewers.plain())).toEqual({ _entities: [null] });
});

test('a client has two valid keys at most, so that it can change over; a revoked one makes room', async () => {
  const { id, keyId } = await aClient(officials);
  const second = await manage(officials, 'issuePortalKey', { clientId: id, validDays: 30 });
  expect(second.client?.keys.map((one_) => one_.state)).toEqual(['ACTIVE', 'ACTIVE']);
  expect(await manage(officials, 'issuePortalKey', { clientId: id })).toMatchObject({ code: 'TOO_MANY_KEYS' });
  const revoked = await manage(officials, 'revokePortalKey', { clientId: id, keyId });
  expect(revoked.client?.keys.find((one_) => one_.id === keyId)?.state).toBe('REVOKED');
  expect(await manage(officials, 'revokePortalKey', { clientId: id, keyId })).toMatchObject({ code: 'ALREADY_REVOKED' });
  expect((await manage(officials, 'issuePortalKey', { clientId: id })).secret).toBeTruthy();
  await officials.db.query('UPDATE portal_keys SET expires_at = UTC_TIMESTAMP(3) WHERE id = ?', [second.key?.id]);
  expect((await manage(officials, 'issuePortalKey', { clientId: id })).client?.keys.map((one_) => one_.state).sort()).toEqual(['ACTIVE', 'ACTIVE', 'EXPIRED', 'REVOKED']);
});

test('two administrators who issue at the same time do not make a third key', async () => {
  const { id } = await aClient(officials);
  const answers = await Promise.all([1, 2, 3, 4].map(() => manage(officials, 'issuePortalKey', { clientId: id })));
  expect(answers.map(({ code }) => code ?? 'OK').sort()).toEqual(['OK', 'TOO_MANY_KEYS', 'TOO_MANY_KEYS', 'TOO_MANY_KEYS']);
});

test('what does not fit is refused and leaves nothing', async () => {
  const { id } = await aClient(officials);
  const unitId = await officials.unit();
  const good = { name: '门户', unitId, contactPost: '信息科', scopes: ['cases:read'] };
  const ended = await officials.unit({ validTo: '2021-01-01' });
  expect(await manage(officials, 'registerPortalClient', { ...good, scopes: ['cases:everything'] })).toMatchObject({ code: 'SCOPE_UNKNOWN' });
  expect(await manage(officials, 'registerPortalClient', { ...good, name: '' })).toMatchObject({ code: 'INPUT_NOT_FIT' });
  for (const unit of [key(), 'none', ended]) expect(await manage(officials, 'registerPortalClient', { ...good, unitId: unit })).toMatchObject({ code: 'UNIT_UNKNOWN' });
  for (const clientId of [key(), 'none']) expect(await manage(officials, 'issuePortalKey', { clientId })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await manage(officials, 'revokePortalKey', { clientId: id, keyId: key() })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await select(officials.db.manager, 'SELECT id FROM portal_clients')).toHaveLength(1);
});

test('a change is a compare-and-set, is audited, and leaves out what is not given', async () => {
  const { id } = await aClient(officials);
  const change = (part: object) => manage(officials, 'changePortalClient', { clientId: id, expectedVersion: 1, ...part });
  expect((await change({ scopes: ['supervision:read'], documentsMode: 'ENFORCE' })).client).toMatchObject({ name: '住建局门户', scopes: ['supervision:read'], documentsMode: 'ENFORCE', version: 2 });
  const late = await officials.client.ask(admin, 'mutation ($input: ChangePortalClientInput!) { changePortalClient(input: $input) { __typename } }', {
    input: { idempotencyKey: key(), clientId: id, expectedVersion: 1, state: 'DISABLED' },
  });
  expect(late.errors?.[0]?.message).toContain('changed');
  const actions = await select<{ action: string }>(officials.db.manager, `SELECT action FROM audit_entries WHERE subject_id = ? ORDER BY id`, [id]);
  expect(actions.map(({ action }) => action)).toEqual(['portalClient.registered', 'portalClient.keyIssued', 'portalClient.changed']);
});

describe('what gateways read', () => {
  test('enabled clients with their valid keys, under a stamp that changes with every act and only then', async () => {
    expect(await register()).toEqual({ stamp: null, clients: [] });
    const { id, secret, keyId } = await aClient(officials);
    const { stamp, clients } = await register();
    expect(clients).toEqual([{ id, mode: 'MEASURE', scopes: ['cases:read'], documents: [], keys: [{ id: keyId, sha256: clientKeyHash(secret), expiresAt: expect.any(String) as string }] }]);
    expect(await officials.services.portalRegister.read(stamp)).toEqual({ stamp, clients: null });
    await manage(officials, 'issuePortalKey', { clientId: key() });
    expect((await register()).stamp).toBe(stamp);
    await manage(officials, 'revokePortalKey', { clientId: id, keyId });
    const after = await officials.services.portalRegister.read(stamp);
    expect(after.stamp).not.toBe(stamp);
    expect(after.clients).toMatchObject([{ id, keys: [] }]);
  });

  test('a disabled client and an expired key are not among them', async () => {
    const { id, keyId } = await aClient(officials);
    const other = await aClient(officials);
    await officials.db.query('UPDATE portal_keys SET expires_at = UTC_TIMESTAMP(3) WHERE id = ?', [keyId]);
    await manage(officials, 'changePortalClient', { clientId: other.id, expectedVersion: 1, state: 'DISABLED' });
    expect((await register()).clients).toMatchObject([{ id, keys: [] }]);
  });
});
