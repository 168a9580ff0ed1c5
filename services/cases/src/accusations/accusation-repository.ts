import { notExcluded, type Viewer } from '@anjie/access';
import { insertRows, newId, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { Intake } from '../rules/intake';
import type { IdentityVault } from '../petitioners/identity-vault';
import type { Accused, AccusationStage } from '../rules/sealed-lane';

export interface AccusationRow {
  readonly id: string;
  readonly stage: AccusationStage;
  readonly stageOn: string;
  /** The organ that has it: whom it was transferred to, or who continues that organ. */
  readonly holderId: string | null;
  readonly transferredOn: string | null;
  readonly noteSealed: Buffer | null;
}
const COLUMNS = 'a.case_id AS id, a.stage, a.stage_on AS stageOn, c.lead_unit_id AS holderId, a.transferred_on AS transferredOn, a.note_sealed AS noteSealed';

/** Accusations of cases that the caller has already checked to be visible. */
export const accusationsOf = (sql: Sql, caseIds: readonly string[]): Promise<AccusationRow[]> =>
  selectIn<AccusationRow>(sql, `SELECT ${COLUMNS} FROM accusations a JOIN cases c ON c.id = a.case_id WHERE a.case_id IN (?)`, caseIds);

/** The words of one petition; what the graph shows of them is their place only. */
export interface AccusationWords {
  readonly title: string;
  readonly summary: string;
  readonly content: string | null;
  readonly contentCategory: string | null;
  readonly claims: readonly string[];
  /** 受信人, codes of reason and content, places of the accuser: they say something of the matter or of the person. */
  readonly intake: Pick<Intake, 'addressee' | 'cause' | 'hotTopic' | 'system' | 'externalCategory' | 'residenceDivisionCode' | 'householdDivisionCode'>;
}

export const insertAccusation = (tx: Sql, caseId: string, on: string): Promise<void> =>
  insertRows(tx, 'accusations', [{ case_id: caseId, stage: 'REGISTERED', stage_on: on }]);

export const insertWords = (tx: Sql, vault: IdentityVault, { caseId, petitionId, words }: { caseId: string; petitionId: string; words: AccusationWords }): Promise<void> =>
  insertRows(tx, 'accusation_texts', [{
    petition_id: petitionId, case_id: caseId, body_sealed: vault.seal(JSON.stringify(words), { column: 'accusation_texts.body_sealed', rowId: petitionId }),
  }]);

export interface OpenedWords extends AccusationWords {
  readonly petitionId: string;
}

/** The words of a case's petitions in clear, oldest first: for the audited reveal only. */
export async function openWords(sql: Sql, vault: IdentityVault, caseId: string): Promise<OpenedWords[]> {
  const rows = await select<{ petitionId: string; body: Buffer }>(
    sql,
    `SELECT t.petition_id AS petitionId, t.body_sealed AS body FROM accusation_texts t JOIN petitions p ON p.id = t.petition_id
      WHERE t.case_id = ? ORDER BY p.registered_on, p.number`,
    [caseId],
  );
  return rows.map(({ petitionId, body }) => ({ petitionId, ...(JSON.parse(vault.open(body, { column: 'accusation_texts.body_sealed', rowId: petitionId }) ?? '') as AccusationWords) }));
}

export interface NamedAccused extends Accused {
  readonly description: string | null;
}

export const insertAccused = (tx: Sql, vault: IdentityVault, { caseId, accused }: { caseId: string; accused: readonly NamedAccused[] }): Promise<void> =>
  insertRows(tx, 'accused_parties', accused.map((one) => {
    const id = newId();
    return {
      id, case_id: caseId, unit_id: one.unitId, official_id: one.officialId, description_sealed: vault.seal(one.description, { column: 'accused_parties.description_sealed', rowId: id }),
    };
  }));

interface AccusedRow extends Accused {
  readonly id: string;
  readonly descriptionSealed: Buffer | null;
}
const accusedRows = (sql: Sql, caseId: string): Promise<AccusedRow[]> =>
  select<AccusedRow>(sql, 'SELECT id, unit_id AS unitId, official_id AS officialId, description_sealed AS descriptionSealed FROM accused_parties WHERE case_id = ? ORDER BY id', [caseId]);

export const accusedOf = async (sql: Sql, caseId: string): Promise<Accused[]> =>
  (await accusedRows(sql, caseId)).map(({ unitId, officialId }) => ({ unitId, officialId }));

/** The accused with the words about them: for the audited reveal only. */
export const openAccused = async (sql: Sql, vault: IdentityVault, caseId: string): Promise<NamedAccused[]> =>
  (await accusedRows(sql, caseId)).map(({ id, unitId, officialId, descriptionSealed }) => ({ unitId, officialId, description: vault.open(descriptionSealed, { column: 'accused_parties.description_sealed', rowId: id }) }));

export interface Transfer {
  readonly caseId: string;
  readonly toUnitId: string;
  readonly on: string;
  readonly by: string;
  readonly note: string | null;
}

export async function saveTransfer(tx: Sql, vault: IdentityVault, { caseId, toUnitId, on, by, note }: Transfer): Promise<void> {
  await write(tx, `UPDATE accusations SET stage = 'TRANSFERRED', stage_on = ?, to_unit_id = ?, transferred_on = ?, transferred_by = ?, note_sealed = ? WHERE case_id = ?`, [
    on, toUnitId, on, by, vault.seal(note, { column: 'accusations.note_sealed', rowId: caseId }), caseId,
  ]);
}

export const saveStage = (tx: Sql, caseId: string, { stage, on }: { stage: AccusationStage; on: string }): Promise<number> =>
  write(tx, 'UPDATE accusations SET stage = ?, stage_on = ? WHERE case_id = ?', [stage, on, caseId]);

/** Counts by stage of what a unit registered, without what the viewer is kept out of. */
export async function stagesOfUnit(sql: Sql, viewer: Viewer, unitId: string): Promise<ReadonlyMap<AccusationStage, number>> {
  const deny = notExcluded(viewer, { caseId: 'c.id' });
  const rows = await select<{ stage: AccusationStage; n: string }>(
    sql,
    `SELECT a.stage, COUNT(*) AS n FROM cases c JOIN accusations a ON a.case_id = c.id WHERE c.registered_unit_id = ? AND c.is_sealed = 1 AND ${deny.sql} GROUP BY a.stage`,
    [unitId, ...deny.params],
  );
  return new Map(rows.map((row) => [row.stage, Number(row.n)]));
}

export const insertReading = (tx: Sql, vault: IdentityVault, { id, caseId, reader, reason }: { id: string; caseId: string; reader: string; reason: string }): Promise<number> =>
  write(tx, 'INSERT INTO accusation_readings (id, case_id, reader, read_at, reason_sealed) VALUES (?, ?, ?, UTC_TIMESTAMP(3), ?)', [
    id, caseId, reader, vault.seal(reason, { column: 'accusation_readings.reason_sealed', rowId: id }),
  ]);

export const readingsWithinHour = async (tx: Sql, reader: string): Promise<number> =>
  Number((await select<{ n: string }>(tx, 'SELECT COUNT(*) AS n FROM accusation_readings WHERE reader = ? AND read_at > UTC_TIMESTAMP(3) - INTERVAL 1 HOUR', [reader]))[0]?.n ?? 0);
