import type { DataSource } from 'typeorm';
import { inTransaction } from '@anjie/service-kit/database';
import type { IdentityVault } from '../petitioners/identity-vault';
import { moveRun, nextUnsigned, takeRun } from '../repeats/backfill-repository';
import { writeSignatures } from '../repeats/signature-writer';

const PER_STEP = 200;

/** Signs petitions that were registered before there were signatures, a step per transaction, from where the last step ended. True while more wait. */
export const signPetitions = (db: DataSource, vault: IdentityVault, limit: number = PER_STEP): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    const run = await takeRun(tx);
    if (!run) return false;
    const { lastId, petitions } = await nextUnsigned(tx, vault, { afterId: run.afterId, limit });
    await writeSignatures(tx, vault.matterSigner, petitions);
    await moveRun(tx, lastId);
    return lastId !== undefined;
  });
