import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { checkoutPaths, makeTestFolder, connect, findOrFetchEngines, migratedData, openDevIssuer, setBusinessNow, startMariadb, startRedis, startStack, type CheckoutPaths } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import { request } from 'undici';
import { key, settled, type Answer } from './system';

/** The day on which these worlds live; fixed, so that due dates do not depend on the day of the run. */
const TODAY = '2022-09-26';
const DISTRICT = '640104';

const unit = (code: string, name: string, kind: string) => ({ id: randomUUID(), code, name, kind, divisionCode: DISTRICT, validFrom: '2020-01-01' });
const UNITS = {
  hall: unit('XQ-JDT', '兴庆区群众来访接待大厅', 'PETITION_OFFICE'),
  office: unit('XQ-XLB', '兴庆区信访联席办', 'JOINT_OFFICE'),
  housing: unit('XQ-ZJJ', '兴庆区住房和城乡建设局', 'DEPARTMENT'),
  civilAffairs: unit('XQ-MZJ', '兴庆区民政局', 'DEPARTMENT'),
};
type Place = keyof typeof UNITS;

const person = (place: Place, role: string) => ({ sub: randomUUID(), unit: UNITS[place].id, place, division: DISTRICT, roles: [role], locale: 'zh-CN' });
const PEOPLE = {
  admin: person('office', 'ADMIN'),
  clerk: person('hall', 'WINDOW_CLERK'),
  office: person('office', 'JOINT_OFFICE'),
  housing: person('housing', 'UNIT_HANDLER'),
  civilAffairs: person('civilAffairs', 'UNIT_HANDLER'),
};
export type Person = keyof typeof PEOPLE;
const claimsOf = (name: Person): Record<string, unknown> => {
  const { place: _place, ...claims } = PEOPLE[name];
  return claims;
};
export const units = UNITS;
export const people = PEOPLE;

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** Engines whose processes the test may kill and start again on the same folders. */
async function startEngines(dir: string, paths: CheckoutPaths) {
  const engines = await findOrFetchEngines({ cacheDir: paths.cacheDir, log: () => undefined });
  const data = await migratedData(engines, paths, paths.root);
  const mariadb = () => startMariadb(engines, { dir: join(dir, 'm'), data, bufferPoolMb: 256, durable: true });
  const redis = () => startRedis(engines, { dir: join(dir, 'r') });
  const [first, second] = await Promise.all([mariadb(), redis()]);
  const running = { mariadb: first, redis: second };
  return {
    databaseUrl: `mysql://root@localhost?socketPath=${first.socketPath}`,
    redisUrl: `unix://${second.socketPath}`,
    running,
    restartMariadb: async () => void (running.mariadb = await mariadb()),
    restartRedis: async () => void (running.redis = await redis()),
    stop: async () => void (await Promise.all([running.mariadb.stop(), running.redis.stop()])),
  };
}

