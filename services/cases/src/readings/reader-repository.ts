import { select, write, type Sql } from '@anjie/service-kit/database';

/** Until commit nobody else counts this reader's readings: two at the same moment cannot both be the last one allowed. */
export const holdReader = (tx: Sql, reader: string): Promise<number> =>
  write(tx, 'INSERT INTO readers (reader) VALUES (?) ON DUPLICATE KEY UPDATE reader = VALUES(reader)', [reader]);

/** Readings of a kind that somebody made within the last hour, the reader held. */
export async function readingsWithinHour(tx: Sql, reader: string, action: 'IDENTITY_READ' | 'DOCUMENT_READ'): Promise<number> {
  await holdReader(tx, reader);
  const [row] = await select<{ n: string }>(
    tx, 'SELECT COUNT(*) AS n FROM audit_entries WHERE actor = ? AND action = ? AND recorded_at > UTC_TIMESTAMP(3) - INTERVAL 1 HOUR', [reader, action],
  );
  return Number(row?.n ?? 0);
}

/** Acts that show identity data or sealed words to an official. */
const READINGS = ['IDENTITY_READ', 'DOCUMENT_READ', 'ACCUSATION_READ', 'RETALIATION_COMPLAINT_READ'];

/** The most readings that one official made within the last hour; who it is stands in the audit, not in a metric. */
export async function mostReadingsInHour(sql: Sql): Promise<number> {
  const [row] = await select<{ n: string }>(
    sql,
    'SELECT COUNT(*) AS n FROM audit_entries WHERE action IN (?) AND recorded_at > UTC_TIMESTAMP(3) - INTERVAL 1 HOUR GROUP BY actor ORDER BY n DESC LIMIT 1',
    [READINGS],
  );
  return Number(row?.n ?? 0);
}
