import { readOptions, runBench } from '../bench/index';
import { benchDeadlines } from '../bench/deadlines';
import { benchReferrals } from '../bench/referrals';
import { benchRepeats } from '../bench/repeats';
import { benchSecurity } from '../bench/security';
import type { QueueBench } from '../bench/whole-system';
import { createSteps } from './steps';

const QUEUES: Readonly<Record<string, (bench: QueueBench) => Promise<string>>> = { deadlines: benchDeadlines, referrals: benchReferrals, security: benchSecurity };

/** `npm run bench [-- --cases 1000,20000 --seconds 10 --connections 32]`, `-- repeats`, `-- deadlines`, `-- referrals`, `-- security`: prints markdown that a person can paste. */
export async function bench(args: string[]): Promise<number> {
  if (args[0] === 'repeats') {
    console.log(`\n${await benchRepeats(args.slice(1))}\n`);
    return 0;
  }
  const steps = createSteps();
  let stop = async (): Promise<void> => undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(130)));
  }
  const parts = { step: steps.run, onSystem: (system: { stop(): Promise<void> }) => void (stop = () => system.stop()) };
  const [name = '', ...rest] = args;
  const ofQueues = QUEUES[name];
  const report = await (ofQueues ? ofQueues({ args: rest, ...parts }) : runBench({ options: readOptions(args), ...parts }));
  console.log(`\n${report}\n`);
  return 0;
}
