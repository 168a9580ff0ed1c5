import type { OpenService } from '@anjie/service-kit/subgraph';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import { checkDeadlines } from '../deadlines/check-service';

/** Once a day, at 03:00 Asia/Shanghai, through all open obligations; the database says when and which worker. */
export const startDeadlineCheck = ({ db, log }: Pick<OpenService, 'db' | 'log'>): Closable =>
  repeat('check-deadlines', 10_000, { log, work: () => checkDeadlines(db, log) });
