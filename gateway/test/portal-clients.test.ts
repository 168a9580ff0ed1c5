import { newClientKey } from '@anjie/access';
import { eventually } from '@anjie/testing';
import { createPortalKeeper, sha256 } from './portal-keeper';
import { openHouse, type Answer, type House } from './support';

const codeOf = ({ status, errors }: Answer): [number, string | undefined] => [status, errors?.[0]?.extensions.code];
const withKey = (key: string) => ({ headers: { 'x-anjie-client-key': key } });

describe('portal clients', () => {
  let house: House;
  beforeAll(async () => void (house = await openHouse()));
  afterAll(() => house.stop());

  const known = async (key: string): Promise<void> =>
    void (await eventually('the gateway knows the key', async () => (await house.ask('{ __typename }', withKey(key))).status !== 401));

  test('a key opens what its scopes say, and nothing beside it runs', async () => {
    const { key } = house.portal.keep({ scopes: ['cases:read'] });
    await known(key);
    expect((await house.ask('{ cases(first: 1) { nodes { id sponsor { name } } } }', withKey(key))).data).toEqual({ cases: { nodes: [{ id: '0', sponsor: { name: 'official of 0' } }] } });
    const before = house.cases.seen.length;
    for (const text of ['mutation { touch }', 'mutation { a: touch }', 'mutation { ...F } fragment F on Mutation { touch }', 'mutation { ... on Mutation { touch } }']) {
      const answer = await house.ask(text, withKey(key));
      expect([text, ...codeOf(answer)]).toEqual([text, 403, 'FORBIDDEN']);
      expect(answer.errors?.[0]?.extensions.detail).toEqual({ scope: 'cases:write' });
    }
    expect(house.cases.seen.length).toBe(before);
    const { key: writing } = house.portal.keep({ scopes: ['cases:write'] });
    await known(writing);
    expect((await house.ask('mutation { touch }', withKey(writing))).data).toEqual({ touch: 'touched' });
    expect(codeOf(await house.ask('{ whoami }', withKey(writing)))).toEqual([403, 'FORBIDDEN']);
  });

  test('a key proves no person: without a token it opens nothing', async () => {
    const { key } = house.portal.keep({ scopes: ['cases:read'] });
    await known(key);
    expect(codeOf(await house.ask('{ whoami }', { ...withKey(key), token: 'a.b.c' }))).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('every wrong key gets the same 401, also where none is needed; no key is answered there', async () => {
    const { key } = house.portal.keep({ scopes: ['cases:read'] });
    const ended = house.portal.keep({ scopes: ['cases:read'], expiresAt: new Date(Date.now() - 1) });
    await known(key);
    const last = key.endsWith('a') ? 'b' : 'a';
    const answers = await Promise.all([newClientKey(), ended.key, '', 'x', key.slice(0, -1) + last, `${key}, ${key}`, key.toLowerCase(), '__proto__'].map((wrong) => house.ask('{ whoami }', withKey(wrong))));
    expect([...new Set(answers.map(({ status, text }) => `${status} ${text}`))]).toEqual(['401 {"errors":[{"message":"未登录或令牌无效。","extensions":{"code":"UNAUTHENTICATED"}}]}']);
    expect((await house.ask('{ whoami }')).status).toBe(200);
  });

  test('a key that was taken away is refused at the next look, and what was known stays while officials is away', async () => {
    const { id, key } = house.portal.keep({ scopes: ['cases:read'] });
    await known(key);
    house.portal.goAway();
    const reads = house.portal.reads();
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect((await house.ask('{ whoami }', withKey(key))).status).toBe(200);
    house.portal.drop(id);
    house.portal.goAway(false);
    await eventually('the key is refused', async () => (await house.ask('{ whoami }', withKey(key))).status === 401);
    expect(house.portal.reads()).toBeGreaterThan(reads);
  });

  test('uses of keys are told once a day', async () => {
    const { key } = house.portal.keep({ scopes: ['cases:read'] });
    await known(key);
    await house.ask('{ whoami }', withKey(key));
    await eventually('the use is told', async () => house.portal.uses.some(({ keyIds }) => keyIds.length > 0));
    const told = house.portal.uses.flatMap(({ keyIds }) => keyIds);
    expect(new Set(told).size).toBe(told.length);
  });

  test('files need their scope, a download link needs no key', async () => {
    const plain = house.portal.keep({ scopes: ['cases:read', 'cases:write'] });
    const files = house.portal.keep({ scopes: ['files'] });
    await known(files.key);
    const authorization = `Bearer ${await house.token()}`;
    const send = async (path: string, key: string, method = 'GET') => (await fetch(`${house.base}${path}`, { method, ...(method === 'POST' ? { body: 'x' } : {}), headers: { authorization, 'x-anjie-client-key': key } })).status;
    expect([await send('/files?purpose=LEDGER_IMPORT', plain.key, 'POST'), await send('/templates/ledger.xlsx', plain.key)]).toEqual([403, 403]);
    expect([await send('/files?purpose=LEDGER_IMPORT', files.key, 'POST'), await send('/templates/ledger.xlsx', files.key)]).toEqual([201, 200]);
    expect(await send('/files?purpose=LEDGER_IMPORT', newClientKey(), 'POST')).toBe(401);
    expect((await fetch(`${house.base}/files/cases/${'s'.repeat(43)}`)).status).toBe(200);
  });
});

describe('trusted documents', () => {
  let house: House;
  const LISTED = '{ whoami }';
  const PAGE = 'query Page($n: Int) { cases(first: $n) { nodes { id title referrals(first: 20) { nodes { id } } } } }';
  const UNFIT = '{ cases { noSuchField } }';
  let [measure, enforce] = [{ id: '', key: '' }, { id: '', key: '' }];
  beforeAll(async () => {
    const portal = createPortalKeeper();
    const documents = [LISTED, PAGE, UNFIT, 'mutation { touch }'];
    [measure, enforce] = [portal.keep({ scopes: ['cases:read'], documents }), portal.keep({ scopes: ['cases:read'], mode: 'ENFORCE', documents })];
    house = await openHouse({}, { portal });
    await eventually('the gateway knows the keys', async () => (await house.ask('{ __typename }', withKey(measure.key))).status !== 401 && house.portal.reads() > 0);
    await eventually('the gateway knows the keys', async () => (await house.ask(LISTED, withKey(enforce.key))).status === 200);
  });
  afterAll(() => house.stop());

  test('an enforced client sends what is registered, by text or by id, and nothing else', async () => {
    const byId = await house.ask('', { ...withKey(enforce.key), documentId: `sha256:${sha256(LISTED)}` });
    expect([byId.status, byId.data]).toEqual([200, (await house.ask(LISTED, withKey(enforce.key))).data]);
    for (const text of ['{ cases(first: 1) { nodes { id } } }', `${LISTED} `, '{ __typename }', 'not graphql']) {
      expect([text, ...codeOf(await house.ask(text, withKey(enforce.key)))]).toEqual([text, 403, 'PERSISTED_QUERY_REQUIRED']);
    }
    expect(codeOf(await house.ask('', { ...withKey(enforce.key), documentId: `sha256:${sha256('{ me }')}` }))).toEqual([403, 'PERSISTED_QUERY_REQUIRED']);
    expect(codeOf(await house.ask('', { documentId: `sha256:${sha256(LISTED)}` }))).toEqual([403, 'PERSISTED_QUERY_REQUIRED']);
  });

  test('both text and id, or an id that is no text, is a mistake', async () => {
    const post = async (body: object) => {
      const answer = await fetch(`${house.base}/graphql`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', authorization: `Bearer ${await house.token()}` } });
      return [answer.status, ((await answer.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code];
    };
    for (const documentId of [1, {}, [], true]) expect(await post({ documentId })).toEqual([400, 'BAD_USER_INPUT']);
    expect(await post({ query: LISTED, documentId: `sha256:${sha256(LISTED)}` })).toEqual([400, 'BAD_USER_INPUT']);
    expect(await post({ query: LISTED, extensions: { persistedQuery: { version: 1, sha256Hash: sha256(LISTED) } } })).toEqual([400, 'BAD_USER_INPUT']);
  });

  test('a registered document gets no scope by being registered, and its pages still count', async () => {
    expect(codeOf(await house.ask('mutation { touch }', withKey(enforce.key)))).toEqual([403, 'FORBIDDEN']);
    expect((await house.ask(PAGE, { ...withKey(enforce.key), variables: { n: 5 } })).status).toBe(200);
    expect(codeOf(await house.ask(PAGE, { ...withKey(enforce.key), variables: { n: 1_000_000 } }))).toEqual([400, 'QUERY_TOO_LARGE']);
  });

  test('what is measured is answered, and told by hash and count alone', async () => {
    const stray = '{ case(id: "canary-4711") { id } }';
    for (let n = 0; n < 3; n += 1) expect((await house.ask(stray, withKey(measure.key))).status).toBe(200);
    await house.ask(LISTED, withKey(measure.key));
    const sum = () => house.portal.uses.flatMap(({ strays }) => strays).filter((one) => one.sha256 === sha256(stray)).reduce((total, { uses }) => total + uses, 0);
    await eventually('three uses are told', async () => sum() === 3);
    const told = JSON.stringify(house.portal.uses);
    expect(told).toContain(measure.id);
    expect(told).not.toContain('canary');
    expect(told).not.toContain(sha256(LISTED));
  });

  test('documents that do not fit the graph or the scopes are told with the reason, and no text of them is believed whose hash is another', async () => {
    const faults = () => house.portal.uses.flatMap(({ faults: found }) => found).filter(({ clientId }) => clientId === enforce.id);
    await eventually('the faults are told', async () => faults().length >= 2);
    expect(Object.fromEntries(faults().map(({ sha256: hash, fault }) => [hash, fault]))).toMatchObject({
      [sha256(UNFIT)]: expect.stringContaining('noSuchField') as string, [sha256('mutation { touch }')]: 'it needs the scope cases:write',
    });
    expect(faults().map(({ sha256: hash }) => hash)).not.toContain(sha256(LISTED));
    const forged = house.portal.keep({ scopes: ['cases:read'], mode: 'ENFORCE', documents: ['{ case(id: 1) { id } }'] });
    house.portal.forge(sha256('{ case(id: 1) { id } }'), '{ leaks }');
    await eventually('the key is known', async () => (await house.ask('{ leaks }', withKey(forged.key))).status !== 401);
    expect(codeOf(await house.ask('', { ...withKey(forged.key), documentId: `sha256:${sha256('{ case(id: 1) { id } }')}` }))).toEqual([403, 'PERSISTED_QUERY_REQUIRED']);
  });

  test('the break-glass role sends free documents through an enforced client, each written down before it runs', async () => {
    const token = await house.token({ roles: ['UNIT_HANDLER', 'FREE_QUERY'] });
    const free = 'query Free { cases(first: 1) { nodes { id } } }';
    expect((await house.ask(free, { ...withKey(enforce.key), token, operationName: 'Free' })).data).toMatchObject({ cases: { nodes: [{ id: '0' }] } });
    expect(house.portal.freed).toEqual([{ clientId: enforce.id, sha256: sha256(free), operationName: 'Free', viewer: expect.objectContaining({ kind: 'OFFICIAL', roles: ['UNIT_HANDLER', 'FREE_QUERY'] }) as object }]);
    await house.ask(LISTED, { ...withKey(enforce.key), token });
    expect(codeOf(await house.ask('mutation { touch }', { ...withKey(enforce.key), token }))).toEqual([403, 'FORBIDDEN']);
    expect(house.portal.freed).toHaveLength(1);
    const before = house.cases.seen.length;
    house.portal.goAway();
    expect(codeOf(await house.ask(free, { ...withKey(enforce.key), token }))).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(house.cases.seen.length).toBe(before);
    house.portal.goAway(false);
  });
});

describe('where every request must name its client', () => {
  test('without officials nothing is opened; with it, only by a key', async () => {
    const portal = createPortalKeeper();
    const { key } = portal.keep({ scopes: ['cases:read'] });
    portal.goAway();
    const house = await openHouse({ ANJIE_PORTAL_CLIENTS: 'REQUIRED' }, { portal });
    expect(codeOf(await house.ask('{ whoami }', withKey(key)))).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(codeOf(await house.ask('{ whoami }', withKey('x')))).toEqual([401, 'UNAUTHENTICATED']);
    expect((await fetch(`${house.base}/readyz`)).status).toBe(503);
    expect(house.cases.seen).toEqual([]);
    portal.goAway(false);
    await eventually('the key is known', async () => (await house.ask('{ whoami }', withKey(key))).status === 200);
    expect(codeOf(await house.ask('{ whoami }'))).toEqual([401, 'UNAUTHENTICATED']);
    expect((await fetch(`${house.base}/templates/ledger.xlsx`, { headers: { authorization: `Bearer ${await house.token()}` } })).status).toBe(401);
    await eventually('the gateway is ready', async () => (await fetch(`${house.base}/readyz`)).status === 200);
    await house.stop();
  });
});
