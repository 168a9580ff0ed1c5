import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@anjie/devtools';
import { outcomeOf } from '../outcome';
import type { Group, Row } from './attack';
import { GOOD } from './documents';
import { SUBGRAPHS } from './federation';
import { petition, PETITIONER, register, SECRET } from './fill-world';
import { claimsOf } from './people';
import { logsOf } from './injection';
import type { World } from './world';

/** What a process of a service may do with its own database user. */
async function asProcess(world: World, statements: readonly string[]): Promise<string[]> {
  const url = new URL(world.system.engines.databaseUrl);
  const told: string[] = [];
  for (const user of ['cases_web', 'cases_jobs']) {
    url.username = user;
    const connection = await connect(url.toString(), 'cases');
    try {
      for (const sql of statements) told.push(await connection.query(sql).then(() => `${user} may ${sql}`, (error: { code?: string }) => (/ACCESS_DENIED|SPECIFIC_ACCESS|NEED_SUPER/.test(String(error.code)) ? 'denied' : `${error.code} for ${sql}`)));
    } finally {
      await connection.end();
    }
  }
  return told;
}
const ON_AUDIT = [
  'UPDATE audit_entries SET actor = actor', 'DELETE FROM audit_entries', 'TRUNCATE TABLE audit_entries', 'DROP TABLE audit_entries', 'ALTER TABLE audit_entries ADD COLUMN x int', 'DELETE FROM audit_links', 'UPDATE audit_links SET entry_id = entry_id', 'DELETE FROM audit_chains',
  'CREATE TRIGGER x BEFORE INSERT ON audit_entries FOR EACH ROW SET NEW.actor = 1', 'REPLACE INTO audit_entries SELECT * FROM audit_entries LIMIT 1', "UPDATE business_clock SET offset_seconds = 1", 'SELECT * FROM officials.officials', 'SELECT * FROM mysql.user', 'CREATE USER evil@localhost', "SELECT 1 INTO OUTFILE '/x'",
];

/** Runs something while nothing can be audited, as with a full disk. */
async function withoutAudit<Result>(world: World, work: () => Promise<Result>): Promise<Result> {
  await world.system.rows("CREATE TRIGGER cases.attack_no_audit BEFORE INSERT ON cases.audit_entries FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no room'");
  try {
    return await work();
  } finally {
    await world.system.rows('DROP TRIGGER cases.attack_no_audit');
  }
}
const unaudited = (world: World): Promise<string[]> => withoutAudit(world, async () => Promise.all([
  world.act('clerk', 'registerPetition', petition()).then(outcomeOf), world.act('clerk', 'revealPetitioner', { petitionId: world.known.open.petitionId, ref: world.known.open.ref, reason: '核对信访人身份信息' }, 'name').then(outcomeOf),
  world.act('housing', 'createAttachmentLink', { attachmentId: world.known.open.attachmentId }, 'path').then(outcomeOf), world.act('office', 'excludeFromCase', { caseId: world.known.open.caseId, unitId: claimsOf.sibling.unit, reason: '信访人反映其涉及此事' }).then(outcomeOf),
]));

const logBytes = (world: World): number => {
  const dir = world.system.stack.logsDir;
  return readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
};
/** Refused requests in numbers: what one of them leaves in the logs. */
async function flood(world: World): Promise<string> {
  const before = logBytes(world);
  const COUNT = 1_000;
  const shapes = [{ query: '{ nothing }' }, { query: `{ ${'a '.repeat(3_000)} }` }, { query: 'not graphql' }, { query: '{ case(id: "x") { id } }' }];
  for (let n = 0; n < COUNT; n += 50) await Promise.all(Array.from({ length: 50 }, (_none, at) => world.send({ url: `${world.front().url}/graphql`, body: JSON.stringify(shapes[(n + at) % shapes.length]), headers: { authorization: at % 2 ? 'Bearer a.b.c' : `Bearer ${world.tokenOf('office')}` } })));
  const each = (logBytes(world) - before) / COUNT;
  return each < 200 ? 'less than 200 bytes each' : `${Math.round(each)} bytes each`;
}

/** Secrets of people and of the system, in what the processes wrote. */
function secretsIn(world: World): string[] {
  const keys = world.system.stack.wiring.secrets;
  const material = [keys.messageKeyFile, keys.auditKeyFile, keys.privateKeyFile('gateway'), keys.privateKeyFile('cases')].map((file) => readFileSync(file, 'utf8').trim());
  const words = [PETITIONER.name, PETITIONER.idNumber, PETITIONER.phone, SECRET.name, SECRET.idNumber, SECRET.phone, SECRET.title, SECRET.content, world.known.open.receipt.secret, ...(['office', 'clerk', 'housing'] as const).map((who) => world.tokenOf(who)), ...material];
  const found = logsOf(world).filter((line) => words.some((word) => line.includes(word)));
  return found.length === 0 ? ['nothing of anybody'] : found.map((line) => line.slice(0, 200));
}

/** What is written down of work with all of it: a reading of identity, a sealed case, a refusal, a token that is none. */
async function afterSomeWork(world: World): Promise<string[]> {
  await world.done('clerk', 'revealPetitioner', { petitionId: world.known.open.petitionId, ref: world.known.open.ref, reason: '核对信访人身份信息' });
  await world.data('discipline', TITLE, { id: world.known.sealed.caseId });
  await register(world, { petitioners: [PETITIONER] });
  await Promise.all([world.act('clerk', 'registerPetition', petition({ title: '', petitioners: [PETITIONER] })), world.ask('office', GOOD, {}, { headers: { authorization: `Bearer ${world.tokenOf('office')}x` } })]);
  return secretsIn(world);
}

