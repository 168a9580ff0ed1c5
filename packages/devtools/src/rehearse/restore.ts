import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { openSystem, reconcileNow, resend, restored, serviceNamed, type ReconciledDay } from '@anjie/ops';
import { findOrFetchClientTools } from '../local/index';
import { connect } from '../stack/index';
import { dumpSchema, logPlace, restoreSchema, type Backup, type BackupTarget, type Until } from './backup';
import { registerMany } from './petitions';
import { quiet, startPrivateSystem, type PrivateSystem } from './private-system';

const PETITIONS = { beforeBackup: 40, untilPoint: 60, afterPoint: 60 };

/** What a comparison of all services found, summed. */
export interface Compared {
  readonly missing: number;
  readonly phantom: number;
  readonly mismatched: number;
}
export interface Restored extends Compared {
  readonly restoreS: number;
  /** From the start of the service until every message was acknowledged. */
  readonly settleS: number;
  /** Messages that were sent again. */
  readonly resent: number;
  /** The receiver's effects that the restored schema lacked before its senders sent again: what this is all about. */
  readonly effectsLostAtFirst: number;
  /** The same at the end, and effects that happened twice. */
  readonly lostEffects: number;
  readonly doubledEffects: number;
}
export interface RestoreReport {
  readonly petitions: number;
  readonly messages: number;
  readonly backupS: Readonly<Record<string, number>>;
  /** The sender, to the point: what it forgot is told. */
  readonly senderToPoint: Restored;
  /** The sender, to its last commit. */
  readonly senderToEnd: Restored;
  /** The receiver, to the point, and fed again. */
  readonly receiverToPoint: Restored;
}

type Step = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
const SENDER = 'cases';
const RECEIVER = 'supervision';

/** Petitions make cases (sender), cases make obligations and deadlines (receiver). Each is restored alone while the others go on. */
export async function rehearseRestore(step: Step): Promise<RestoreReport> {
  const system = await step('starting a system with a binary log', () => startPrivateSystem({ bufferPoolMb: 256, durable: true }));
  let isWell = false;
  try {
    const report = await rehearse(system, step);
    isWell = true;
    return report;
  } finally {
    await system.stop(isWell);
  }
}

async function rehearse(system: PrivateSystem, step: Step): Promise<RestoreReport> {
  const { engines, dir, databaseUrl, stack } = system;
  const target: BackupTarget = {
    tools: await step('finding mariadb-dump and mariadb-binlog', () => findOrFetchClientTools(engines, () => undefined)),
    databaseUrl, dir, socketPath: new URL(databaseUrl).searchParams.get('socketPath') ?? '', dataDir: join(dir, 'm', 'data'),
  };
  const token = await system.tokenFor('window-clerk');
  const load = async (name: string, count: number): Promise<void> => {
    await step(`${name}: ${count} petitions`, () => registerMany(stack.url, token, count));
    await quiet(stack);
  };
  await load('before the backup', PETITIONS.beforeBackup);
  const backups = { [SENDER]: await timed(() => dumpSchema(target, SENDER)), [RECEIVER]: await timed(() => dumpSchema(target, RECEIVER)) };
  await load('after the backup', PETITIONS.untilPoint);
  // the binary log knows whole seconds
  await sleep(2_000);
  const point = new Date(Math.floor(Date.now() / 1000) * 1000);
  await sleep(2_000);
  await load('after the point', PETITIONS.afterPoint);
  const drill: Drill = { system, target, before: await effectsOf(system), step };
  const end = { place: await logPlace(databaseUrl) };
  return {
    petitions: PETITIONS.beforeBackup + PETITIONS.untilPoint + PETITIONS.afterPoint,
    messages: await numberOf(system, `SELECT ${stack.services.map((one) => `(SELECT COUNT(*) FROM ${one}.outbox_messages)`).join(' + ')} AS n`),
    backupS: { [SENDER]: backups[SENDER].s, [RECEIVER]: backups[RECEIVER].s },
    senderToPoint: await drillOne(drill, { backup: backups[SENDER].result, until: { instant: point } }),
    senderToEnd: await drillOne(drill, { backup: backups[SENDER].result, until: end }),
    receiverToPoint: await drillOne(drill, { backup: backups[RECEIVER].result, until: { instant: point }, feedAgainSince: point }),
  };
}

