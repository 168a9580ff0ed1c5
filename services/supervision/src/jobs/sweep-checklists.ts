import { expireFiles, type FileStorage } from '@anjie/service-kit/files';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { sweepChecklists } from '../checklists/sweep-checklists';
import type { Kinds } from '../kinds';

/** Every ten seconds: the rows say what is due, no timer. */
export const startChecklistSweep = ({ db, log }: Pick<OpenService, 'db' | 'log'>, kinds: Kinds): Closable =>
  repeat('sweep-checklists', 10_000, { log, work: () => sweepChecklists(db, kinds) });

/** Exported files past their time. */
export const startFileExpiry = ({ db, log }: Pick<OpenService, 'db' | 'log'>, storage: FileStorage): Closable =>
  repeat('expire-files', 60_000, { log, work: () => expireFiles({ db, storage, log }) });
