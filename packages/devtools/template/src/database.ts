import type { EntitySchema } from 'typeorm';
import { kitMigrations, kitTables } from '@anjie/service-kit/database';
import { entryTable } from './entries/entry.table';
import { createSampleEntries } from './migrations/1767225600000-create-sample-entries';

const ownTables = [entryTable] as unknown as readonly EntitySchema<never>[];

export const tables = [...kitTables, ...ownTables];
export const migrations = [
  ...kitMigrations,
  createSampleEntries,
];
