import type { DataSource } from 'typeorm';
import { SERVICES, type ServiceName } from '@anjie/contracts';
import { createAuditSeal, openDatabase, useAuditSeal } from '@anjie/service-kit/database';
import type { KeyFiles } from './key-files';

/** All schemas of a system and its Redis, as an operator sees them. */
export interface System {
  readonly services: readonly ServiceName[];
  readonly redisUrl: string;
  db(service: ServiceName): DataSource;
  /** The key-encryption keys of identity data, read when a command needs them. */
  keyFiles?(): KeyFiles;
  /** As the services have it. */
  readonly retentionDays?: string | undefined;
  close(): Promise<void>;
}

export interface SystemAddress {
  readonly databaseUrlOf: (service: ServiceName) => string;
  readonly redisUrl: string;
  /** Base64; without it nothing can be done that is audited. */
  readonly auditKey?: string | undefined;
  readonly earlierAuditKeys?: readonly string[] | undefined;
  readonly keyFiles?: (() => KeyFiles) | undefined;
  readonly retentionDays?: string | undefined;
  /** Tests have a schema of their own for each service. */
  readonly schemaOf?: (service: ServiceName) => string;
}

export async function openSystem({ databaseUrlOf, redisUrl, auditKey, earlierAuditKeys, keyFiles, retentionDays, schemaOf = (service) => service }: SystemAddress): Promise<System> {
  const opened = await Promise.all(
    SERVICES.map(async (service) => [service, await openDatabase({ url: databaseUrlOf(service), schema: schemaOf(service), tables: [], migrations: [], poolSize: 2 })] as const),
  );
  if (auditKey !== undefined) for (const [, db] of opened) useAuditSeal(db, createAuditSeal(auditKey, earlierAuditKeys));
  const databases = new Map(opened);
  return {
    services: SERVICES,
    redisUrl,
    ...(keyFiles ? { keyFiles } : {}),
    retentionDays,
    db(service) {
      const db = databases.get(service);
      if (!db) throw new Error(`there is no service ${service}`);
      return db;
    },
    close: async () => void (await Promise.all(opened.map(([, db]) => db.destroy()))),
  };
}

/** @throws Error naming the services there are */
export function serviceNamed(name: string): ServiceName {
  const found = SERVICES.find((service) => service === name);
  if (!found) throw new Error(`There is no service "${name}". Known: ${SERVICES.join(', ')}.`);
  return found;
}