/** A whole system of the test's own, which may be broken without breaking the one that the journeys share. */
export async function startOwnSystem({ env = {} }: { readonly env?: NodeJS.ProcessEnv } = {}) {
  const paths = checkoutPaths(__dirname);
  const dir = makeTestFolder(paths, 'own');
  const engines = await startEngines(dir, paths);
  const { databaseUrl, redisUrl } = engines;
  const issuer = await openDevIssuer(join(dir, 'issuer.pem'));
  const stack = await startStack({ root: paths.root, dir: join(dir, 'system'), mode: 'TEST', databaseUrl, redisUrl, isPrivate: true, isMigrated: true, jwksFile: issuer.jwksFile, logLevel: 'info', env })
    .catch(async (error: unknown) => (await engines.stop(), Promise.reject(error as Error)));
  const tokens = new Map<Person, string>();
  for (const name of Object.keys(PEOPLE) as Person[]) tokens.set(name, await issuer.tokenFor(claimsOf(name)));
  const tokenOf = (name: Person): string => tokens.get(name) ?? '';
  /** The answer as it came over the wire. */
  const send = async (name: Person, body: unknown): Promise<RawAnswer> => {
    const answer = await request(`${stack.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(name)}` }, body: JSON.stringify(body) });
    return { status: answer.statusCode, text: await answer.body.text() };
  };
  const ask = async <Data = Record<string, unknown>>(name: Person, query: string, variables: object = {}): Promise<Answer<Data>> => {
    const { status, text } = await send(name, { query, variables });
    return { status, ...(JSON.parse(text) as object) } as Answer<Data>;
  };
  const query = async <Data = Record<string, unknown>>(name: Person, text: string, variables: object = {}): Promise<Data> => {
    const answer = await ask<Data>(name, text, variables);
    if (answer.errors || !answer.data) throw new Error(`${name}: ${JSON.stringify(answer, null, 2)}\nto ${text}\nwith ${JSON.stringify(variables)}`);
    return answer.data;
  };
  const rows = async <Row>(sql: string, params: unknown[] = []): Promise<Row[]> => {
    const root = await connect(databaseUrl);
    try {
      const [found] = await root.query(sql, params);
      return found as Row[];
    } finally {
      await root.end();
    }
  };
  const facts = { url: stack.url, databaseUrl, redisUrl, services: stack.services, issuerKey: join(dir, 'issuer.pem'), logsDir: stack.logsDir, pids: {} };
  const system = {
    url: stack.url, stack, engines, tokenOf, send, ask, query, rows,
    /** Somebody with other claims than the people of this world. */
    tokenFor: (name: Person, more: object) => issuer.tokenFor({ ...claimsOf(name), ...more }),
    /** A token for somebody of the test's own. */
    tokenOfStranger: (claims: Readonly<Record<string, unknown>>) => issuer.tokenFor(claims),
    root: () => connect(databaseUrl),
    redis: (...command: string[]) => askRedis(engines.running.redis.socketPath, command),
    settled: () => settled(facts),
    processOf: (name: string) => {
      const found = stack.processes.get(name);
      if (!found) throw new Error(`no process ${name}`);
      return found;
    },
    /** Waits until a restarted HTTP process answers. */
    ready: (name = 'gateway') => eventually(`${name} is ready`, async () => {
      const { statusCode, body } = await request(`http://127.0.0.1:${stack.wiring.ports.get(name)}/readyz`).catch(() => ({ statusCode: 0, body: undefined }));
      await body?.dump();
      return statusCode === 200;
    }),
    async stop() {
      await stack.stop();
      await engines.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  await setBusinessNow(databaseUrl, stack.services, new Date(`${TODAY}T09:00:00+08:00`));
  await fillDirectory(system).catch(async (error: unknown) => (await system.stop(), Promise.reject(error as Error)));
  return system;
}
export type OwnSystem = Awaited<ReturnType<typeof startOwnSystem>>;

async function fillDirectory({ query, settled: arrived }: Pick<OwnSystem, 'query' | 'settled'>): Promise<void> {
  const put = (name: string, rows: object[]) =>
    query('admin', `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { put: ${name}(input: $input) { ... on PutDirectoryPayload { created } ... on DirectoryRefusal { code message } } }`, { input: { idempotencyKey: key(), rows } })
      .then((answer) => expect(answer).toEqual({ put: { created: rows.length } }));
  await put('putDivisions', [{ code: '640000', name: '宁夏回族自治区' }, { code: '640100', name: '银川市', parentCode: '640000' }, { code: DISTRICT, name: '兴庆区', parentCode: '640100' }]);
  await put('putUnits', Object.values(UNITS));
  await put('putOfficials', Object.entries(PEOPLE).map(([name, { sub, place }]) => ({ id: sub, staffNo: `E2E-${name}`, name: `马某${name}`, unitCode: UNITS[place].code, title: '工作人员', startedOn: '2020-01-01' })));
  await arrived();
}

/** One command to Redis and its raw reply: `:1`, `+OK`, `$5…`. */
function askRedis(socketPath: string, command: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket(socketPath);
    socket.once('error', reject);
    socket.once('data', (reply) => {
      socket.destroy();
      resolve(reply.toString('utf8').trim());
    });
    socket.write(`*${command.length}\r\n${command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`);
  });
}

export const REGISTER = `mutation ($input: RegisterPetitionInput!) { registerPetition(input: $input) {
  ... on RegisterPetitionPayload { petition { id number } case { id number version } } ... on PetitionRefusal { code message } } }`;
const ASSIGN = 'mutation ($input: AssignCaseInput!) { assignCase(input: $input) { ... on AssignCasePayload { assignment { id } } ... on ResponsibilityRefusal { code message } } }';
export const SEND_REFERRAL = 'mutation ($input: SendReferralInput!) { sendReferral(input: $input) { ... on ReferralPayload { referral { id state } } ... on ReferralRefusal { code message } } }';

export const petition = (more: object = {}) => ({
  idempotencyKey: key(), channel: 'LETTER', purpose: 'CLAIM', petitionedOn: TODAY, divisionCode: DISTRICT, title: '安置房办证问题', summary: '反映安置房交付多年未办理不动产权证。', petitioners: [{ name: '白某某' }], ...more,
});

export interface Registered {
  readonly petition: { readonly id: string; readonly number: string };
  readonly case: { readonly id: string; readonly number: string; readonly version: number };
}
export const register = async ({ query }: Pick<OwnSystem, 'query'>, more: object = {}): Promise<Registered> => {
  const { registerPetition } = await query<{ registerPetition: Registered }>('clerk', REGISTER, { input: petition(more) });
  expect(registerPetition).toMatchObject({ case: { id: expect.any(String) as string } });
  return registerPetition;
};

