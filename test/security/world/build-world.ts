import { eventually } from '@anjie/testing';
import { askForData, attachPapers, complain, decideRepeats, moveOn, runImportsAndExports, type Runs } from './after-cases';
import { assistanceAtWork } from './at-work/assistance';
import { instrumentsAtWork } from './at-work/instruments';
import { officialsAtWork } from './at-work/officials';
import { oversightAtWork } from './at-work/oversight';
import { makeLedgers, type Ledgers } from './ledgers';
import { liveLives } from './lives';
import { coordinateOne, excludeSome, makeCases } from './ordinary-cases';
import type { KnownCase } from './known-cases';
import { PLACES } from './places';
import { makeSealedCases, type SealedCase } from './sealed-cases';
import type { SecuritySystem } from './security-system';

export interface World extends Ledgers, Runs {
  readonly lives: readonly KnownCase[];
  readonly cases: readonly KnownCase[];
  readonly sealed: readonly SealedCase[];
}

/** The world that everything is tried in: what offices do in a month, by whoever does it, over the API. */
export async function buildWorld(system: SecuritySystem, count: number): Promise<World> {
  const told = timer();
  await listenTo(system);
  const lives = await told('lives', liveLives(system));
  const cases = await told('cases', makeCases(system, count));
  await told('coordination', coordinateOne(system));
  await told('repeats', decideRepeats(system, cases));
  const ledgers = await told('ledgers', makeLedgers(system, cases));
  await told('papers', attachPapers(system, cases));
  await told('referrals and letters', moveOn(system));
  await told('complaints', complain(system, [...lives, ...cases]));
  await told('data requests', askForData(system, [...lives, ...cases]));
  const before = { lives, cases, ledgers };
  await told('officials at work', officialsAtWork(system, before));
  await told('assistance at work', assistanceAtWork(system, before));
  await told('instruments', instrumentsAtWork(system, before));
  await told('oversight', oversightAtWork(system, before));
  const sealed = await told('accusations', makeSealedCases(system));
  await told('exclusions', excludeSome(system, cases));
  const runs = await told('imports and exports', runImportsAndExports(system, ledgers));
  await told('the next morning', wakeUp(system));
  return { lives, cases, sealed, ...ledgers, ...runs };
}

/** Two departments and a bureau of the next county have systems of their own, which answer at once. */
async function listenTo(system: SecuritySystem): Promise<void> {
  const secrets: string[] = [];
  for (const place of ['housing', 'landReserve', 'neighbourBureau'] as const) {
    const made: unknown = await system.act('admin', 'registerWebhookEndpoint', { unitId: PLACES[place].id, url: system.receiver.url, kinds: ['CASE_ASSIGNED', 'LETTER_ISSUED', 'REFERRAL_DELIVERED'] });
    secrets.push(String((made as { secret: string }).secret));
  }
  system.receiver.trust(...secrets);
  await keepPortalClient(system);
}

/** A department's portal with a document of its own and one that it did not tell of. */
async function keepPortalClient(system: SecuritySystem): Promise<void> {
  const { client } = await system.act('admin', 'registerPortalClient', { name: '住建局门户', unitId: PLACES.housing.id, contactPost: '信息中心', scopes: ['cases:read'] });
  await system.act('admin', 'registerPortalDocuments', { clientId: client?.id, documents: ['query Own { me { id } }'] });
  await system.rows("INSERT INTO officials.portal_strays (client_id, sha256, uses, first_seen_on, last_seen_on) VALUES (?, UNHEX(SHA2('stray', 256)), 3, '2022-12-01', '2022-12-28')", [client?.id]);
}

/** Reminders of the morning and digests of the day before are there, and nothing is under way any more. */
async function wakeUp(system: SecuritySystem): Promise<void> {
  await system.moveTo('2022-12-29T09:30:00+08:00');
  const none = async (sql: string): Promise<boolean> => Number((await system.rows<{ n: string }>(sql))[0]?.n) === 0;
  const NOW = '(SELECT UTC_TIMESTAMP(3) + INTERVAL offset_seconds SECOND FROM supervision.business_clock)';
  await eventually('digests are formed', async () => !(await none('SELECT COUNT(*) AS n FROM supervision.digests')), 90_000);
  await eventually('no reminder is due', () => none(`SELECT COUNT(*) AS n FROM supervision.deadlines WHERE state = 'ARMED' AND due_at <= ${NOW}`), 90_000);
  await eventually('no notice waits for its digest', () => none(`SELECT COUNT(*) AS n FROM supervision.notifications WHERE is_waiting = 1 AND deliver_at <= ${NOW}`), 90_000);
  await eventually('no webhook is under way', () => none(`SELECT COUNT(*) AS n FROM supervision.webhook_deliveries WHERE state IN ('PENDING', 'SENDING') AND deliver_at <= ${NOW}`), 90_000);
  await eventually('exports are written', () => none("SELECT COUNT(*) AS n FROM cases.exchange_exports WHERE state NOT IN ('READY', 'FAILED')"), 90_000);
  await eventually('imports are checked', () => none("SELECT COUNT(*) AS n FROM cases.import_runs WHERE state IN ('QUEUED', 'CHECKING')"), 90_000);
  await system.settled();
}

function timer() {
  return async <Made>(what: string, made: Promise<Made>): Promise<Made> => {
    const from = Date.now();
    const done = await made;
    if (process.env['ANJIE_SECURITY_TIMES']) process.stderr.write(`${what}: ${((Date.now() - from) / 1000).toFixed(1)} s\n`);
    return done;
  };
}
