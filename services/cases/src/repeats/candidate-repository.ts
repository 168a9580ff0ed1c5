import type { Viewer } from '@anjie/access';
import { select, type Sql } from '@anjie/service-kit/database';
import type { SqlPart } from '@anjie/service-kit/subgraph';
import { seenCases } from '../cases/case-repository';
import type { MatterSignature, PersonPrint } from './matter-signer';
import { COMPARABLE } from './signature-writer';

/** Petitions read from one band, newest first: a mass letter fills all its bands, and a look-up must not read them all. */
const PER_BAND = 60;
/** Petitions read of one person. */
const PER_PERSON = 100;
/** Petitions whose visibility is looked at, and those whose signatures are compared. */
const MOST_LOOKED_AT = 600;
const MOST_COMPARED = 200;

export interface Sought {
  readonly signature: MatterSignature;
  readonly prints: readonly PersonPrint[];
  /** Places whose petitions come first where a band is too long to read: those of the viewer's division, or of the petition's county. */
  readonly near: readonly [from: number, to: number];
  /** The case of an existing petition: never its own candidate, nor what was decided about it before. */
  readonly caseId?: string;
}

export interface CandidateRow {
  readonly petitionId: string;
  readonly caseId: string;
  /** The case that this one was merged into. */
  readonly intoCaseId: string | null;
  readonly grams: number;
  readonly signature: Buffer;
  /** Bits: 4 ID number, 2 telephone, 1 name. */
  readonly persons: string;
  readonly divisionCode: string;
  readonly contentCategory: string | null;
}

const PERSON_BIT = { ID_NUMBER: 4, PHONE: 2, NAME: 1 } as const;

const bandArm = (band: Buffer): SqlPart => ({
  sql: `(SELECT seq, 1 AS hits, 0 AS person FROM petition_bands WHERE band = ? ORDER BY place DESC, seq DESC LIMIT ${PER_BAND})`, params: [band],
});
const nearArm = (band: Buffer, near: Sought['near']): SqlPart => ({
  sql: `(SELECT seq, 1 AS hits, 0 AS person FROM petition_bands WHERE band = ? AND place BETWEEN ? AND ? ORDER BY place DESC, seq DESC LIMIT ${PER_BAND})`,
  params: [band, ...near],
});
const personArm = ({ kind, print }: PersonPrint): SqlPart => ({
  sql: `(SELECT seq, 0 AS hits, ${PERSON_BIT[kind]} AS person FROM petition_persons WHERE print = ? ORDER BY seq DESC LIMIT ${PER_PERSON})`, params: [print],
});

/** Nothing sought meets nothing; `UNION ALL` of no arms is no statement. */
export const NO_ARM: SqlPart = { sql: '(SELECT 0 AS seq, 0 AS hits, 0 AS person FROM DUAL WHERE FALSE)', params: [] };
export const personArms = (prints: readonly PersonPrint[]): readonly SqlPart[] => [NO_ARM, ...prints.map(personArm)];
export const unionOf = (arms: readonly SqlPart[]): SqlPart => ({ sql: arms.map((arm) => arm.sql).join(' UNION ALL '), params: arms.flatMap((arm) => arm.params) });

/**
 * Petitions that meet the sought one in a band or a person, among the cases that the viewer sees; one statement. Near ones meet twice in each
 * band, so they come first.
 */
export function findCandidates(sql: Sql, viewer: Viewer, sought: Sought): Promise<CandidateRow[]> {
  const { bands } = sought.signature;
  const arms = unionOf([...personArms(sought.prints), ...bands.map(bandArm), ...bands.map((band) => nearArm(band, sought.near))]);
  const seen = seenCases(viewer);
  const other = otherThan(sought.caseId);
  return select<CandidateRow>(
    sql,
    `SELECT s.petition_id AS petitionId, c.id AS caseId, l.into_case_id AS intoCaseId, s.grams, s.signature, h.persons, c.division_code AS divisionCode,
            c.content_category AS contentCategory
       FROM (SELECT seq, SUM(hits) AS hits, BIT_OR(person) AS persons FROM (${arms.sql}) arms GROUP BY seq ORDER BY persons DESC, hits DESC, seq DESC LIMIT ${MOST_LOOKED_AT}) h
       JOIN petition_signatures s ON s.seq = h.seq JOIN petitions p ON p.id = s.petition_id JOIN cases c ON c.id = p.case_id
       LEFT JOIN case_links l ON l.active_case_id = c.id
      WHERE ${COMPARABLE} AND (${seen.sql}) AND ${other.sql}
      ORDER BY h.persons > 0 DESC, h.hits DESC, h.seq DESC LIMIT ${MOST_COMPARED}`,
    [...arms.params, ...seen.params, ...other.params],
  );
}

/** Not the case itself, and no pair that a person has decided about. */
function otherThan(caseId: string | undefined): SqlPart {
  if (!caseId) return { sql: 'TRUE', params: [] };
  return {
    sql: `c.id <> ? AND NOT EXISTS (SELECT 1 FROM case_links d WHERE d.state <> 'UNDONE' AND d.petition_id IS NULL AND d.case_id = c.id AND d.into_case_id = ?)
      AND NOT EXISTS (SELECT 1 FROM case_links e WHERE e.state <> 'UNDONE' AND e.petition_id IS NULL AND e.case_id = ? AND e.into_case_id = c.id)`,
    params: [caseId, caseId, caseId],
  };
}
