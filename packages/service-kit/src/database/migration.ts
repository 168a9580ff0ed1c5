import type { MigrationInterface, QueryRunner } from 'typeorm';

export type Migration = (new () => MigrationInterface) & { readonly migrationName: string };

/**
 * One DDL statement up, one down: MariaDB commits at each DDL statement, so two in one migration could stop half way.
 * `name` is `<VerbWhat><13-digit ms>` as TypeORM wants it.
 */
export function migration(name: string, up: string, down: string): Migration {
  return class {
    static readonly migrationName = name;
    readonly name = name;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(up);
    }
    async down(runner: QueryRunner): Promise<void> {
      await runner.query(down);
    }
  };
}

/** Options that every table shares. */
export const TABLE_OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci';

/** A table of the service, with a migration that makes and drops it. */
export const createTable = (name: string, table: string, columns: string): Migration =>
  migration(name, `CREATE TABLE ${table} (${columns}) ${TABLE_OPTIONS}`, `DROP TABLE ${table}`);
