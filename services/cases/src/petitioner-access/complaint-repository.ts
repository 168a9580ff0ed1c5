import { belongsTo, hasRole, notExcluded, type Viewer } from '@anjie/access';
import { divisionPrefix } from '@anjie/contracts';
import { insertRows, newId, select, updateVersion, type Sql } from '@anjie/service-kit/database';
import { listConnection, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import type { MyRetaliationComplaint } from '../generated/graphql';
import type { IdentityVault } from '../petitioners/identity-vault';
import type { RatedOffice } from '../rules/ratings';

export interface ComplaintRow {
  readonly id: string;
  readonly caseId: string;
  readonly office: RatedOffice;
  readonly accusedUnitId: string | null;
  readonly submittedOn: string;
  readonly textSealed: Buffer;
  readonly state: 'RECEIVED' | 'ANSWERED';
  readonly outcome: 'UPHELD' | 'REFERRED' | 'NOT_UPHELD' | null;
  readonly answeredOn: string | null;
  readonly answeredUnitId: string | null;
  readonly noteSealed: Buffer | null;
  readonly version: string;
}
const COLUMNS = `t.id, t.case_id AS caseId, t.office, t.accused_unit_id AS accusedUnitId, t.submitted_on AS submittedOn, t.text_sealed AS textSealed, t.state, t.outcome,
  t.answered_on AS answeredOn, t.answered_unit_id AS answeredUnitId, t.note_sealed AS noteSealed, t.version`;
const NOBODY: SqlPart = { sql: 'FALSE', params: [] };

/**
 * The joint office of a division that holds the bar and is wider (rules/retaliation.ts); never a viewer with a post in the unit complained of
 * or below it, held that day or since, nor one excluded from the case. No part in the case, no other role and no service shows a complaint.
 */
export function seenComplaints(viewer: Viewer): SqlPart {
  if (viewer.kind !== 'OFFICIAL' || !hasRole(viewer, 'JOINT_OFFICE') || !viewer.divisionCode || !viewer.unitId) return NOBODY;
  const office = divisionPrefix(viewer.divisionCode);
  const kept = notExcluded(viewer, { caseId: 't.case_id' });
  const own = belongsTo(viewer, { party: 't.accused_unit_id', since: 't.submitted_on' });
  return {
    sql: `t.bar LIKE ? AND (t.bar <> ? OR CHAR_LENGTH(t.bar) = 2) AND ${kept.sql} AND (t.accused_unit_id IS NULL OR NOT ${own.sql})`,
    params: [`${office}%`, office, ...kept.params, ...own.params],
  };
}

export async function complaintById(sql: Sql, viewer: Viewer, { id, lock = false }: { id: string; lock?: boolean }): Promise<ComplaintRow | undefined> {
  const seen = seenComplaints(viewer);
  return (await select<ComplaintRow>(sql, `SELECT ${COLUMNS} FROM retaliation_complaints t WHERE t.id = ? AND (${seen.sql})${lock ? ' FOR UPDATE' : ''}`, [id, ...seen.params]))[0];
}

export function listComplaints(sql: Sql, viewer: Viewer, { state, ...page }: PageArgs & { state?: string | null }): Promise<Connection<ComplaintRow>> {
  const seen = seenComplaints(viewer);
  const where = state ? { sql: `(${seen.sql}) AND t.state = ?`, params: [...seen.params, state] } : seen;
  return listConnection<ComplaintRow>(sql, { columns: COLUMNS, from: 'retaliation_complaints t', where, sort: [{ column: 't.submitted_on', descending: true }, { column: 't.id' }] }, page);
}

/** The petitioner's own, by state only. */
export const complaintsOfPetition = (sql: Sql, petitionId: string): Promise<MyRetaliationComplaint[]> =>
  select<MyRetaliationComplaint>(
    sql, 'SELECT submitted_on AS submittedOn, state, outcome, answered_on AS answeredOn FROM retaliation_complaints WHERE petition_id = ? ORDER BY submitted_on, id', [petitionId],
  );

export interface Accused {
  readonly unitId: string | null;
  /** Division codes of the case and of the unit complained of. */
  readonly divisionCodes: readonly string[];
}

/** Who is complained of: the unit that handles, else the one that registered. */
export async function accusedOf(tx: Sql, caseId: string, office: RatedOffice): Promise<Accused> {
  const unit = office === 'HANDLING_UNIT' ? 'COALESCE(c.lead_unit_id, c.registered_unit_id)' : 'c.registered_unit_id';
  const [row] = await select<{ unitId: string | null; caseDivision: string; unitDivision: string | null }>(
    tx, `SELECT u.id AS unitId, c.division_code AS caseDivision, u.division_code AS unitDivision FROM cases c LEFT JOIN known_units u ON u.id = ${unit} WHERE c.id = ?`, [caseId],
  );
  return { unitId: row?.unitId ?? null, divisionCodes: [row?.caseDivision, row?.unitDivision].filter((code): code is string => Boolean(code)) };
}

export interface NewComplaint {
  readonly petitionId: string;
  readonly caseId: string;
  readonly office: RatedOffice;
  readonly accusedUnitId: string | null;
  readonly bar: string;
  readonly submittedOn: string;
  readonly text: string;
}

export async function insertComplaint(tx: Sql, vault: IdentityVault, complaint: NewComplaint): Promise<string> {
  const id = newId();
  await insertRows(tx, 'retaliation_complaints', [{
    id, petition_id: complaint.petitionId, case_id: complaint.caseId, office: complaint.office, accused_unit_id: complaint.accusedUnitId, bar: complaint.bar,
    submitted_on: complaint.submittedOn, text_sealed: vault.seal(complaint.text.trim(), { column: 'retaliation_complaints.text_sealed', rowId: id }), state: 'RECEIVED', outcome: null,
    answered_on: null, answered_by: null, answered_unit_id: null, note_sealed: null, version: 1,
  }]);
  return id;
}

export interface ComplaintAnswer {
  readonly row: ComplaintRow;
  readonly outcome: NonNullable<ComplaintRow['outcome']>;
  readonly note: string;
  readonly on: string;
  readonly by: Viewer;
}

export const answerComplaint = (tx: Sql, vault: IdentityVault, { row, outcome, note, on, by }: ComplaintAnswer): Promise<boolean> =>
  updateVersion(tx, 'retaliation_complaints', {
    id: row.id, version: Number(row.version),
    set: {
      state: 'ANSWERED', outcome, answered_on: on, answered_by: by.subject, answered_unit_id: by.unitId,
      note_sealed: vault.seal(note.trim(), { column: 'retaliation_complaints.note_sealed', rowId: row.id }),
    },
  });
