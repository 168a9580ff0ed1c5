import { expireFiles } from '@anjie/service-kit/files';
import type { Reaction } from '@anjie/service-kit/messaging';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import type { OpenService } from '@anjie/service-kit/subgraph';
import type { Services } from '../services';
import { advanceDirectoryImports } from './advance-directory-imports';
import { createDutyService } from '../duties/duty-service';
import { officeBooks } from '../duties/office-books';
import { onCaseScopeChanged } from './on-case-scope-changed';
import { onSponsorNamed } from './on-sponsor-named';
import { sweepHandOvers } from './sweep-hand-overs';
import { tellUntoldPosts } from './tell-posts';

/** What this service does when it is told something. */
export const reactions = ({ outbox }: OpenService): readonly Reaction[] => [onCaseScopeChanged(createDutyService({ outbox, books: officeBooks })), onSponsorNamed(outbox)];

/** What it does by itself, again and again. */
export const sweeps = ({ db, log, outbox }: OpenService, { engine, storage, directoryImports, duties }: Services): readonly Closable[] => [
  engine.start(),
  advanceDirectoryImports(directoryImports, log),
  tellUntoldPosts({ db, outbox, log }),
  sweepHandOvers({ db, log }, duties),
  repeat('expire-files', 60_000, { log, work: () => expireFiles({ db, storage, log }) }),
];
