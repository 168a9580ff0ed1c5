import type { Comparison, Idle, Measurement } from './measure';
import type { Probe } from './statements';

export interface OperationResult extends Comparison {
  readonly name: string;
  readonly probe: Probe;
}

export interface SizeResult {
  readonly cases: number;
  readonly idle: Idle;
  readonly operations: readonly OperationResult[];
}

const HEAD = `| operation | gateway | requests/s | p50 ms | p99 ms | CPU ms per request: gateway | subgraphs + workers | database | SQL per request | machine busy with others |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|`;

const round = (value: number): string => (Number.isFinite(value) ? value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2) : '–');
const times = (value: number): string => `${round(value)} ×`;
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const cells = (values: readonly string[]): string => `| ${values.join(' | ')} |`;
const numbers = (m: Measurement): number[] => [m.perSecond, m.p50, m.p99, m.gatewayCpu, m.servicesCpu, m.databaseCpu];

/** In the last row of an operation more is better for Anjie everywhere. */
function rowsOf({ name, ours, documented, probe }: OperationResult): string[] {
  const [rate = NaN, ...costs] = numbers(ours).map((own, i) => (i === 0 ? own / (numbers(documented)[i] ?? NaN) : (numbers(documented)[i] ?? NaN) / own));
  return [
    cells([name, 'Anjie', ...numbers(ours).map(round), round(probe.perRequest), percent(ours.othersShare)]),
    cells(['', '@apollo/gateway as documented', ...numbers(documented).map(round), '', percent(documented.othersShare)]),
    cells(['', '**better by**', ...[rate, ...costs].map((value) => `**${times(value)}**`), '', '']),
  ];
}

/** The table of one size, and what its statements cost. */
export const tableOf = ({ cases, idle, operations }: SizeResult): string =>
  [
    `### ${cases.toLocaleString('en')} cases`, '', HEAD, ...operations.flatMap(rowsOf), '',
    `At rest: subgraphs + workers ${round(idle.services)}, database ${round(idle.database)} CPU ms per second; taken off above.`, '',
    ...slowestOf(operations),
  ].join('\n');

const SHOWN = 6;

function slowestOf(operations: readonly OperationResult[]): string[] {
  const all = operations.flatMap(({ name, probe }) => probe.statements.map((statement) => ({ name, ...statement })));
  const slowest = all.sort((a, b) => b.ms - a.ms).slice(0, SHOWN);
  return [
    'Slowest statements, one at a time:', '',
    '| operation | service | ms | rows read | statement |', '|---|---|--:|--:|---|',
    ...slowest.map(({ name, service, ms, rowsRead, sql }) => cells([name, service, round(ms), rowsRead.toLocaleString('en'), `\`${gistOf(sql)}\``])),
  ];
}

/** Which statement it is, without the columns it asks for. */
const gistOf = (sql: string): string => {
  const text = sql.replace(/\s+/g, ' ');
  return text.slice(Math.max(0, text.search(/ FROM \w/))).trim().replaceAll('|', '¦').slice(0, 110);
};

/** How much more the same operation costs on more stored cases; 1 is best. */
export function growthOf([small, ...larger]: readonly SizeResult[]): string {
  if (!small || larger.length === 0) return '';
  const lines = larger.flatMap((large) => small.operations.map((before, i) => growthRow({ small, large }, before, large.operations[i] ?? before)));
  return ['### Growth with rows stored (Anjie)', '', '| operation | cases | p50 | requests/s | CPU gateway | CPU subgraphs | CPU database |', '|---|---|--:|--:|--:|--:|--:|', ...lines].join('\n');
}

function growthRow({ small, large }: { small: SizeResult; large: SizeResult }, { name, ours: before }: OperationResult, { ours: after }: OperationResult): string {
  const sizes = `${small.cases.toLocaleString('en')} → ${large.cases.toLocaleString('en')}`;
  const costs = [after.p50 / before.p50, after.perSecond / before.perSecond, after.gatewayCpu / before.gatewayCpu, after.servicesCpu / before.servicesCpu, after.databaseCpu / before.databaseCpu];
  return cells([name, sizes, ...costs.map(times)]);
}
