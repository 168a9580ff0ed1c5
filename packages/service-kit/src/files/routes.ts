import type { DataSource } from 'typeorm';
import type { TokenGate } from '@anjie/access';
import type { Logger } from '../runtime';
import type { Route } from '../subgraph';
import { downloadRoute } from './download-route';
import type { FileStorage } from './storage';
import { uploadRoute } from './upload-route';

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

/** `PUT /internal/files` and `GET /internal/downloads/<token>`, for `serveSubgraph({ routes })`. */
export const fileRoutes = (options: FileRouteOptions): readonly Route[] => [uploadRoute(options), downloadRoute(options)];
