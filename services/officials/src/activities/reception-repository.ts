import { inDivision, type SqlPredicate } from '@anjie/access';
import { addDays } from '@anjie/calendar';
import { AppError, DIVISION_CODE } from '@anjie/contracts';
import { businessTime, isId, selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnection, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import type { ReceptionDayFilter } from '../generated/graphql';

/** 接待日: what is published of an activity, and no more. */
export interface ReceptionDayRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly unitId: string;
  readonly on: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly place: string | null;
  readonly state: string;
}

const COLUMNS = 'a.id, a.kind, a.title, a.unit_id AS unitId, a.on_date AS `on`, a.starts_at AS startsAt, a.ends_at AS endsAt, a.place, a.state';
const SPAN_DAYS = 31;

export interface ReceptionArgs extends PageArgs {
  readonly filter?: ReceptionDayFilter | null | undefined;
}

/** The published calendar: the same for every viewer. @throws AppError BAD_USER_INPUT for a division code that is none */
export async function listReceptionDays(sql: Sql, { filter, ...page }: ReceptionArgs): Promise<Connection<ReceptionDayRow>> {
  const { divisionCode, unitId } = filter ?? {};
  if (divisionCode != null && !DIVISION_CODE.test(divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  const from = filter?.from ?? (await businessTime(sql)).today;
  const parts: SqlPredicate[] = [
    { sql: 'a.published_on IS NOT NULL AND a.on_date BETWEEN ? AND ?', params: [from, filter?.to ?? addDays(from, SPAN_DAYS)] },
    ...(divisionCode != null ? [inDivision('a.division_code', divisionCode)] : []),
    ...(unitId != null ? [isId(unitId) ? { sql: 'a.unit_id = ?', params: [unitId] } : { sql: 'FALSE', params: [] }] : []),
  ];
  const where = { sql: parts.map((part) => part.sql).join(' AND '), params: parts.flatMap((part) => part.params) };
  return listConnection<ReceptionDayRow>(sql, { columns: COLUMNS, from: 'activities a', where, sort: [{ column: 'a.on_date' }, { column: 'a.id' }] }, page);
}

export interface CountRow {
  readonly id: string;
  readonly held: number;
  readonly withoutOutcome: number;
  readonly contactOffered: number;
}

/** Held activities of officials in a span of days; `owing` are the kinds that need an outcome. One statement. */
export async function activityCountsOf(sql: Sql, officialIds: readonly string[], { from, to, owing }: { from: string; to: string; owing: readonly string[] }): Promise<CountRow[]> {
  const rows = await selectIn<CountRow>(
    sql,
    `SELECT o.official_id AS id, COUNT(*) AS held, COUNT(CASE WHEN a.outcome IS NULL AND a.kind IN (?) THEN 1 END) AS withoutOutcome,
            COUNT(CASE WHEN a.contact_offered = 1 THEN 1 END) AS contactOffered
       FROM activity_officials o JOIN activities a ON a.id = o.activity_id
      WHERE a.state = 'HELD' AND a.held_on BETWEEN ? AND ? AND o.official_id IN (?) GROUP BY o.official_id`,
    owing.length > 0 ? owing : [''], [from, to, officialIds],
  );
  return rows.map(({ id, ...counts }) => ({ id, held: Number(counts.held), withoutOutcome: Number(counts.withoutOutcome), contactOffered: Number(counts.contactOffered) }));
}
