import { z } from 'zod';
import { defineEvent } from './define';

const day = z.iso.date();

export const AGENCY_LEVELS = ['COUNTY', 'TOWNSHIP', 'VILLAGE'] as const;
export type AgencyLevel = (typeof AGENCY_LEVELS)[number];
export const AGENCY_STATES = ['OFFERED', 'AUTHORISED', 'UNDER_WAY', 'DONE', 'ENDED'] as const;
export type AgencyState = (typeof AGENCY_STATES)[number];

/**
 * 信访代办 as it stands: which unit acts for the petitioner, at which level, and how far it is. Cases shows it to the petitioner with
 * query code and secret; who the petitioner is stays in cases. Aggregate: the agency task.
 */
export const AgencyTaskMoved = defineEvent({
  name: 'agency-task-moved',
  schemaVersion: 1,
  ordering: 'SNAPSHOT',
  payload: z.object({
    agencyTaskId: z.uuid(),
    caseId: z.uuid(),
    level: z.enum(AGENCY_LEVELS),
    unitId: z.uuid(),
    state: z.enum(AGENCY_STATES),
    since: day,
  }),
});
