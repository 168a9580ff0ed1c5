import type { DataSource } from 'typeorm';
import type { TokenGate, Viewer } from '@anjie/access';
import type { Sql } from '../database';
import type { Admit } from '../sessions';
import type { Logger } from '../runtime';
import type { StoredFile } from './file-repository';
import type { FileStorage } from './storage';

export interface Reading {
  readonly file: StoredFile;
  /** Who made the link. */
  readonly viewer: Viewer;
}

export interface FileRouteOptions {
  readonly db: DataSource;
  readonly gate: TokenGate;
  readonly admit: Admit;
  readonly storage: FileStorage;
  readonly log: Logger;
  /** What files may be sent for, e.g. `LEDGER_IMPORT`; anything else is refused. */
  readonly allowedPurposes: readonly string[];
  /** Hours that an uploaded file is kept; left out, until somebody deletes it. */
  readonly expireAfterHours?: number;
  /** Seals what the sender calls a file: it may name a person. Left out, the name is kept as it is. */
  readonly sealName?: (name: string, fileId: string) => Buffer;
  /** Asked when a link is used: a right that there was when it was made may have ended. Left out, the link is enough. */
  readonly mayStillRead?: (sql: Sql, reading: Reading) => Promise<boolean>;
}
