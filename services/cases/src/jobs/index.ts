import { directoryReactions } from '@anjie/service-kit/facts';
import { expireFiles } from '@anjie/service-kit/files';
import type { Reaction } from '@anjie/service-kit/messaging';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { runPeriodically } from '@anjie/service-kit/upkeep';
import { keyRotationTask } from '../petitioners/key-rotation';
import type { Services } from '../services';
import { lapseRightsOver } from './lapse-rights';
import { dropOldAttempts } from '../petitioner-access/access-repository';
import { onCaseCrewChanged } from './on-case-crew-changed';
import { signPetitions } from './sign-petitions';
import { onCloseReviewDecided } from './on-close-review-decided';
import { onCloseReviewOverturned } from './on-close-review-overturned';
import { onClosingOpinionSigned } from './on-closing-opinion-signed';
import { onHearingConcluded } from './on-hearing-concluded';
import { onReferralMoved } from './on-referral-moved';
import { onAgencyTaskMoved } from './on-agency-task-moved';
import { onUnitChanged } from './on-unit-changed';

/** What this service does when it is told something. */
export const reactions = (open: OpenService): readonly Reaction[] => [
  ...directoryReactions.filter(({ event }) => event.name !== onUnitChanged.event.name),
  onUnitChanged,
  onCaseCrewChanged(open),
  onReferralMoved(open),
  onAgencyTaskMoved,
  onClosingOpinionSigned,
  onCloseReviewDecided(open),
  onCloseReviewOverturned(open),
  onHearingConcluded(open),
];

/** What it does by itself, again and again. */
export const sweeps = ({ db, log }: OpenService, { engine, storage, successions, exports, vault, rotator }: Services): readonly Closable[] => [
  engine.start(),
  exports.start(),
  runPeriodically({ db, log, tasks: [keyRotationTask(rotator)] }),
  repeat('move-to-successors', 5_000, { log, work: () => successions.moveNext() }),
  repeat('lapse-rights', 60_000, { log, work: () => lapseRightsOver(db) }),
  repeat('drop-old-attempts', 3_600_000, { log, work: async () => void (await dropOldAttempts(db.manager)) }),
  repeat('expire-files', 60_000, { log, work: () => expireFiles({ db, storage, log }) }),
  repeat('sign-petitions', 60_000, { log, work: () => signPetitions(db, vault) }),
];
