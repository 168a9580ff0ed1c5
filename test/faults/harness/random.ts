import { randomBytes } from 'node:crypto';

export { createRandom, type Random } from '@anjie/devtools';

/** `ANJIE_FAULTS_SEED` repeats a run; the faults come at the same times to the same places, the machine's own timing remains. */
export const chooseSeed = (): string => process.env['ANJIE_FAULTS_SEED'] ?? randomBytes(4).toString('hex');
