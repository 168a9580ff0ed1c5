import { hasRole, inDivision, inOwnUnits, type Viewer } from '@anjie/access';
import { insertRows, select, selectIn, updateVersion, write, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import type { ServiceContractFilter } from '../generated/graphql';

export interface ServiceContractRow {
  readonly id: string;
  readonly unitId: string;
  readonly supervisingUnitId: string;
  readonly provider: string;
  readonly scope: string;
  readonly contractRef: string;
  readonly fromOn: string;
  readonly toOn: string;
  readonly confidentialityOn: string;
  readonly state: 'IN_FORCE' | 'ENDED';
  readonly endedOn: string | null;
  readonly endReason: string | null;
  readonly version: number;
}

const COLUMNS = `k.id, k.unit_id AS unitId, k.supervising_unit_id AS supervisingUnitId, k.provider, k.scope, k.contract_ref AS contractRef, k.from_on AS fromOn, k.to_on AS toOn,
  k.confidentiality_on AS confidentialityOn, k.state, k.ended_on AS endedOn, k.end_reason AS endReason, k.version`;
const FROM = 'service_contracts k JOIN known_units u ON u.id = k.unit_id';
const SORT = [{ column: 'k.from_on', descending: true }, { column: 'k.id' }];

/** The two units of a contract, and the joint office of the place. */
function visibleContracts(viewer: Viewer): SqlPart {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const ofOffice: SqlPart = hasRole(viewer, 'JOINT_OFFICE') && viewer.divisionCode ? inDivision('u.division_code', viewer.divisionCode) : { sql: 'FALSE', params: [] };
  const grounds = [inOwnUnits(viewer, 'k.unit_id'), inOwnUnits(viewer, 'k.supervising_unit_id'), ofOffice];
  return { sql: grounds.map(({ sql }) => `(${sql})`).join(' OR '), params: grounds.flatMap(({ params }) => params) };
}

export function visibleContractsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ServiceContractRow[]> {
  const seen = visibleContracts(viewer);
  return selectIn<ServiceContractRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE k.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

export interface ContractListArgs extends PageArgs {
  readonly filter?: ServiceContractFilter | null | undefined;
}
export function listContracts(sql: Sql, viewer: Viewer, { filter, ...args }: ContractListArgs): Promise<Connection<ServiceContractRow>> {
  const wanted = ([['k.unit_id', filter?.unitId], ['k.supervising_unit_id', filter?.supervisingUnitId], ['k.state', filter?.state]] as const).filter(([, value]) => value != null);
  const seen = visibleContracts(viewer);
  const where = { sql: [`(${seen.sql})`, ...wanted.map(([column]) => `${column} = ?`)].join(' AND '), params: [...seen.params, ...wanted.map(([, value]) => value)] };
  return listConnection<ServiceContractRow>(sql, { columns: COLUMNS, from: FROM, where, sort: SORT }, args);
}

export interface ContractsUnderArgs extends PageArgs {
  readonly state?: string | null | undefined;
}
export const contractsOfUnits = (sql: Sql, viewer: Viewer) => (parents: readonly string[], args: ContractsUnderArgs): Promise<Connection<ServiceContractRow>[]> => {
  const seen = visibleContracts(viewer);
  const where = args.state ? { sql: `(${seen.sql}) AND k.state = ?`, params: [...seen.params, args.state] } : seen;
  return listConnectionsByParent<ServiceContractRow>(sql, { columns: COLUMNS, from: FROM, where, sort: SORT, parent: 'k.unit_id' }, { parents, args });
};

export const lockContract = async (tx: Sql, id: string): Promise<ServiceContractRow | undefined> =>
  (await select<ServiceContractRow>(tx, `SELECT ${COLUMNS} FROM service_contracts k WHERE k.id = ? FOR UPDATE`, [id]))[0];

export const addContract = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'service_contracts', [row]);
export const changeContract = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'service_contracts', change);

export interface DeliverableRow {
  readonly id: string;
  readonly contractId: string;
  readonly seq: number;
  readonly title: string;
  readonly dueOn: string;
  readonly deliveredOn: string | null;
  readonly evidenceRef: string | null;
  readonly acceptedOn: string | null;
  readonly remarks: string | null;
}

/** What contracts that the caller has seen deliver. */
export const deliverablesOfContracts = (sql: Sql, ids: readonly string[]): Promise<DeliverableRow[]> =>
  selectIn<DeliverableRow>(
    sql,
    `SELECT id, contract_id AS contractId, seq, title, due_on AS dueOn, delivered_on AS deliveredOn, evidence_ref AS evidenceRef, accepted_on AS acceptedOn, remarks
       FROM contract_deliverables WHERE contract_id IN (?) ORDER BY contract_id, seq`,
    ids,
  );

export const addDeliverables = (tx: Sql, rows: readonly Row[]): Promise<void> => insertRows(tx, 'contract_deliverables', rows);

/** The contract's row is locked and its version goes up with it. */
export async function changeDeliverable(tx: Sql, id: string, set: Row): Promise<void> {
  const columns = Object.keys(set);
  await write(tx, `UPDATE contract_deliverables SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`, [...columns.map((column) => set[column]), id]);
}
