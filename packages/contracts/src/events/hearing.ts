import { z } from 'zod';
import { defineEvent } from './define';

const day = z.iso.date();

/**
 * 复核听证 is concluded: cases leaves its time out of the 30 days of the re-review (《信访工作条例》第三十六条第二款), and out of no other
 * limit. Told of kinds of hearings that stop that clock, and of no others. Aggregate: the hearing.
 */
export const HearingConcluded = defineEvent({
  name: 'hearing-concluded',
  schemaVersion: 1,
  ordering: 'ONCE',
  payload: z.object({
    hearingId: z.uuid(),
    caseId: z.uuid(),
    noticedOn: day,
    heldOn: day,
    /** The last day of a hearing that took several. */
    endedOn: day,
    concludedOn: day,
  }),
});
