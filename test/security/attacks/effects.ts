import type { LocalSystem } from '../../faults/harness/probes';

/** What the system writes of its own accord, or about those who ask; everything else in the databases is an effect. */
const OWN = /^(migrations|audit_\w+|inbox_messages|ack_messages|dead_letters|upkeep\w*|periodic\w*|alarm_epoch|deadline_checks|reconcil\w+|readings?|readers|access_attempts|query_attempts|business_clock|portal_strays|portal_keys|known_messages|webhook_attempts|webhook_deliveries|deliveries|digests|figure_\w+|counted_figures|signature_runs)$/;

interface Table {
  readonly name: string;
  readonly hasVersion: number | string;
}
/** By table how many rows it holds, and the sum of their versions. */
export type Effects = Readonly<Record<string, string>>;

export function createEffectCounter(system: LocalSystem): () => Promise<Effects> {
  let statement: string | undefined;
  const write = async (): Promise<string> => {
    const tables = await system.rows<Table>(
      `SELECT CONCAT(t.table_schema, '.', t.table_name) AS name, (SELECT COUNT(*) FROM information_schema.columns c
         WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.column_name = 'version') AS hasVersion
         FROM information_schema.tables t WHERE t.table_schema IN (?) AND t.table_type = 'BASE TABLE'`, [system.stack.services]);
    const wanted = tables.filter(({ name }) => !OWN.test(name.split('.')[1] ?? ''));
    return wanted.map(({ name, hasVersion }) => `SELECT '${name}' AS name, CONCAT(COUNT(*), ' rows', ${Number(hasVersion) > 0 ? "' of versions ', COALESCE(SUM(version), 0)" : "''"}) AS fact FROM ${name}`).join(' UNION ALL ');
  };
  return async () => {
    statement ??= await write();
    return Object.fromEntries((await system.rows<{ name: string; fact: string }>(statement)).map(({ name, fact }) => [name, fact]));
  };
}

export const differences = (before: Effects, after: Effects): string[] =>
  Object.keys(after).filter((name) => before[name] !== after[name]).map((name) => `${name}: ${before[name]} became ${after[name]}`);
