import { HearingConcluded } from '@anjie/contracts';
import { on, serviceViewer } from '@anjie/service-kit/messaging';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { createClocks } from '../clocks/clock-service';
import { applyHearing } from '../reviews/hearing-effect';

/** A concluded hearing of a re-review stops its clock for the time that it needed. */
export const onHearingConcluded = ({ outbox }: Pick<OpenService, 'outbox'>) =>
  on(HearingConcluded, (tx, concluded, message) =>
    applyHearing(tx, { outbox, clocks: createClocks({ rules: officeRules(), calendar: officeCalendar, outbox }) }, { concluded, actor: { viewer: serviceViewer(message.source), requestId: message.requestId } }));
