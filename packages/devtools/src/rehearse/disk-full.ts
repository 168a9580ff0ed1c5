import { rmSync } from 'node:fs';
import { connect } from '../stack/index';
import type { FullStorage } from './full-storage';
import { registerPetition, type Registered } from './petitions';
import { quiet, startPrivateSystem, type PrivateSystem } from './private-system';


export interface DiskFullReport {
  /** Answers to mutations while there was no room, by code. */
  readonly answers: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  /** Rows that a refused mutation left behind; must be 0. */
  readonly leftBehind: number;
  readonly isReadable: boolean;
  /** Repeated with the same keys after room was made, until there was an answer: by code. */
  readonly repeated: Readonly<Record<string, number>>;
  readonly duplicates: number;
  readonly settledAfterMs: number;
  readonly deadLetters: number;
  readonly endedProcesses: readonly string[];
}

type Step = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

/** The storage is filled, petitions are registered, room is made, and they are registered again under the same keys. */
export async function rehearseDiskFull(storage: FullStorage, step: Step): Promise<DiskFullReport> {
  const system = await step(`starting a system for ${storage.name}`, () => startPrivateSystem(storage.mariadb, storage.prepare));
  let isWell = false;
  try {
    const token = await system.tokenFor('window-clerk');
    await registerPetition(system.stack.url, token);
    await step('filling it', () => storage.fill(system));
    const tries: Registered[] = [];
    await step(`registering ${storage.tries} petitions`, async () => {
      for (let i = 0; i < storage.tries; i += 1) tries.push(await registerPetition(system.stack.url, token));
    });
    const refused = tries.filter(({ code }) => code !== 'OK');
    const leftBehind = await rowsOf(system, refused.map(({ key }) => key));
    const isReadable = await canRead(system);
    const made = performance.now();
    await step('making room', () => storage.makeRoom(system));
    const again: Registered[] = [];
    await step('registering them again under the same keys', async () => {
      for (const { key } of tries) again.push(await untilAnswered(() => registerPetition(system.stack.url, token, key)));
    });
    await step('waiting for every message', () => quiet(system.stack));
    const report = {
      answers: countBy(tries), slowestMs: Math.max(...tries.map(({ ms }) => ms)), leftBehind, isReadable, repeated: countBy(again),
      duplicates: (await petitions(system)) - storage.tries - 1, settledAfterMs: performance.now() - made, deadLetters: await deadLetters(system),
      endedProcesses: [...system.stack.processes.values()].filter((child) => !child.running()).map(({ name }) => name),
    };
    isWell = true;
    return report;
  } finally {
    await system.stop(false);
    storage.forget(system.dir);
    if (isWell) rmSync(system.dir, { recursive: true, force: true });
  }
}

/** MariaDB looks once a minute whether there is room for its binary log again. */
const RECOVERY_MS = 90_000;

async function untilAnswered(ask: () => Promise<Registered>): Promise<Registered> {
  const end = Date.now() + RECOVERY_MS;
  for (;;) {
    const answer = await ask();
    if ((answer.code !== 'TIMEOUT' && answer.code !== 'SERVICE_UNAVAILABLE') || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const countBy = (tries: readonly Registered[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { code } of tries) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

async function numberFrom({ databaseUrl }: PrivateSystem, text: string, params: readonly unknown[] = []): Promise<number> {
  const root = await connect(databaseUrl);
  try {
    const [rows] = await root.query(text, params as unknown[]);
    return Number((rows as { n: number }[])[0]?.n ?? 0);
  } finally {
    await root.end();
  }
}

/** Of refused mutations: no key, and with it no fact, no audit, no message, because all of them are one transaction. */
const rowsOf = async (system: PrivateSystem, keys: readonly string[]): Promise<number> =>
  keys.length === 0 ? 0 : numberFrom(
    system,
    `SELECT (SELECT COUNT(*) FROM cases.idempotency_keys WHERE idempotency_key IN (?))
          + (SELECT COUNT(*) FROM cases.petitions) - (SELECT COUNT(*) FROM cases.idempotency_keys WHERE operation = 'registerPetition') AS n`,
    [keys.map((key) => Buffer.from(key))],
  );
const petitions = (system: PrivateSystem): Promise<number> => numberFrom(system, 'SELECT COUNT(*) AS n FROM cases.petitions');
const deadLetters = (system: PrivateSystem): Promise<number> =>
  numberFrom(system, `SELECT ${system.stack.services.map((service) => `(SELECT COUNT(*) FROM ${service}.dead_letters)`).join(' + ')} AS n`);

const canRead = (system: PrivateSystem): Promise<boolean> =>
  system.client.ask<{ cases: unknown }>('window-clerk', '{ cases(first: 5) { totalCount } }').then(() => true, () => false);
