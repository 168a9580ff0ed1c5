import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { idFromName } from '@anjie/service-kit/database';
import type { MatterSigner } from '../repeats/matter-signer';
import { COUNTIES, petitionNo } from './synthetic-petitions';

export interface LoadPlan {
  readonly petitions: number;
  /** Folder that the database server can read. */
  readonly dir: string;
  readonly progress: (line: string) => void;
}

const PER_FILE = 20_000;
const BUCKETS = 64;
export const clerkUnitOf = (county: string): string => idFromName('bench-unit', county);
export const caseIdOf = (n: number): string => idFromName('bench-case', String(n));

/** Loads petitions with their cases and signatures: rows in files, files by LOAD DATA, bands in the order of their key. */
export async function loadPetitions(db: DataSource, signer: MatterSigner, plan: LoadPlan): Promise<void> {
  mkdirSync(plan.dir, { recursive: true });
  // a million documents take longer to index than everything else together, and no look-up here reads the index
  await db.query('ALTER TABLE cases DROP INDEX ft_cases_search_grams');
  await db.query('SET SESSION unique_checks = 0, foreign_key_checks = 0, max_statement_time = 0');
  await db.query(`INSERT INTO unit_closure (descendant_id, ancestor_id) VALUES ?`, [COUNTIES.map((county) => [clerkUnitOf(county), clerkUnitOf(county)])]);
  for (let from = 0; from < plan.petitions; from += PER_FILE) {
    await loadSome(db, signer, { plan, from, to: Math.min(plan.petitions, from + PER_FILE) });
    if (from % (PER_FILE * 5) === 0) plan.progress(`${from.toLocaleString('en')} petitions`);
  }
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    await loadBucket(db, plan.dir, bucket);
    if (bucket % 8 === 7) plan.progress(`${bucket + 1} of ${BUCKETS} parts of the bands`);
  }
  await db.query('ANALYZE TABLE petition_bands, petition_persons, petition_signatures, cases, petitions, case_parties');
}

interface Part {
  readonly plan: LoadPlan;
  readonly from: number;
  readonly to: number;
}

async function loadSome(db: DataSource, signer: MatterSigner, { plan, from, to }: Part): Promise<void> {
  const lines: Record<string, string[]> = { cases: [], case_parties: [], petitions: [], petition_signatures: [], petition_persons: [] };
  const buckets = Array.from({ length: BUCKETS }, (): string[] => []);
  for (let n = from; n < to; n += 1) writePetition(signer, n, { lines, buckets });
  for (const [table, columns] of Object.entries(COLUMNS)) await loadFile(db, { path: join(plan.dir, `${table}.tsv`), table, columns, lines: lines[table] ?? [] });
  buckets.forEach((bucket, i) => appendFileSync(join(plan.dir, `bands-${i}.tsv`), bucket.join('')));
}

const COLUMNS: Readonly<Record<string, string>> = {
  cases: 'id, number, title, summary, search_grams, status, purpose, division_code, registered_on, registered_unit_id, version',
  case_parties: 'case_id, party_kind, party_id, role',
  petitions: 'id, number, case_id, channel, petitioned_on, registered_on, registered_unit_id, title, petitioner_count',
  petition_signatures: 'seq, petition_id, grams, @bytes SET signature = UNHEX(@bytes)',
  petition_persons: '@bytes, seq SET print = UNHEX(@bytes)',
};

function writePetition(signer: MatterSigner, n: number, { lines, buckets }: { lines: Record<string, string[]>; buckets: string[][] }): void {
  const { divisionCode, title, summary, person } = petitionNo(n);
  const [caseId, petitionId, unitId, seq] = [caseIdOf(n), idFromName('bench-petition', String(n)), clerkUnitOf(divisionCode), n + 1];
  const day = `20${15 + (n % 8)}-0${1 + (n % 9)}-1${n % 9}`;
  const { grams, signature, bands } = signer.sign([title, summary]);
  const row = (table: string, cells: readonly (string | number)[]) => lines[table]?.push(`${cells.join('\t')}\n`);
  row('cases', [caseId, `M${n}`, title, summary, '', 'REGISTERED', 'CLAIM', divisionCode, day, unitId, 1]);
  row('case_parties', [caseId, 'UNIT', unitId, 'REGISTRAR']);
  row('petitions', [petitionId, `P${n}`, caseId, 'VISIT', day, day, unitId, title, 1]);
  row('petition_signatures', [seq, petitionId, grams, signature.toString('hex')]);
  for (const { print } of signer.prints([person], divisionCode)) row('petition_persons', [print.toString('hex'), seq]);
  for (const band of bands) buckets[(band[0] ?? 0) >> 2]?.push(`${band.toString('hex')}\t${divisionCode}\t${seq}\n`);
}

async function loadBucket(db: DataSource, dir: string, bucket: number): Promise<void> {
  const path = join(dir, `bands-${bucket}.tsv`);
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean).sort().map((line) => `${line}\n`);
  await loadFile(db, { path, table: 'petition_bands', columns: '@bytes, place, seq SET band = UNHEX(@bytes)', lines });
}

async function loadFile(db: DataSource, { path, table, columns, lines }: { path: string; table: string; columns: string; lines: readonly string[] }): Promise<void> {
  writeFileSync(path, lines.join(''));
  const [names = '', ...rest] = columns.split(' SET ');
  await db.query(`LOAD DATA INFILE ? IGNORE INTO TABLE ${table} CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' (${names})${rest.length > 0 ? ` SET ${rest.join('')}` : ''}`, [path]);
  rmSync(path);
}
