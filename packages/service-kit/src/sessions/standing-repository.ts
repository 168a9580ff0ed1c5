import type { HeldPost, Standing } from '@anjie/access';
import type { ServiceName } from '@anjie/contracts';
import { BUSINESS_NOW, isId, select, type Sql } from '../database';

/** The legal day in Asia/Shanghai (UTC+8 without summer time since 1991). */
const TODAY = `DATE(${BUSINESS_NOW} + INTERVAL 8 HOUR)`;

interface StandingRow {
  readonly isInOffice: number | string;
  readonly isFilled: number | string;
  readonly sessionsValidAfter: Date | null;
  readonly unitId: string | null;
  readonly divisionCode: string | null;
}

/** The directory is the truth in officials and a copy everywhere else; posts are `posts` in all of them. */
const tablesOf = (service: ServiceName) =>
  service === 'officials' ? { officials: 'officials', units: 'units' } : { officials: 'known_officials', units: 'known_units' };

/** What the directory that this service knows says today of an official, in one statement. */
export async function readStanding(sql: Sql, service: ServiceName, officialId: string): Promise<Standing> {
  const { officials, units } = tablesOf(service);
  const rows = await select<StandingRow>(
    sql,
    `SELECT o.id IS NOT NULL AND (o.valid_to IS NULL OR o.valid_to > ${TODAY}) AS isInOffice, EXISTS (SELECT 1 FROM ${officials}) AS isFilled,
            o.sessions_valid_after AS sessionsValidAfter, u.id AS unitId, u.division_code AS divisionCode
       FROM (SELECT 1) one
       LEFT JOIN ${officials} o ON o.id = ?
       LEFT JOIN posts p ON p.official_id = o.id AND p.started_on <= ${TODAY} AND (p.ended_on IS NULL OR p.ended_on > ${TODAY})
       LEFT JOIN ${units} u ON u.id = p.unit_id AND (u.valid_to IS NULL OR u.valid_to > ${TODAY})`,
    [isId(officialId) ? officialId : null],
  );
  const [first] = rows;
  return {
    isInOffice: Number(first?.isInOffice) === 1,
    // only where the directory is kept may somebody begin it
    isDirectoryEmpty: service === 'officials' && Number(first?.isFilled) === 0,
    sessionsValidAfter: first?.sessionsValidAfter ?? null,
    posts: rows.flatMap(({ unitId, divisionCode }): HeldPost[] => (unitId && divisionCode ? [{ unitId, divisionCode }] : [])),
  };
}
