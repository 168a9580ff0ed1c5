import type { OpenService } from '@anjie/service-kit/subgraph';
import { directoryReactions } from '@anjie/service-kit/facts';
import type { Reaction } from '@anjie/service-kit/messaging';
import type { Closable } from '@anjie/service-kit/runtime';
import { startAlarms } from './arm-deadlines';
import { startDeadlineCheck } from './check-deadlines';
import { onActivityReported } from './on-activity-reported';
import { onCaseRelapsed } from './on-case-relapsed';
import { onCaseScopeChanged } from './on-case-scope-changed';
import { onCloseReviewRequested } from './on-close-review-requested';
import { startDigests } from './form-digests';
import { onNoticeRaised } from './on-notice-raised';
import { onObligationDeclared } from './on-obligation-declared';
import { onReferralDisputed } from './on-referral-disputed';
import type { Kinds } from '../kinds';
import type { WebhookSettings } from '../webhooks/webhook-settings';
import { startDailyWatch } from './watch-daily';
import { startWebhooks } from './send-webhooks';
import { startDeadlineSweep } from './sweep-deadlines';
import type { FileStorage } from '@anjie/service-kit/files';
import { startChecklistSweep, startFileExpiry } from './sweep-checklists';

/** What this service does when it is told something. */
export const reactions = (_open: OpenService): readonly Reaction[] => [
  ...directoryReactions, onCaseScopeChanged, onObligationDeclared, onCloseReviewRequested, onCaseRelapsed,
  onNoticeRaised,
  onReferralDisputed,
  onActivityReported,
];

/** What it does by itself, again and again. */
export const sweeps = (open: OpenService, webhooks: WebhookSettings, kinds: Kinds): readonly Closable[] => [
  startAlarms(open), startDeadlineSweep(open), startDeadlineCheck(open), startDigests(open), startWebhooks(open, webhooks),
  startDailyWatch(open, kinds),
];

/** What opens checklists, marks the missing ones, and lets exported files go. */
export const reportSweeps = (open: OpenService, { kinds, storage }: { kinds: Kinds; storage: FileStorage }): readonly Closable[] => [startChecklistSweep(open, kinds), startFileExpiry(open, storage)];
