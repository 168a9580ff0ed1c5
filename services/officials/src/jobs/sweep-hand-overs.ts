import { businessTime, inTransaction, newId } from '@anjie/service-kit/database';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { holdDirectory } from '../directory/directory-change';
import type { DutyService } from '../duties/duty-service';
import { noteLostSponsors } from '../hand-overs/hand-over-moves';
import { lostSponsors } from '../hand-overs/hand-over-repository';

/** Posts that end on a day that was set before: their sponsors are found when the day has come. True while there may be more. */
export const sweepHandOvers = ({ db, log }: Pick<OpenService, 'db' | 'log'>, duties: DutyService): Closable =>
  repeat('sweep-hand-overs', 60_000, {
    log,
    work: async () => {
      if ((await lostSponsors(db.manager, 1)).length === 0) return false;
      return inTransaction(db, async (tx) => {
        await holdDirectory(tx);
        const { today } = await businessTime(tx);
        return (await noteLostSponsors(tx, { duties, today, requestId: `sweep-hand-overs-${newId()}` })) > 0;
      });
    },
  });