/** A case that the housing bureau leads, known in all services. */
export async function housingCase(system: OwnSystem): Promise<string> {
  const { case: { id, version } } = await register(system);
  const input = { idempotencyKey: key(), caseId: id, expectedVersion: version, kind: 'ASSIGN', leadUnitId: UNITS.housing.id, limitOn: '2022-12-20' };
  expect(await system.query('office', ASSIGN, { input })).toMatchObject({ assignCase: { assignment: {} } });
  await system.settled();
  return id;
}

export const referralInput = (caseId: string) => ({ idempotencyKey: key(), caseId, toUnitId: UNITS.civilAffairs.id, purpose: 'RELIEF', request: '该户生活困难，请核查并依法给予临时救助。' });

/** Sends a referral from housing to civil affairs; acknowledged, so it must never be lost. */
export async function sendReferral({ query }: Pick<OwnSystem, 'query'>, caseId: string): Promise<string> {
  const { sendReferral: sent } = await query<{ sendReferral: { referral?: { id: string; state: string } } }>('housing', SEND_REFERRAL, { input: referralInput(caseId) });
  expect(sent).toMatchObject({ referral: { state: 'SENT' } });
  return String(sent.referral?.id);
}

/** The receiving department sees the referral. */
export const delivered = ({ query }: Pick<OwnSystem, 'query'>, id: string, timeoutMs = 20_000): Promise<true> =>
  eventually(`referral ${id} is delivered`, async () => {
    const { referral } = await query<{ referral: { state: string } | null }>('civilAffairs', 'query ($id: ID!) { referral(id: $id) { state } }', { id });
    return referral?.state === 'DELIVERED' || undefined;
  }, timeoutMs);

/** Receipt, delivery, message and the duty that follows from it: each is there once, and nothing was put aside. */
export async function expectArrivedOnce(system: OwnSystem, referralId: string): Promise<void> {
  await system.settled();
  const one = async (sql: string) => (await system.rows<{ fact: string }>(sql, [referralId])).map(({ fact }) => fact);
  expect(await one('SELECT to_unit_id AS fact FROM assistance.referral_receipts WHERE referral_id = ?')).toEqual([UNITS.civilAffairs.id]);
  expect(await one('SELECT to_state AS fact FROM assistance.referral_events WHERE referral_id = ? ORDER BY seq')).toEqual(['SENT', 'DELIVERED']);
  expect(await one("SELECT state AS fact FROM assistance.outbox_messages WHERE topic = 'referral-sent' AND aggregate_id = ?")).toEqual(['ACKED']);
  expect(await one("SELECT result AS fact FROM assistance.inbox_messages WHERE topic = 'referral-sent' AND aggregate_id = ?")).toEqual(['APPLIED']);
  expect(await one("SELECT state AS fact FROM supervision.obligations WHERE duty_code = 'REFERRAL_SIGN' AND subject_id = ?")).toEqual(['OPEN']);
  expect(await system.rows('SELECT reason FROM assistance.dead_letters UNION ALL SELECT reason FROM supervision.dead_letters UNION ALL SELECT reason FROM cases.dead_letters')).toEqual([]);
}

const held = new Set<() => Promise<void>>();
/** For `afterEach`: a failed test must not leave its lock to the next one. */
export const releaseLocks = async (): Promise<void> => void (await Promise.all([...held].map((release) => release())));

/**
 * Holds every place of a table where a row could be inserted, from a connection of the test's own: whoever inserts
 * there waits, provably and in an open transaction, until `release` or the server's lock timeout (5 s, then it tries again).
 */
export async function holdInserts(system: OwnSystem, table: string) {
  const root = await system.root();
  await root.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  await root.beginTransaction();
  await root.query(`SELECT * FROM ${table} FOR UPDATE`);
  const release = async (): Promise<void> => {
    if (held.delete(release)) await root.end(); // the server rolls back
  };
  held.add(release);
  const [service = ''] = table.split('.');
  // not information_schema.innodb_trx: its cache is never renewed while somebody reads it more often than every 100 ms
  const transactions = async (kind: 'web' | 'jobs', state: string): Promise<number> => {
    const [status] = await system.rows<{ Status: string }>('SHOW ENGINE INNODB STATUS');
    return (status?.Status ?? '').split('---TRANSACTION ').filter((part) => part.includes(state) && part.includes(` ${service}_${kind} `)).length;
  };
  return {
    waiting: (kind: 'web' | 'jobs') => eventually(`a transaction of ${service} waits for the lock`, async () => (await transactions(kind, 'LOCK WAIT')) > 0),
    gone: (kind: 'web' | 'jobs') => eventually(`no transaction of ${service} is open`, async () => (await transactions(kind, 'ACTIVE')) === 0),
    release,
  };
}
