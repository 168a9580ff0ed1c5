import type { EntitySchema } from 'typeorm';
import type { DataSource } from 'typeorm';
import { createTokenGate, createTokenMint, type Keyring } from '@anjie/access';
import { readRetentionDays, type ServiceName } from '@anjie/contracts';
import { startAnchoring, startAuditSealing, unsafeAuditGrants } from '../audit';
import { createAuditSeal, migrateDatabase, openDatabase, unsafeDatabaseSettings, useAuditSeal, type Migration } from '../database';
import { createBodyReader, createOutbox, createSeal, startAcks, startConsumers, startRelay, unsafeRedisSettings, type Reaction } from '../messaging';
import { askStanding, createAdmission, readStanding } from '../sessions';
import { runPeriodically, upkeepTasks } from '../upkeep';
import { createLog, loadHolidayNotices, loadRulebooks, parseUrlList, readMessageKeys, readSecretFile, readSecretFiles, type Closable, type CommonEnv, type Logger } from '../runtime';

export interface ServicePlan {
  readonly service: ServiceName;
  readonly env: CommonEnv;
  readonly tables: readonly EntitySchema<never>[];
  readonly migrations: readonly Migration[];
}

/** What both processes of a service stand on: log, database, outbox, keys. */
export async function openService({ service, env, tables, migrations }: ServicePlan) {
  const log = createLog(service, env.ANJIE_LOG_LEVEL);
  if (env.ANJIE_HOLIDAYS_FILE) loadHolidayNotices(env.ANJIE_HOLIDAYS_FILE);
  if (env.ANJIE_RULEBOOK_DIR) tellRulebooks(loadRulebooks(env.ANJIE_RULEBOOK_DIR), log);
  const db = await openDatabase({ url: env.ANJIE_DATABASE_URL, schema: service, tables, migrations, poolSize: env.ANJIE_DATABASE_POOL });
  useAuditSeal(db, createAuditSeal(readSecretFile(env.ANJIE_AUDIT_KEY_FILE), readSecretFiles(env.ANJIE_AUDIT_EARLIER_KEY_FILES)));
  const keyring = JSON.parse(readSecretFile(env.ANJIE_INTERNAL_KEYRING_FILE)) as Keyring;
  const messageKeys = readMessageKeys(env);
  const seal = createSeal(messageKeys.current, messageKeys.other);
  const mint = createTokenMint(service, readSecretFile(env.ANJIE_INTERNAL_PRIVATE_KEY_FILE));
  const urls = parseUrlList(env.ANJIE_SUBGRAPH_URLS);
  const keepsDirectory = service === 'officials' || tables.some((table) => (table as EntitySchema).options.tableName === 'known_officials');
  return {
    service,
    env,
    log,
    db,
    seal,
    outbox: createOutbox(service, seal),
    gate: createTokenGate(service, keyring),
    admit: createAdmission(keepsDirectory ? (officialId) => readStanding(db.manager, service, officialId) : askStanding({ service, urls, mint })),
    mint,
    urls,
    close: () => db.destroy(),
  };
}

function tellRulebooks({ files, warnings }: ReturnType<typeof loadRulebooks>, log: Logger): void {
  log.info({ files }, 'local time limits are loaded');
  for (const warning of warnings) log.warn(`time limits: ${warning}`);
}
export type OpenService = Awaited<ReturnType<typeof openService>>;

/**
 * Refuses to start on settings that would break a promise. On the private instances of demo and tests the same checks
 * run, but a fast test database may be less durable: there they are warnings. `others`: what the service itself found.
 */
export async function refuseUnsafeSettings(open: Safeguarded, kind: 'HTTP' | 'WORKER', others: readonly string[] = []): Promise<void> {
  const { db, env, log } = open;
  // the HTTP process needs no Redis: mutations go on while it is away
  const redis = kind === 'WORKER' ? await redisFindings(open) : [];
  const found = [...(await unsafeDatabaseSettings(db, env.ANJIE_MODE)), ...(await unsafeAuditGrants(db)), ...redis, ...others];
  if (found.length === 0) return;
  if (env.ANJIE_MODE !== 'PRODUCTION') return log.warn({ settings: found }, 'these settings would be refused in production');
  throw new Error(refusal(found));
}

interface Safeguarded {
  readonly db: DataSource;
  readonly env: CommonEnv;
  readonly log: Logger;
}

const refusal = (found: readonly string[]): string => `Refusing to start; change these settings (docs/operations.md):\n${found.map((line) => `  - ${line}`).join('\n')}`;

const REDIS_LOOK_MS = 5_000;

/** A worker starts while Redis is away, because deadlines are due all the same; what is unsafe about it is refused as soon as it answers. */
async function redisFindings({ env, log }: Safeguarded): Promise<readonly string[]> {
  try {
    return await unsafeRedisSettings(env.ANJIE_REDIS_URL);
  } catch (error) {
    log.error({ err: error }, 'Redis does not answer; deadlines are fired from the database, messages wait');
    const later = setInterval(() => void unsafeRedisSettings(env.ANJIE_REDIS_URL).then((found) => {
      clearInterval(later);
      if (found.length === 0) return log.info('Redis answers');
      log[env.ANJIE_MODE === 'PRODUCTION' ? 'fatal' : 'warn'](refusal(found));
      if (env.ANJIE_MODE === 'PRODUCTION') process.exit(1);
    }, () => undefined), REDIS_LOOK_MS);
    later.unref();
    return [];
  }
}

/** Migrates and leaves: what a deployment runs once before its processes start. */
export async function migrateService(plan: ServicePlan): Promise<readonly string[]> {
  const db = await openDatabase({ url: plan.env.ANJIE_DATABASE_URL, schema: plan.service, tables: plan.tables, migrations: plan.migrations, poolSize: 2, statementLimitS: 0 });
  try {
    return await migrateDatabase(db, plan.service);
  } finally {
    await db.destroy();
  }
}

/** Relay, acknowledgements, consumers and upkeep of a service: the half of its worker that all services share. */
export function startCouriers(open: OpenService, reactions: readonly Reaction[]): Closable[] {
  const { service, db, log, seal } = open;
  const redisUrl = open.env.ANJIE_REDIS_URL;
  const readBody = createBodyReader(open);
  return [
    startConsumers({ service, db, redisUrl, seal, readBody, reactions, log }),
    startRelay({ db, service, redisUrl, log }),
    startAcks({ db, service, redisUrl, seal, log }),
    runPeriodically({ db, log, tasks: upkeepTasks(open, readRetentionDays(open.env.ANJIE_RETENTION_DAYS)) }),
    startAuditSealing(db, { service, log }),
    ...(open.env.ANJIE_AUDIT_ANCHOR_FILE ? [startAnchoring(db, { service, file: open.env.ANJIE_AUDIT_ANCHOR_FILE, log })] : []),
  ];
}
