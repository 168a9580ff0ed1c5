import type { EntityManager } from 'typeorm';
import { selectIn, write, type Actor } from '@anjie/service-kit/database';
import type { Cohort } from '../rules/cohort';
import { countLedgerChanges, insertLedgerEvents, type LedgerChange } from './ledger-writer';

interface Entry {
  readonly id: string;
  readonly campaignId: string;
  readonly divisionCode: string;
  readonly cohort: Cohort;
  readonly enteredOn: string;
  readonly resolvedOn: string | null;
  readonly struckOffOn: string | null;
}

/** Every ledger's entry of the case, locked; in id order, so that two writers never wait crosswise. */
const lockEntries = (tx: EntityManager, caseId: string): Promise<Entry[]> =>
  selectIn<Entry>(
    tx,
    `SELECT id, campaign_id AS campaignId, division_code AS divisionCode, cohort, entered_on AS enteredOn, resolved_on AS resolvedOn, struck_off_on AS struckOffOn
       FROM ledger_entries WHERE case_id IN (?) ORDER BY id FOR UPDATE`,
    [caseId],
  );

export interface Outcome {
  readonly caseId: string;
  /** The business day from which it counts. */
  readonly on: string;
  readonly ground: string | null;
}

/**
 * 化解 recognised: from `on` the case counts as resolved in every ledger it stands on. Call it in the transaction of the
 * recognition, late: figures hold one row until commit. Entries resolved already stay as they are; a case on no ledger
 * changes nothing. An entry that is younger than `on` counts from its own first day.
 * @returns ids of the entries that changed
 */
export async function noteResolved(tx: EntityManager, actor: Actor, { caseId, on, ground }: Outcome): Promise<string[]> {
  const open = (await lockEntries(tx, caseId)).filter((entry) => entry.resolvedOn === null).map((entry) => ({ ...entry, on: on < entry.enteredOn ? entry.enteredOn : on }));
  for (const entry of open) await write(tx, 'UPDATE ledger_entries SET resolved_on = ?, version = version + 1 WHERE id = ?', [entry.on, entry.id]);
  await insertLedgerEvents(tx, actor.viewer.subject, open.map((entry) => ({ entryId: entry.id, kind: 'RESOLVED' as const, on: entry.on, ground })));
  await countLedgerChanges(tx, open.map((entry) => ({ entry, figure: 'LEDGER_RESOLVED' as const, on: entry.on, delta: 1 as const })));
  return open.map((entry) => entry.id);
}

/**
 * 复发(倒流): from `on` the case is off the solved count of every ledger, whatever level received the repeat; a strike-off
 * is undone and a request for one lapses. The past stays what it was. Call it before `publishScopes`, which then shows
 * the entry as standing on the ledger again.
 * @returns ids of the entries that changed
 */
export async function noteRelapse(tx: EntityManager, actor: Actor, { caseId, on, ground }: Outcome): Promise<string[]> {
  const settled = (await lockEntries(tx, caseId)).filter((entry) => entry.resolvedOn !== null).map((entry) => ({ ...entry, on: laterOf(on, entry) }));
  const ids = settled.map((entry) => entry.id);
  if (ids.length === 0) return [];
  await write(tx, 'UPDATE ledger_entries SET resolved_on = NULL, struck_off_on = NULL, version = version + 1 WHERE id IN (?)', [ids]);
  await endStrikeOffs(tx, actor, { ids, on, ground });
  await insertLedgerEvents(tx, actor.viewer.subject, settled.flatMap((entry) => [
    { entryId: entry.id, kind: 'RELAPSED' as const, on: entry.on, ground },
    ...(entry.struckOffOn ? [{ entryId: entry.id, kind: 'RESTORED' as const, on: entry.on, ground }] : []),
  ]));
  await countLedgerChanges(tx, settled.flatMap((entry): LedgerChange[] => {
    const relapse = { entry, figure: 'LEDGER_RELAPSED' as const, on: entry.on, delta: 1 as const };
    const lost: LedgerChange = { ...relapse, figure: 'LEDGER_RESOLVED', delta: -1 };
    return entry.struckOffOn ? [relapse, lost, { ...relapse, figure: 'LEDGER_RESTORED' }] : [relapse, lost];
  }));
  return ids;
}

/** Nothing relapses before it was settled, nor comes back before it was struck off. */
const laterOf = (on: string, { resolvedOn, struckOffOn }: Entry): string => [on, resolvedOn ?? on, struckOffOn ?? on].reduce((a, b) => (a < b ? b : a));

const endStrikeOffs = (tx: EntityManager, actor: Actor, { ids, on, ground }: { ids: readonly string[]; on: string; ground: string | null }) =>
  write(
    tx,
    `UPDATE strike_offs SET undone_on = IF(state = 'APPROVED', ?, NULL), undone_by = IF(state = 'APPROVED', ?, NULL), undo_ground = IF(state = 'APPROVED', 'RELAPSE', NULL),
       undo_reason = IF(state = 'APPROVED', ?, NULL), state = IF(state = 'APPROVED', 'UNDONE', 'LAPSED'), active_entry_id = NULL, version = version + 1
     WHERE active_entry_id IN (?)`,
    [on, actor.viewer.subject, ground, ids],
  );
