import { selectIn, type Sql } from '@anjie/service-kit/database';

export interface DivisionRow {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
}

const COLUMNS = 'code, name, parent_code AS parentCode';

export const divisionsByCodes = (sql: Sql, codes: readonly string[]): Promise<DivisionRow[]> =>
  selectIn<DivisionRow>(sql, `SELECT ${COLUMNS} FROM divisions WHERE code IN (?)`, codes);

export const childrenOf = (sql: Sql, parents: readonly string[]): Promise<DivisionRow[]> =>
  selectIn<DivisionRow>(sql, `SELECT ${COLUMNS} FROM divisions WHERE parent_code IN (?) AND valid_to IS NULL ORDER BY code`, parents);
