import { kitMigrations, kitTables } from '@anjie/service-kit/database';
import { caseScopeMigrations, caseScopeTables } from '@anjie/service-kit/facts';
import { divisionTable } from './divisions/division.table';
import { createDivisions } from './migrations/1767225700000-create-divisions';

export const tables = [...kitTables, ...caseScopeTables, divisionTable as never];
export const migrations = [...kitMigrations, ...caseScopeMigrations, createDivisions];