const health = async (world: World): Promise<string[]> => {
  const doors = [world.front().url, ...SUBGRAPHS.map((name) => `http://127.0.0.1:${world.portOf(name)}`)];
  const bodies = await Promise.all(doors.flatMap((url) => ['/livez', '/readyz', '/livez?verbose=1', '/readyz?full'].map((path) => world.send({ url: `${url}${path}`, method: 'GET' }))));
  const others = await Promise.all(doors.flatMap((url) => ['/metrics', '/health', '/debug', '/env', '/.env', '/server-status', '/actuator', '/internal/standings', '/'].map((path) => world.send({ url: `${url}${path}`, method: 'GET' }))));
  return [...bodies.map(({ status, text, headers }) => (status === 200 && text === '{"status":"ok"}' ? 'one word' : outcomeOf({ status, text, headers }))), ...others.map(outcomeOf)];
};

const audit = 'packages/service-kit/test/verify-audit.test.ts';
const AUDITED = '{ auditOfCases(first: 1) { nodes { id } } }';
const TITLE = 'query ($id: ID!) { case(id: $id) { id title petitions { nodes { title petitioners { maskedName } } } } petition: petitions(first: 5) { totalCount nodes { id } } }';
const ROWS: readonly Row[] = [
  { number: 149, name: 'entries changed, deleted, put in, reordered, chains forked', provenBy: { file: audit, title: '1,000 tamperings of 20 kinds: every one is found' } },
  { number: 150, name: 'the audit changed with the database user of a process', expected: 'denied', attack: (w) => asProcess(w, ON_AUDIT), honest: (w) => asProcess(w, ['SELECT COUNT(*) FROM audit_entries', 'INSERT INTO audit_entries SELECT * FROM audit_entries WHERE FALSE', 'SELECT COUNT(*) FROM petitions']).then((told) => told.every((one) => one.includes(' may ')) || Promise.reject(new Error(told.join()))) },
  { number: 151, name: 'an administrator, a developer and an auditor read a petition', expected: ['nothing', 'FORBIDDEN'], attack: (w) => Promise.all((['admin', 'developer', 'auditor'] as const).map(async (who) => outcomeOf(await w.ask(who, TITLE, { id: w.known.open.caseId })))), honest: (w) => w.data('office', TITLE, { id: w.known.open.caseId }) },
  {
    number: 151, name: 'whoever is no auditor reads the audit; an auditor acts', expected: 'FORBIDDEN', honest: (w) => w.data('auditor', AUDITED),
    attack: async (w) => [
      ...(await Promise.all((['office', 'admin', 'developer', 'housing', 'clerk', 'province'] as const).flatMap((who) => ['Cases', 'Officials', 'Supervision', 'Assistance'].map(async (name) => outcomeOf(await w.ask(who, AUDITED.replace('Cases', name))))))),
      outcomeOf(await w.act('auditor', 'registerPetition', petition())), outcomeOf(await w.act('auditor', 'revealPetitioner', { petitionId: w.known.open.petitionId, ref: w.known.open.ref, reason: '核对信访人身份信息' })),
    ],
  },
  { number: 152, name: 'an old backup put back', provenBy: { file: audit, title: 'a tail that was cut off with its links and its head is seen by the anchor, and only by it' } },
  { number: 153, name: 'a clock that was set back', provenBy: { file: 'test/faults/promises/poison-and-clocks.test.ts', title: 'R20: clocks a minute and two days wrong: nothing is early' } },
  { number: 154, name: 'no room for the audit: no audit, no effect', expected: ['INTERNAL', 'SERVICE_UNAVAILABLE'], attack: unaudited, honest: (w) => register(w) },
  { number: 155, name: 'a flood of requests to fill the logs', expected: 'less than 200 bytes each', attack: flood, honest: (w) => w.data('office', GOOD) },
  { number: 156, name: 'identity, sealed words, tokens and keys in the logs', expected: 'nothing of anybody', mayChange: true, attack: afterSomeWork, honest: async (w) => logsOf(w).length > 0 || Promise.reject(new Error('there are no logs')) },
  { number: 157, name: 'the environment by way of an error', expected: ['INTERNAL', 'SERVICE_UNAVAILABLE', 'NOT_FOUND', 'BAD_USER_INPUT'], attack: async (w) => [...(await unaudited(w)), ...(await Promise.all(['/files/cases/%E0%A4%A', '/%', '/graphql%00', '/files/%2e%2e/x', '//', '/\\x'].map(async (path) => outcomeOf(await w.send({ url: `${w.front().url}${path}`, method: 'GET' }).catch(() => w.send({ url: `${w.front().url}/nothing`, method: 'GET' }))))))], honest: (w) => w.data('office', GOOD) },
  { number: 158, name: 'details at the doors of health', expected: ['one word', 'NOT_FOUND', 'UNAUTHENTICATED'], attack: health, honest: (w) => w.data('office', GOOD) },
];

export const AUDIT_ATTACKS: Group = { letter: 'J', from: 149, to: 158, rows: ROWS };
