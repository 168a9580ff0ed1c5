import type { DataSource } from 'typeorm';
import { businessTime, inTransaction } from '@anjie/service-kit/database';
import { lapseRights } from '../clocks/clock-repository';

const BATCH = 500;

/** Ends rights whose last day is over, as many as there are, in short transactions. A late duty is no matter of this: it stays owed. */
export async function lapseRightsOver(db: DataSource): Promise<void> {
  for (let ended = BATCH; ended === BATCH; ) {
    ended = await inTransaction(db, async (tx) => lapseRights(tx, { today: (await businessTime(tx)).today, limit: BATCH }));
  }
}
