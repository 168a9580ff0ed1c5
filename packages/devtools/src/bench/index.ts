import { checkedOperations } from './answers';
import { loadData } from './data/load';
import { machineLine } from './machine';
import { compare, measureIdle } from './measure';
import type { BenchOptions } from './options';
import { growthOf, tableOf, type OperationResult, type SizeResult } from './report';
import { probeStatements } from './statements';
import { startSystem, type BenchSystem } from './system';

export { readOptions, type BenchOptions } from './options';

export type BenchStep = <Result>(step: string, work: (progress: (done: number, total: number) => void) => Promise<Result>) => Promise<Result>;

export interface BenchRun {
  readonly options: BenchOptions;
  readonly step: BenchStep;
  /** Told of each running system, so that an interrupted run can stop it. */
  readonly onSystem: (system: BenchSystem) => void;
}

/** Runs every size on a fresh system of its own; answers the report as markdown. */
export async function runBench({ options, step, onSystem }: BenchRun): Promise<string> {
  const results: SizeResult[] = [];
  let machine = '';
  for (const cases of options.cases) {
    const system = await step('starting engines, the system and two documented gateways', () => startSystem());
    onSystem(system);
    try {
      machine = machineLine(system.versions, options);
      results.push(await benchSize(system, cases, { options, step }));
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\nLogs: ${system.logsDir}`, { cause: error });
    } finally {
      await system.stop();
    }
    system.forget();
  }
  return [...results.map(tableOf), growthOf(results), machine].filter(Boolean).join('\n\n');
}

async function benchSize(system: BenchSystem, cases: number, { options, step }: { options: BenchOptions; step: BenchStep }): Promise<SizeResult> {
  await step(`loading ${cases.toLocaleString('en')} cases into four schemas`, (progress) => loadData({ databaseUrl: system.databaseUrl, cases, progress }));
  const operations = await step('checking the answers of both gateways', () => checkedOperations(system, cases));
  const idle = await step('measuring the system at rest', () => measureIdle(system));
  const results: OperationResult[] = [];
  for (const operation of operations) {
    const comparison = await step(`measuring ${operation.name}`, () => compare(system, operation, { ...options, idle }));
    const probe = await step(`counting the statements of ${operation.name}`, () => probeStatements(system, operation));
    results.push({ name: operation.name, ...comparison, probe });
  }
  return { cases, idle, operations: results };
}
