import type { DataSource } from 'typeorm';
import type { TokenGate } from '@anjie/access';
import type { Logger } from '../runtime';
import type { FileStorage } from './storage';

export interface FileRouteOptions {
  readonly db: DataSource;
  readonly gate: TokenGate;
  readonly storage: FileStorage;
  readonly log: Logger;
  /** What files may be sent for, e.g. `LEDGER_IMPORT`; anything else is refused. */
  readonly allowedPurposes: readonly string[];
  /** Hours that an uploaded file is kept; left out, until somebody deletes it. */
  readonly expireAfterHours?: number;
}
