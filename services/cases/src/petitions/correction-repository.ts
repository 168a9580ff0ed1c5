import { insertRows, newId, select, write, type Actor, type BusinessTime, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import type { Change } from '../rules/corrections';

export interface CorrectionRow {
  readonly id: string;
  readonly petitionId: string;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly reason: string;
  readonly correctedBy: string;
  readonly correctedOn: string;
}
const COLUMNS = `n.id, n.petition_id AS petitionId, n.field, n.before_value AS \`before\`, n.after_value AS \`after\`, n.reason, n.corrected_by AS correctedBy,
  n.corrected_on AS correctedOn`;

/** Corrections of petitions that the caller has already checked to be visible. */
export const correctionPages = (sql: Sql, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<CorrectionRow>[]> =>
  listConnectionsByParent<CorrectionRow>(
    sql, { columns: COLUMNS, from: 'petition_corrections n', where: { sql: 'TRUE', params: [] }, sort: [{ column: 'n.corrected_at', descending: true }, { column: 'n.id' }], parent: 'n.petition_id' }, page,
  );

export interface Correction {
  readonly petitionId: string;
  readonly caseId: string;
  readonly changes: readonly Change[];
  readonly reason: string;
  readonly actor: Actor;
  readonly time: BusinessTime;
}

const shown = (value: Change['before']): string | null => (value === null ? null : String(value));

export const insertCorrections = (tx: Sql, { petitionId, caseId, changes, reason, actor, time }: Correction): Promise<void> =>
  insertRows(tx, 'petition_corrections', changes.map((change) => ({
    id: newId(), petition_id: petitionId, case_id: caseId, field: change.field, before_value: shown(change.before), after_value: shown(change.after),
    reason, corrected_by: actor.viewer.subject, corrected_on: time.today, corrected_at: time.now,
  })));

/** The case's first petition gave the case its title. */
export const firstPetitionId = async (sql: Sql, caseId: string): Promise<string | undefined> =>
  (await select<{ id: string }>(sql, 'SELECT id FROM petitions WHERE case_id = ? ORDER BY registered_on, number LIMIT 1', [caseId]))[0]?.id;

/** Writes columns of a petition whose case is locked by the caller. */
export async function updatePetition(tx: Sql, petitionId: string, set: Row): Promise<void> {
  const columns = Object.keys(set);
  if (columns.length === 0) return;
  await write(tx, `UPDATE petitions SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`, [...Object.values(set), petitionId]);
}
