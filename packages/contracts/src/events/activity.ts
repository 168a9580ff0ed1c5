import { z } from 'zod';
import { defineEvent } from './define';

const day = z.iso.date();

/**
 * 领导活动 as it stands: planned, held with or without an outcome, or called off. Supervision looks for form without substance
 * (formalism checks); text stays in officials, `textKey` only tells that two outcomes say the same. Aggregate: the activity.
 */
export const ActivityReported = defineEvent({
  name: 'activity-reported',
  schemaVersion: 1,
  ordering: 'SNAPSHOT',
  payload: z.object({
    activityId: z.uuid(),
    kind: z.string().regex(/^[A-Z][A-Z0-9_]{0,47}$/),
    state: z.enum(['PLANNED', 'HELD', 'CALLED_OFF']),
    unitId: z.uuid(),
    officialIds: z.array(z.uuid()),
    caseIds: z.array(z.uuid()),
    plannedOn: day,
    heldOn: day.nullable(),
    hasOutcome: z.boolean(),
    /** Met the petitioner, or offered to and was declined: contact is a duty of the official, never of the petitioner. */
    offeredContact: z.boolean(),
    textKey: z.string().max(64).nullable(),
  }),
});
