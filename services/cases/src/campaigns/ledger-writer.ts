import type { EntityManager } from 'typeorm';
import { insertRows, newId, select, selectIn, type Sql } from '@anjie/service-kit/database';
import { addFigures, type FigureDelta } from '@anjie/service-kit/figures';
import type { AssignmentSource, Cohort, CohortRule } from '../rules/cohort';
import { ancestorIdsOf } from './campaign-repository';

/** A campaign's ledger as a row enters it. */
export interface Ledger extends CohortRule {
  readonly campaignId: string;
  readonly divisionCode: string;
}

const LEDGER = `SELECT id AS campaignId, division_code AS divisionCode, cohort_from AS cohortFrom, cohort_to AS cohortTo, cohort_sources AS sources,
  cohort_frozen_on AS frozenOn FROM campaigns WHERE id IN (?)`;

export const sourcesOf = (stored: string): AssignmentSource[] => (stored === '' ? [] : (stored.split(',') as AssignmentSource[]));

async function readLedger(sql: Sql, text: string, campaignId: string): Promise<Ledger | undefined> {
  const [row] = await selectIn<Omit<Ledger, 'cohortSources' | 'isFrozen'> & { sources: string; frozenOn: string | null }>(sql, text, [campaignId]);
  return row && { ...row, cohortSources: sourcesOf(row.sources), isFrozen: row.frozenOn !== null };
}

export const ledgerOf = (sql: Sql, campaignId: string): Promise<Ledger | undefined> => readLedger(sql, LEDGER, campaignId);

/** Locked until commit: the campaign's row serialises entry numbers and freezing. */
export const lockLedger = (tx: Sql, campaignId: string): Promise<Ledger | undefined> => readLedger(tx, `${LEDGER} FOR UPDATE`, campaignId);

export interface NewEntry {
  readonly caseId: string;
  readonly divisionCode: string;
  readonly cohort: Cohort;
  readonly source: AssignmentSource | null;
  readonly enteredOn: string;
  readonly limitOn: string | null;
  readonly resolvedOn: string | null;
}

/** Writes entries of a locked ledger with their history; answers their ids in order. */
export async function insertEntries(tx: Sql, campaignId: string, { rows, actor }: { rows: readonly NewEntry[]; actor: string }): Promise<string[]> {
  const [last] = await select<{ n: number }>(tx, 'SELECT COALESCE(MAX(entry_no), 0) AS n FROM ledger_entries WHERE campaign_id = ?', [campaignId]);
  const entries = rows.map((row, i) => ({
    id: newId(), campaign_id: campaignId, case_id: row.caseId, entry_no: Number(last?.n ?? 0) + i + 1, division_code: row.divisionCode, cohort: row.cohort,
    source: row.source, entered_on: row.enteredOn, limit_on: row.limitOn, resolved_on: row.resolvedOn, struck_off_on: null, version: 1,
  }));
  await insertRows(tx, 'ledger_entries', entries);
  await insertLedgerEvents(tx, actor, entries.flatMap((entry) => [
    { entryId: entry.id, kind: 'ENTERED' as const, on: entry.entered_on, ground: null },
    ...(entry.resolved_on ? [{ entryId: entry.id, kind: 'RESOLVED' as const, on: entry.resolved_on, ground: null }] : []),
  ]));
  return entries.map((entry) => entry.id);
}

export interface LedgerEventNote {
  readonly entryId: string;
  readonly kind: 'ENTERED' | 'RESOLVED' | 'RELAPSED' | 'STRUCK_OFF' | 'RESTORED';
  readonly on: string;
  readonly ground: string | null;
}
export const insertLedgerEvents = (tx: Sql, actor: string, notes: readonly LedgerEventNote[]): Promise<void> =>
  insertRows(tx, 'ledger_events', notes.map((note) => ({ entry_id: note.entryId, kind: note.kind, on_date: note.on, ground: note.ground, actor })));

/** Names of the figures that cases owns. What is not DAILY is the cohort's: the LEDGER figure minus the DAILY one. */
export const LEDGER_FIGURES = ['LEDGER_STOCK', 'LEDGER_RESOLVED', 'DAILY_STOCK', 'DAILY_RESOLVED', 'LEDGER_RELAPSED', 'LEDGER_STRUCK_OFF', 'LEDGER_RESTORED'] as const;
export type LedgerFigure = (typeof LEDGER_FIGURES)[number];

export interface Counted {
  readonly campaignId: string;
  readonly divisionCode: string;
  readonly cohort: Cohort;
}
export interface LedgerChange {
  readonly entry: Counted;
  readonly figure: LedgerFigure;
  readonly on: string;
  readonly delta: 1 | -1;
}

const ofDaily: Partial<Record<LedgerFigure, LedgerFigure>> = { LEDGER_STOCK: 'DAILY_STOCK', LEDGER_RESOLVED: 'DAILY_RESOLVED' };

/** Adds changes to the figures of each entry's campaign and of every one above it. Comes last in its transaction (addFigures). */
export async function countLedgerChanges(tx: EntityManager, changes: readonly LedgerChange[]): Promise<void> {
  const above = new Map<string, string[]>();
  for (const id of new Set(changes.map(({ entry }) => entry.campaignId))) above.set(id, await ancestorIdsOf(tx, id));
  await addFigures(tx, changes.flatMap(({ entry, ...change }) => (above.get(entry.campaignId) ?? []).flatMap((campaignId): FigureDelta[] => {
    const delta = { campaignId, divisionCode: entry.divisionCode, on: change.on, delta: change.delta };
    const daily = entry.cohort === 'DAILY' ? ofDaily[change.figure] : undefined;
    return [{ ...delta, figure: change.figure }, ...(daily ? [{ ...delta, figure: daily }] : [])];
  })));
}

/** Stock from the day of entry, resolved from the day of recognition. */
export const countNewEntries = (tx: EntityManager, campaignId: string, rows: readonly NewEntry[]): Promise<void> =>
  countLedgerChanges(tx, rows.flatMap((row): LedgerChange[] => {
    const entry = { campaignId, divisionCode: row.divisionCode, cohort: row.cohort };
    const stock = { entry, figure: 'LEDGER_STOCK' as const, on: row.enteredOn, delta: 1 as const };
    return row.resolvedOn ? [stock, { ...stock, figure: 'LEDGER_RESOLVED', on: row.resolvedOn }] : [stock];
  }));
