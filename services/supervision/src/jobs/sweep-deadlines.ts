import type { OpenService } from '@anjie/service-kit/subgraph';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import { sweepDeadlines } from '../deadlines/deadline-service';

/** Every two seconds, straight from the database, whether or not Redis is there. */
export const startDeadlineSweep = ({ db, log }: Pick<OpenService, 'db' | 'log'>): Closable =>
  repeat('sweep-deadlines', 2_000, { log, work: async () => void (await sweepDeadlines(db, log)) });
