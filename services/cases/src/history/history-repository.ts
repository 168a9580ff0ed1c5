import DataLoader from 'dataloader';
import { groupBy } from '@anjie/service-kit/runtime';
import { businessTime, insertRows, newId, selectIn, write, type Actor, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import type { CaseStatus } from '../rules/life';
import type { Route } from '../rules/routes';

/** What happened to a case, for people and for inspections. */
export interface EventNote {
  readonly caseId: string;
  /** UPPER_SNAKE; a word of docs/glossary.md. */
  readonly action: string;
  /** The reason given, in words. No identity. */
  readonly ground?: string | null;
  /** Article or document. */
  readonly basis?: string | null;
  readonly documentId?: string | null;
  /** The day of the act where it lies in the past, as in an imported list; default today. */
  readonly on?: string;
  /** References and codes only. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

interface Snapshot {
  readonly id: string;
  readonly status: string;
  readonly lead_unit_id: string | null;
  readonly route: string | null;
  readonly procedure_kind: string;
  readonly closed_on: string | null;
}

/** One event of one case; see {@link recordEvents}. */
export const recordEvent = (tx: Sql, actor: Actor, note: EventNote): Promise<void> => recordEvents(tx, actor, [note]);

/**
 * Writes events with the state of the case AFTER the act, so call it last: history explains every state, and the state
 * on any past day is the last event of that day. The case rows are locked by the caller. Three statements, however many cases.
 */
export async function recordEvents(tx: Sql, actor: Actor, notes: readonly EventNote[]): Promise<void> {
  if (notes.length === 0) return;
  const caseIds = [...new Set(notes.map((note) => note.caseId))];
  const { now, today } = await businessTime(tx);
  const states = new Map((await selectIn<Snapshot>(
    tx, 'SELECT id, status, lead_unit_id, route, procedure_kind, closed_on FROM cases WHERE id IN (?)', caseIds,
  )).map((row) => [row.id, row]));
  const last = new Map((await selectIn<{ id: string; seq: number }>(
    tx, 'SELECT case_id AS id, MAX(seq) AS seq FROM case_events WHERE case_id IN (?) GROUP BY case_id', caseIds,
  )).map((row) => [row.id, Number(row.seq)]));
  if (last.size > 0) await write(tx, 'UPDATE case_events SET until_on = ? WHERE case_id IN (?) AND until_on IS NULL', [today, [...last.keys()]]);
  const open = new Map(caseIds.map((id) => [id, notes.filter((note) => note.caseId === id).length]));
  await insertRows(tx, 'case_events', notes.map((note) => {
    const seq = (last.get(note.caseId) ?? 0) + 1;
    last.set(note.caseId, seq);
    const left = (open.get(note.caseId) ?? 1) - 1;
    open.set(note.caseId, left);
    const { id: _id, ...state } = states.get(note.caseId) ?? gone(note.caseId);
    return {
      id: newId(), case_id: note.caseId, seq, recorded_at: now, occurred_on: note.on ?? today, until_on: left > 0 ? today : null, actor_kind: actor.viewer.kind,
      actor: actor.viewer.subject, actor_unit_id: actor.viewer.unitId, action: note.action, ground: note.ground ?? null, basis: note.basis ?? null,
      document_id: note.documentId ?? null, detail: JSON.stringify(note.detail ?? {}), ...state,
    };
  }));
}

function gone(caseId: string): never {
  throw new Error(`an event of case ${caseId}, which does not exist`);
}

export interface EventRow {
  readonly id: string;
  readonly caseId: string;
  readonly seq: number;
  readonly recordedAt: Date;
  readonly occurredOn: string;
  readonly actorKind: 'OFFICIAL' | 'SERVICE';
  readonly actor: string;
  readonly actorUnitId: string | null;
  readonly action: string;
  readonly ground: string | null;
  readonly basis: string | null;
  readonly documentId: string | null;
  readonly status: CaseStatus;
  readonly leadUnitId: string | null;
  readonly route: Route | null;
  readonly closedOn: string | null;
}
const COLUMNS = `e.id, e.case_id AS caseId, e.seq, e.recorded_at AS recordedAt, e.occurred_on AS occurredOn, e.actor_kind AS actorKind, e.actor,
  e.actor_unit_id AS actorUnitId, e.action, e.ground, e.basis, e.document_id AS documentId, e.status, e.lead_unit_id AS leadUnitId, e.route,
  e.closed_on AS closedOn`;

/** History of cases that the caller has already checked to be visible, newest first. */
export const historyPages = (sql: Sql, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<EventRow>[]> =>
  listConnectionsByParent<EventRow>(
    sql,
    { columns: COLUMNS, from: 'case_events e', where: { sql: 'TRUE', params: [] }, sort: [{ column: 'e.seq', descending: true }, { column: 'e.id' }], parent: 'e.case_id' },
    page,
  );

export interface DayOfCase {
  readonly caseId: string;
  readonly on: string;
}

/** The last event of a case on or before a day: the state at the end of that day; null before the case existed. One statement per day asked. */
export const stateOnDays = (sql: Sql) =>
  new DataLoader<DayOfCase, EventRow | null, string>(async (asked) => {
    const found = new Map<string, EventRow>();
    for (const [on, days] of groupBy(asked, (one) => one.on)) {
      const rows = await selectIn<EventRow>(
        sql,
        `SELECT ${COLUMNS} FROM case_events e WHERE e.case_id IN (?) AND e.seq =
           (SELECT MAX(f.seq) FROM case_events f WHERE f.case_id = e.case_id AND f.occurred_on <= ?)`,
        days.map((one) => one.caseId),
        [on],
      );
      for (const row of rows) found.set(`${row.caseId} ${on}`, row);
    }
    return asked.map((one) => found.get(`${one.caseId} ${one.on}`) ?? null);
  }, { cacheKeyFn: ({ caseId, on }) => `${caseId} ${on}` });

/** Condition on `column` (a case id): at the end of the day the case stood in this state. */
export const stoodOn = (column: string, day: string, status: string) => ({
  sql: `EXISTS (SELECT 1 FROM case_events h WHERE h.case_id = ${column} AND h.occurred_on <= ? AND (h.until_on IS NULL OR h.until_on > ?) AND h.status = ?)`,
  params: [day, day, status],
});

