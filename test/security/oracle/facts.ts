import type { SecuritySystem } from '../world/security-system';

/**
 * What is so, read from the tables that own each fact (never from a copy that the product made to decide by), with statements
 * that share no code with it. rules.ts says from this who should see what.
 */
export interface CaseFact {
  readonly id: string;
  readonly registeredOn: string;
  readonly division: string;
  readonly isSealed: boolean;
  readonly registrar: string | null;
  /** Of a sealed case: the one unit that has it. */
  readonly holder: string | null;
  readonly units: ReadonlySet<string>;
  readonly officials: ReadonlySet<string>;
  readonly excluded: ReadonlySet<string>;
}

/** A row of an entity type: the case that it belongs to, and what else may show it. */
export interface RowFact {
  readonly id: string;
  readonly caseId: string | null;
  /** Whose units owe it, got it, decide it: from there and from above in the tree. */
  readonly units: readonly string[];
  /** In whose name it stands. */
  readonly officials: readonly string[];
  /** Everything else that a rule asks for, by the column's name. */
  readonly more: Readonly<Record<string, unknown>>;
}

export interface PostFact {
  readonly unit: string;
  readonly endedOn: string | null;
}

export interface Facts {
  /** The unit and all above it. */
  readonly unitsUpwards: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every post that an official holds, will hold or held, with the day on which it ended. */
  readonly posts: ReadonlyMap<string, readonly PostFact[]>;
  readonly cases: ReadonlyMap<string, CaseFact>;
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, RowFact>>;
}

/** `statements` find the rows of each type. */
export async function readFacts(system: SecuritySystem, statements: ReadonlyMap<string, string>): Promise<Facts> {
  const rows = new Map<string, ReadonlyMap<string, RowFact>>();
  for (const [type, sql] of statements) rows.set(type, new Map((await system.rows<Record<string, unknown>>(sql)).map((row) => [String(row['id']), rowOf(row)])));
  return { unitsUpwards: await readTree(system), posts: await readPosts(system), cases: await readCases(system), rows };
}

const listOf = (value: unknown): string[] => (typeof value === 'string' ? value.split(',').filter(Boolean) : []);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const rowOf = ({ id, caseId, units, officials, ...more }: Record<string, unknown>): RowFact => ({ id: String(id), caseId: textOf(caseId), units: listOf(units), officials: listOf(officials), more });

async function readTree(system: SecuritySystem): Promise<Map<string, Set<string>>> {
  const units = await system.rows<{ id: string; above: string | null }>('SELECT id, parent_unit_id AS above FROM officials.units');
  const parents = new Map(units.map((unit) => [unit.id, unit.above]));
  return new Map(units.map(({ id }) => {
    const line = new Set<string>();
    for (let at: string | null | undefined = id; at && !line.has(at); at = parents.get(at)) line.add(at);
    return [id, line];
  }));
}

async function readPosts(system: SecuritySystem): Promise<Map<string, PostFact[]>> {
  const found = new Map<string, PostFact[]>();
  for (const { official, ...post } of await system.rows<PostFact & { official: string }>('SELECT official_id AS official, unit_id AS unit, ended_on AS endedOn FROM officials.posts')) {
    found.set(official, [...(found.get(official) ?? []), post]);
  }
  return found;
}

function grouped(pairs: readonly (readonly [string, string])[]): Map<string, Set<string>> {
  const sets = new Map<string, Set<string>>();
  for (const [key, value] of pairs) sets.set(key, (sets.get(key) ?? new Set()).add(value));
  return sets;
}

/** Where a unit's part in a case comes from: each is read from the service that it happened in. */
const UNIT_PARTS = `
  SELECT id AS caseId, registered_unit_id AS party FROM cases.cases WHERE registered_unit_id IS NOT NULL
  UNION SELECT id, lead_unit_id FROM cases.cases WHERE lead_unit_id IS NOT NULL
  UNION SELECT a.case_id, s.unit_id FROM cases.assignments a JOIN cases.assignment_supports s ON s.assignment_id = a.id WHERE a.ended_on IS NULL
  UNION SELECT case_id, guide_unit_id FROM cases.assignments WHERE ended_on IS NULL AND guide_unit_id IS NOT NULL
  UNION SELECT r.case_id, r.to_unit_id FROM assistance.referrals r JOIN assistance.referral_receipts d ON d.referral_id = r.id WHERE r.state NOT IN ('RETURNED', 'WITHDRAWN')
  UNION SELECT case_id, unit_id FROM assistance.referral_co_handlings WHERE state <> 'RELEASED'
  UNION SELECT case_id, organ_unit_id FROM cases.reviews
  UNION SELECT case_id, unit_id FROM cases.case_responsibilities WHERE role IN ('ASSIST', 'COOPERATE') AND until IS NULL`;
const OFFICIAL_PARTS = `
  SELECT case_id AS caseId, official_id AS party FROM officials.sponsorships WHERE ended_on IS NULL
  UNION SELECT f.case_id, m.official_id FROM officials.task_forces f JOIN officials.task_force_members m ON m.task_force_id = f.id WHERE f.dissolved_on IS NULL AND m.left_on IS NULL`;

async function readCases(system: SecuritySystem): Promise<Map<string, CaseFact>> {
  type Part = { caseId: string; party: string };
  const pairs = async (sql: string) => grouped((await system.rows<Part>(sql)).map(({ caseId, party }) => [caseId, party]));
  const [units, officials] = [await pairs(UNIT_PARTS), await pairs(OFFICIAL_PARTS)];
  const excluded = await pairs('SELECT case_id AS caseId, party_id AS party FROM cases.case_exclusions');
  const cases = await system.rows<{ id: string; registeredOn: string; division: string; sealed: number; registrar: string | null; holder: string | null }>(
    `SELECT c.id, c.registered_on AS registeredOn, c.division_code AS division, c.is_sealed AS sealed, c.registered_unit_id AS registrar, COALESCE(a.to_unit_id, c.registered_unit_id) AS holder
       FROM cases.cases c LEFT JOIN cases.accusations a ON a.case_id = c.id`,
  );
  return new Map(cases.map(({ id, registeredOn, division, sealed, registrar, holder }) => [id, {
    id, registeredOn, division, isSealed: Number(sealed) === 1, registrar, holder: Number(sealed) === 1 ? holder : null,
    units: units.get(id) ?? new Set(), officials: officials.get(id) ?? new Set(), excluded: excluded.get(id) ?? new Set(),
  }]));
}
