import type { DataSource } from 'typeorm';

/** Brings the schema up to date; a named lock keeps two starters from doing it at once. Answers the names applied. */
export async function migrateDatabase(db: DataSource, schema: string): Promise<readonly string[]> {
  const holder = db.createQueryRunner();
  try {
    const [lock] = (await holder.query('SELECT GET_LOCK(?, 60) AS held', [`anjie-migrate-${schema}`])) as { held: number | string | null }[];
    if (Number(lock?.held) !== 1) throw new Error(`another process has been migrating ${schema} for a minute; try again`);
    const applied = await db.runMigrations({ transaction: 'each' });
    return applied.map((m) => m.name);
  } finally {
    await holder.query('SELECT RELEASE_LOCK(?)', [`anjie-migrate-${schema}`]).catch(() => undefined);
    await holder.release();
  }
}
