import { readOptions, runBench } from '../bench/index';
import { createSteps } from './steps';

/** `npm run bench [-- --cases 1000,20000 --seconds 10 --connections 32]`: prints markdown that a person can paste. */
export async function bench(args: string[]): Promise<number> {
  const options = readOptions(args);
  const steps = createSteps();
  let stop = async (): Promise<void> => undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(130)));
  }
  const report = await runBench({ options, step: steps.run, onSystem: (system) => (stop = () => system.stop()) });
  console.log(`\n${report}\n`);
  return 0;
}
