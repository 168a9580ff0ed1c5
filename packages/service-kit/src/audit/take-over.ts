import type { DataSource } from 'typeorm';
import type { ServiceName } from '@anjie/contracts';
import { audit, inTransaction, select, type StoredEntry } from '../database';
import { serviceViewer } from '../messaging';
import { chainHeads, ENTRY_COLUMNS } from './chain';
import { linkAll } from './link-entries';

const PAGE = 1_000;
const TAKEN_OVER = 'AUDIT_TAKEN_OVER';

/**
 * Once in the life of a schema: entries of versions that knew no seal are linked as they stand. An entry, sealed like all others, says that it was
 * done; with it there, whatever has no seal is a forgery. Only what is older than the first sealed entry is taken, by its id: dates are a forger's to choose.
 */
export const takeOverUnsealed = (db: DataSource, service: ServiceName): Promise<void> =>
  inTransaction(db, async (tx) => {
    let heads = await chainHeads(tx, 'FOR UPDATE');
    if ((await select(tx, 'SELECT 1 FROM audit_entries WHERE action = ? LIMIT 1', [TAKEN_OVER])).length > 0) return;
    const [first] = await select<{ id: string }>(tx, 'SELECT id FROM audit_entries WHERE mac IS NOT NULL ORDER BY id LIMIT 1');
    const older = (after: string): Promise<StoredEntry[]> =>
      select<StoredEntry>(
        tx,
        `SELECT ${ENTRY_COLUMNS} FROM audit_entries e LEFT JOIN audit_links l ON l.entry_id = e.id
          WHERE e.id > ? AND (? IS NULL OR e.id < ?) AND e.mac IS NULL AND l.entry_id IS NULL ORDER BY e.id LIMIT ${PAGE}`,
        [after, first?.id ?? null, first?.id ?? null],
      );
    let entries = 0;
    for (let page = await older('0'); page.length > 0; page = await older(page.at(-1)?.id ?? '0')) {
      await linkAll(tx, heads, page);
      heads = await chainHeads(tx, 'FOR UPDATE');
      entries += page.length;
    }
    await audit(tx, { viewer: serviceViewer(service), requestId: 'take-over' }, { action: TAKEN_OVER, subjectType: 'Audit', subjectId: service, detail: { entries } });
  });
