import { AppError, DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { insertRows, select, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import type { ExpertFilter, ParticipantFilter } from '../generated/graphql';
import type { Serving } from '../rules/serving';

interface ServingRow extends Serving {
  readonly id: string;
  readonly name: string;
  readonly employer: string | null;
  readonly consentedOn: string;
  readonly version: number;
}
export interface ParticipantRow extends ServingRow {
  readonly kind: string;
  readonly divisionCode: string;
}
export interface ExpertRow extends ServingRow {
  readonly field: string;
  readonly poolDivisionCode: string;
}

const ALIKE = 'w.id, w.name, w.employer, w.employer_unit_id AS employerUnitId, w.consented_on AS consentedOn, w.valid_from AS validFrom, w.valid_to AS validTo, w.version';
const PARTICIPANT = `${ALIKE}, w.kind, w.division_code AS divisionCode`;
const EXPERT = `${ALIKE}, w.field, w.pool_division_code AS poolDivisionCode`;
const BY_NAME = [{ column: 'w.name' }, { column: 'w.id' }];

export const participantsByIds = (sql: Sql, ids: readonly string[]): Promise<ParticipantRow[]> => selectIn<ParticipantRow>(sql, `SELECT ${PARTICIPANT} FROM participants w WHERE w.id IN (?)`, ids);
export const expertsByIds = (sql: Sql, ids: readonly string[]): Promise<ExpertRow[]> => selectIn<ExpertRow>(sql, `SELECT ${EXPERT} FROM experts w WHERE w.id IN (?)`, ids);

/** For a change: locked. */
export const lockParticipant = async (tx: Sql, id: string): Promise<ParticipantRow | undefined> => (await select<ParticipantRow>(tx, `SELECT ${PARTICIPANT} FROM participants w WHERE w.id = ? FOR UPDATE`, [id]))[0];
export const lockExpert = async (tx: Sql, id: string): Promise<ExpertRow | undefined> => (await select<ExpertRow>(tx, `SELECT ${EXPERT} FROM experts w WHERE w.id = ? FOR UPDATE`, [id]))[0];

/** Conditions that a filter gives; `servesOn` is a day of the time of serving. @throws AppError BAD_USER_INPUT */
function whereOf(column: string, { divisionCode, servesOn, others }: { divisionCode?: string | null | undefined; servesOn?: string | null | undefined; others: readonly SqlPart[] }): SqlPart {
  if (divisionCode && !DIVISION_CODE.test(divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode', rule: 'a GB/T 2260 code' });
  const parts: SqlPart[] = [
    ...others,
    ...(divisionCode ? [{ sql: `${column} LIKE ?`, params: [`${divisionPrefix(divisionCode)}%`] }] : []),
    ...(servesOn ? [{ sql: 'w.valid_from <= ? AND (w.valid_to IS NULL OR w.valid_to >= ?)', params: [servesOn, servesOn] }] : []),
  ];
  return parts.length === 0 ? { sql: 'TRUE', params: [] } : { sql: parts.map(({ sql }) => sql).join(' AND '), params: parts.flatMap(({ params }) => params) };
}

export interface ParticipantListArgs extends PageArgs {
  readonly filter?: ParticipantFilter | null | undefined;
}
export const listParticipants = (sql: Sql, { filter, ...args }: ParticipantListArgs): Promise<Connection<ParticipantRow>> => {
  const others = filter?.kinds ? [filter.kinds.length > 0 ? { sql: 'w.kind IN (?)', params: [filter.kinds] } : { sql: 'FALSE', params: [] }] : [];
  return listConnection<ParticipantRow>(sql, { columns: PARTICIPANT, from: 'participants w', where: whereOf('w.division_code', { ...filter, others }), sort: BY_NAME }, args);
};

export interface ExpertListArgs extends PageArgs {
  readonly filter?: ExpertFilter | null | undefined;
}
/** PROVINCE, CITY, COUNTY: by the last digits of the pool's division. */
const LEVELS = { PROVINCE: "w.pool_division_code LIKE '%0000'", CITY: "w.pool_division_code LIKE '%00' AND w.pool_division_code NOT LIKE '%0000'", COUNTY: "w.pool_division_code NOT LIKE '%00'" } as const;

export const listExperts = (sql: Sql, { filter, ...args }: ExpertListArgs): Promise<Connection<ExpertRow>> => {
  const others = [
    ...(filter?.level ? [{ sql: LEVELS[filter.level], params: [] }] : []),
    ...(filter?.field ? [{ sql: 'w.field = ?', params: [filter.field] }] : []),
  ];
  return listConnection<ExpertRow>(sql, { columns: EXPERT, from: 'experts w', where: whereOf('w.pool_division_code', { ...filter, others }), sort: BY_NAME }, args);
};

export const addParticipant = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'participants', [row]);
export const addExpert = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'experts', [row]);
export const changeParticipant = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'participants', change);
export const changeExpert = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'experts', change);