interface Drill {
  readonly system: PrivateSystem;
  readonly target: BackupTarget;
  readonly before: readonly string[];
  readonly step: Step;
}
interface Loss {
  readonly backup: Backup;
  readonly until: Until;
  readonly feedAgainSince?: Date;
}

/** Stops one service, restores its schema, starts it, feeds it again where it is the receiver, and compares. */
async function drillOne({ system, target, before, step }: Drill, { backup, until, feedAgainSince }: Loss): Promise<Restored> {
  const { stack, databaseUrl, redisUrl } = system;
  const names = [backup.schema, `${backup.schema}-worker`];
  const how = 'place' in until ? 'its last commit' : until.instant.toISOString();
  const restore = await timed(() => step(`restoring ${backup.schema} to ${how}`, async () => {
    await Promise.all(names.map(async (name) => stack.processes.get(name)?.stop()));
    await restoreSchema(target, backup, until);
  }));
  const lacking = async (): Promise<number> => {
    const present = new Set(await effectsOf(system));
    return before.filter((effect) => !present.has(effect)).length;
  };
  const effectsLostAtFirst = await lacking();
  const operator = await openSystem({ databaseUrlOf: () => databaseUrl, redisUrl, auditKey: readFileSync(stack.wiring.secrets.auditKeyFile, 'utf8') });
  try {
    let resent = 0;
    const settle = await timed(() => step('starting it again and waiting for every message', async () => {
      if ('instant' in until) await restored(operator, serviceNamed(backup.schema));
      await Promise.all(names.map((name) => stack.restart(name)));
      await answers(`http://127.0.0.1:${stack.wiring.ports.get(backup.schema)}/readyz`);
      if (feedAgainSince) resent = Object.values(await resend(operator, 'supervision', feedAgainSince)).reduce((sum, n) => sum + n, 0);
      await quiet(stack);
    }));
    const found = sumOf(await step('comparing', () => reconcileNow(operator, { since: new Date(Date.now() - 86_400_000) })));
    await quiet(stack);
    const after = await effectsOf(system);
    return {
      restoreS: restore.s, settleS: settle.s, resent, ...found, effectsLostAtFirst,
      lostEffects: await lacking(), doubledEffects: after.length - new Set(after).size,
    };
  } finally {
    await operator.close();
  }
}

async function answers(url: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await fetch(url).then((response) => response.ok, () => false))) {
    if (Date.now() > end) throw new Error(`${url} did not answer within a minute`);
    await sleep(100);
  }
}

const sumOf = (days: readonly ReconciledDay[]): Compared => ({
  missing: days.reduce((sum, day) => sum + day.missing, 0),
  phantom: days.reduce((sum, day) => sum + day.phantom, 0),
  mismatched: days.reduce((sum, day) => sum + day.mismatched, 0),
});

async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; s: number }> {
  const began = performance.now();
  const result = await work();
  return { result, s: Math.round((performance.now() - began) / 100) / 10 };
}

/** Obligations and their deadlines by what they are about; the same twice would be an effect that happened twice. */
async function effectsOf({ databaseUrl }: PrivateSystem): Promise<string[]> {
  const root = await connect(databaseUrl);
  try {
    const [rows] = await root.query(
      `SELECT CONCAT_WS('/', o.id, o.duty_code, o.due_on, d.kind, d.step, d.due_at) AS effect FROM supervision.obligations o
         JOIN supervision.deadlines d ON d.obligation_id = o.id ORDER BY effect`,
    );
    return (rows as { effect: string }[]).map(({ effect }) => effect);
  } finally {
    await root.end();
  }
}

async function numberOf({ databaseUrl }: PrivateSystem, text: string): Promise<number> {
  const root = await connect(databaseUrl);
  try {
    const [rows] = await root.query(text);
    return Number((rows as { n: number }[])[0]?.n ?? 0);
  } finally {
    await root.end();
  }
}
