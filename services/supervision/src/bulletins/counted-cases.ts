import { scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import type { Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import type { FigureCode } from '../rules/report-figures';

export interface CountedCell {
  readonly bulletinId: string;
  readonly figure: FigureCode;
  readonly ordinal: number;
}

export const countedKey = ({ bulletinId, figure, ordinal }: CountedCell): string => [bulletinId, figure, ordinal].join('|');

/** Cases behind numbers, of those the ones that the viewer may see; one statement for however many numbers. */
export const countedCasesUnder = (sql: Sql, viewer: Viewer) => (parents: readonly string[], args: PageArgs): Promise<Connection<{ id: string }>[]> => {
  const keys = parents.map((parent) => parent.split('|'));
  const seen = visibleCases(viewer, scopeColumns('s'));
  // one OR per number, by the key: a tuple of expressions would be looked for through the whole table
  const one = keys.map(() => '(m.bulletin_id = ? AND m.figure = ? AND m.ordinal = ?)').join(' OR ');
  return listConnectionsByParent<{ id: string }>(
    sql,
    {
      columns: 'm.case_id AS id', from: 'bulletin_marks m JOIN case_scopes s ON s.case_id = m.case_id', sort: [{ column: 'm.case_id' }],
      where: { sql: `(${one}) AND (${seen.sql})`, params: [...keys.flat(), ...seen.params] }, parent: "CONCAT_WS('|', m.bulletin_id, m.figure, m.ordinal)",
    },
    { parents, args },
  );
};
