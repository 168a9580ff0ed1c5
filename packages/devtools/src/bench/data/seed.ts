import { CAMPAIGN_ID, cityIndexes, CIVIL_AFFAIRS, counties, DEPARTMENTS, FIRST_COUNTY, HOUSING, LEADING, OFFICIALS_PER_UNIT, PETITION_OFFICE } from './directory';
import { sqlId } from './ids';

/** Everything that more than one schema says about a case is decided here once, in a table that the generators read. */
const COLUMNS = `n int NOT NULL, id uuid NOT NULL, division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, registered_on date NOT NULL,
  registrar_id uuid NOT NULL, lead_id uuid NOT NULL, support_id uuid NOT NULL, referred_id uuid NOT NULL, sponsor_id uuid NOT NULL, member_id uuid NOT NULL,
  office_head_id uuid NOT NULL`;

const COUNTY = `(seq % ${counties.length})`;
const TURN = `(seq DIV ${counties.length})`;
const unitAt = (division: string, department: string | number): string => `(${division}) * ${DEPARTMENTS.length} + ${department}`;
const ofCounty = (department: string | number): string => unitAt(`${FIRST_COUNTY} + ${COUNTY}`, department);
const listed = (at: string, values: readonly (string | number)[]): string => `ELT(1 + ${at}, ${values.map((value) => `'${value}'`).join(', ')})`;
const LEAD = ofCounty(`${HOUSING} + ${TURN} % ${LEADING}`);
const official = (unit: string, place: string): string => sqlId('official', `(${unit}) * ${OFFICIALS_PER_UNIT} + ${place}`);

const seeds = (cases: number): string => `
  SELECT seq AS n, ${sqlId('case', 'seq')} AS id, ${listed(COUNTY, counties.map(({ code }) => code))} AS division_code,
    UTC_DATE() - INTERVAL 30 + (seq * 37) % 899 DAY AS registered_on,
    ${sqlId('unit', ofCounty(PETITION_OFFICE))} AS registrar_id,
    ${sqlId('unit', LEAD)} AS lead_id,
    ${sqlId('unit', ofCounty(`${HOUSING} + (1 + ${TURN}) % ${LEADING}`))} AS support_id,
    ${sqlId('unit', unitAt(listed(COUNTY, cityIndexes), CIVIL_AFFAIRS))} AS referred_id,
    ${official(ofCounty(0), `${TURN} % ${OFFICIALS_PER_UNIT}`)} AS sponsor_id,
    ${official(LEAD, `${TURN} % ${OFFICIALS_PER_UNIT}`)} AS member_id,
    ${official(ofCounty(PETITION_OFFICE), '0')} AS office_head_id
  FROM seq_1_to_${cases}`;

/** `pos` follows the order of ids: loading by it fills every table that is clustered by case from front to back. */
export const seedStatements = (cases: number): readonly string[] => [
  'CREATE DATABASE bench_data CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci',
  'USE bench_data',
  `CREATE TABLE drafts (${COLUMNS})`,
  `INSERT INTO drafts ${seeds(cases)}`,
  `CREATE TABLE cases (pos int NOT NULL PRIMARY KEY, ${COLUMNS})`,
  'INSERT INTO cases SELECT ROW_NUMBER() OVER (ORDER BY id), d.* FROM drafts d ORDER BY id',
];

/** Source of a generator's rows: cases of a range of positions, each `times` times with `r.seq` counting from 1. */
export const someCases = (times = 1): string =>
  `FROM (SELECT * FROM bench_data.cases WHERE pos BETWEEN ? AND ?) c${times === 1 ? '' : ` JOIN bench_data.seq_1_to_${times} r`}`;

/** Deltas of a figure, one per county and day, from the cases that `where` keeps. */
export const figureOf = (figure: string, day: string, where = 'TRUE'): string =>
  `INSERT INTO figure_deltas (campaign_id, figure, division_code, on_date, delta, change_seq)
   SELECT '${CAMPAIGN_ID}', '${figure}', c.division_code, ${day}, COUNT(*), 1 FROM bench_data.cases c WHERE ${where} GROUP BY c.division_code, ${day}`;
