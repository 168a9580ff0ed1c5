import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTATIONS, mutationText, QUERIES } from '../attacks/schema-words';

const DOCUMENTS = join(__dirname, '../../../gateway/documents');

export interface Sample {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const shipped = (): Sample[] => readdirSync(DOCUMENTS).filter((name) => name.endsWith('.graphql')).map((name) => {
  const variables = JSON.parse(readFileSync(join(DOCUMENTS, name.replace(/graphql$/, 'json')), 'utf8')) as Sample['variables'];
  return { query: readFileSync(join(DOCUMENTS, name), 'utf8'), variables: JSON.stringify(variables).length > 4_000 ? {} : variables };
});

const SMALL: readonly Sample[] = [
  { query: 'query ($id: ID!) { case(id: $id) { id number title summary leadUnit { name } petitions(first: 2) { nodes { title petitioners { maskedName } } } } }', variables: { id: '$' } },
  { query: 'query ($id: ID!) { referral(id: $id) { id state case { title } fromUnit { name } history { __typename } } }', variables: { id: '$' } },
  { query: 'query ($s: String, $n: Int, $a: String) { cases(filter: { search: $s }, first: $n, after: $a, sort: NUMBER) { totalCount nodes { id } pageInfo { endCursor hasNextPage } } }', variables: { s: '安置房', n: 5, a: null } },
  { query: 'query ($f: ObligationFilter) { obligations(filter: $f, first: 3) { totalCount nodes { dutyCode dueOn obligor { __typename ... on Unit { name } ... on Official { name } } } } }', variables: { f: { dutyCode: 'T2', dueBefore: '2022-12-31' } } },
  { query: 'query ($u: ID) { units(filter: { divisionCode: $u }) { nodes { code name parent { name } } } divisions(parent: $u) { nodes { code } } }', variables: { u: '640104' } },
  { query: 'query ($i: RepeatCandidatesInput!) { repeatCandidates(input: $i) { score samePerson } }', variables: { i: { draft: { divisionCode: '640104', title: '办证', summary: '不动产权证', petitioners: [{ name: '白某某', phone: '13900004455' }] } } } },
  { query: 'query ($r: String!, $d: Date!) { explainDue(ruleCode: $r, startOn: $d) { dueOn linesZh } }', variables: { r: 'T2', d: '2022-09-26' } },
];
/** A mutation with an input of which only the shape is guessed: most are refused, and each must be refused well. */
const acts = (): Sample[] => [...MUTATIONS.keys()].filter((name) => !/^(put|commitDirectory|endSessions|revokePortal|changePortal)/.test(name)).map((name) => ({
  query: mutationText(name), variables: { input: { idempotencyKey: '$key', caseId: '$', petitionId: '$', referralId: '$', id: '$', expectedVersion: 1, reason: '模糊测试事由', note: 'x', title: 'x', kind: 'OTHER' } },
}));

export const SAMPLES: readonly Sample[] = [...shipped(), ...SMALL, ...SMALL, ...SMALL, ...acts()];
/** Names that a mutant of a document may be given. */
export const NAMES: readonly string[] = [...QUERIES, ...MUTATIONS.keys(), 'id', 'title', 'nodes', 'totalCount', 'case', 'petitioners', '__typename', '__schema', '__type', '_entities', '_service', '__proto__', 'constructor', 'toString', 'first', 'filter', 'input', 'on', 'null', 'true', 'fragment'];
export const NASTY: readonly string[] = [
  "' OR '1'='1", '"; DROP TABLE cases; --', '%', '_', '\\', '\u0000', '\ud800', '\u202e', '🧨', '𠮷', '../../etc/passwd', '${7*7}', '{{7*7}}', '<script>', 'http://127.0.0.1/', '\r\nx: y', '9'.repeat(400), 'x'.repeat(3_000), '', ' ', '-1', '1e400', 'NaN', '0000-00-00', '2022-02-30',
];
export const ODD_VALUES: readonly unknown[] = [null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, [], {}, [null], [[]], { __proto__: null }, { $ne: null }, { toString: 'x' }, ['a', 'b'], 'null', '640104', '00000000-0000-4000-8000-000000000000'];
