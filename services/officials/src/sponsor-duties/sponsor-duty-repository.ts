import type { SqlPredicate, Viewer } from '@anjie/access';
import { insertRows, selectIn, updateVersion, write, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import type { ContactAnswer } from '../rules/activity-lifecycle';
import type { SponsorDutyState } from '../rules/sponsor-duties';
import type { EvidenceKind } from '../generated/graphql';
import { visibleSponsorships } from '../sponsorships/sponsorship-repository';

export interface SponsorDutyRow {
  readonly id: string;
  readonly sponsorshipId: string;
  readonly caseId: string;
  readonly kind: string;
  readonly state: SponsorDutyState;
  readonly openedOn: string;
  readonly dueOn: string;
  readonly doneOn: string | null;
  readonly evidenceKind: EvidenceKind | null;
  readonly evidenceRef: string | null;
  readonly note: string | null;
  /** tinyint: 0 or 1 */
  readonly contactOffered: number | null;
  readonly contactAnswer: ContactAnswer | null;
  readonly version: number;
}

const COLUMNS = `d.id, d.sponsorship_id AS sponsorshipId, d.case_id AS caseId, d.kind, d.state, d.opened_on AS openedOn, d.due_on AS dueOn, d.done_on AS doneOn,
  d.evidence_kind AS evidenceKind, d.evidence_ref AS evidenceRef, d.note, d.contact_offered AS contactOffered, d.contact_answer AS contactAnswer, d.version`;
const FROM = 'sponsor_duties d JOIN sponsorships sp ON sp.id = d.sponsorship_id LEFT JOIN case_scopes s ON s.case_id = sp.case_id';
const typed = (rows: readonly SponsorDutyRow[]): SponsorDutyRow[] => rows.map((row) => ({ ...row, version: Number(row.version) }));

/** A duty is seen with its sponsorship. */
export const sponsorDutiesByIds = async (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<SponsorDutyRow[]> => {
  const seen = visibleSponsorships(viewer);
  return typed(await selectIn<SponsorDutyRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE d.id IN (?) AND ${seen.sql}`, ids, seen.params));
};

export const lockSponsorDuty = async (tx: Sql, id: string): Promise<SponsorDutyRow | undefined> =>
  typed(await selectIn<SponsorDutyRow>(tx, `SELECT ${COLUMNS} FROM sponsor_duties d WHERE d.id IN (?) FOR UPDATE`, [id]))[0];

export interface SponsorDutyArgs extends PageArgs {
  readonly state?: SponsorDutyState | null | undefined;
}
const LISTS = {
  SPONSORSHIP: { parent: 'd.sponsorship_id', sort: [{ column: 'd.ordinal' }, { column: 'd.id' }] },
  OFFICIAL: { parent: 'sp.official_id', sort: [{ column: 'd.due_on' }, { column: 'd.id' }] },
} as const;

export function sponsorDutiesUnder(sql: Sql, viewer: Viewer, { by, parents, args }: { by: keyof typeof LISTS; parents: readonly string[]; args: SponsorDutyArgs }): Promise<Connection<SponsorDutyRow>[]> {
  const seen = visibleSponsorships(viewer);
  const where: SqlPredicate = args.state ? { sql: `${seen.sql} AND d.state = ?`, params: [...seen.params, args.state] } : seen;
  return listConnectionsByParent<SponsorDutyRow>(sql, { columns: COLUMNS, from: FROM, where, ...LISTS[by] }, { parents, args });
}

export const kindsOpened = async (tx: Sql, sponsorshipId: string): Promise<ReadonlySet<string>> =>
  new Set((await selectIn<{ kind: string }>(tx, 'SELECT kind FROM sponsor_duties WHERE sponsorship_id IN (?)', [sponsorshipId])).map((row) => row.kind));

export const insertSponsorDuties = (tx: Sql, rows: readonly Row[]): Promise<void> => insertRows(tx, 'sponsor_duties', rows);
export const saveSponsorDuty = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'sponsor_duties', change);

/** Open duties of these sponsorships, held until commit. */
export const openDutyIds = async (tx: Sql, sponsorshipIds: readonly string[]): Promise<string[]> =>
  (await selectIn<{ id: string }>(tx, "SELECT id FROM sponsor_duties WHERE sponsorship_id IN (?) AND state = 'OPEN' ORDER BY id FOR UPDATE", sponsorshipIds)).map(({ id }) => id);

export const cancelSponsorDuties = async (tx: Sql, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await write(tx, "UPDATE sponsor_duties SET state = 'CANCELLED', version = version + 1 WHERE id IN (?)", [ids]);
};

export const moveSponsorDuties = async (tx: Sql, ids: readonly string[], sponsorshipId: string): Promise<void> => {
  if (ids.length > 0) await write(tx, 'UPDATE sponsor_duties SET sponsorship_id = ?, version = version + 1 WHERE id IN (?)', [sponsorshipId, ids]);
};
