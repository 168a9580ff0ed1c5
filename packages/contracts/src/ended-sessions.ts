import { z } from 'zod';

/** Whose sessions ended: gateways ask for it over the signed internal API, and know it also while no message is delivered. */
export const ENDED_SESSIONS_PATH = '/internal/ended-sessions';
/** `since` is the `until` of the answer before; null asks for all that still matter. */
export const endedSessionsQuestion = z.strictObject({ since: z.iso.datetime().nullable() });
export const endedSessionsAnswer = z.object({
  until: z.iso.datetime(),
  ended: z.array(z.object({ officialId: z.uuid(), validAfter: z.iso.datetime() })),
});
export type EndedSessions = z.infer<typeof endedSessionsAnswer>;
