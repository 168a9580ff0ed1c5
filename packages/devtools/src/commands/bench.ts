import { readOptions, runBench } from '../bench/index';
import { benchRepeats } from '../bench/repeats';
import { createSteps } from './steps';

/** `npm run bench [-- --cases 1000,20000 --seconds 10 --connections 32]`, `npm run bench -- repeats`: prints markdown that a person can paste. */
export async function bench(args: string[]): Promise<number> {
  if (args[0] === 'repeats') {
    console.log(`\n${await benchRepeats(args.slice(1))}\n`);
    return 0;
  }
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
