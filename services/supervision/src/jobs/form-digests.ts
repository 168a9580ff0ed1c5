import type { OpenService } from '@anjie/service-kit/subgraph';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import { formDigests } from '../notifications/digest-service';

/** Looks every five seconds; the rows say whether a morning's digest is due, no timer. */
export const startDigests = ({ db, log }: Pick<OpenService, 'db' | 'log'>): Closable =>
  repeat('form-digests', 5_000, {
    log,
    async work() {
      const formed = await formDigests(db);
      if (formed > 0) log.info({ digests: formed }, 'digests of the morning are made');
    },
  });
