import { z } from 'zod';
import { defineEvent } from './define';

const code = z.string().regex(/^[A-Z][A-Z0-9_]{0,47}$/);

/**
 * 通知: something happened that a unit or an official must act on or wants to know. Supervision puts it into the inbox, the
 * digest and the department's webhook. Ids and codes only. Aggregate: the notice, one per recipient (see messaging/notices.ts).
 */
export const NoticeRaised = defineEvent({
  name: 'notice-raised',
  schemaVersion: 2,
  ordering: 'ONCE',
  payload: z.object({
    /** A row of NOTICE_KINDS; text on the wire, so that an older listener can take a newer kind. */
    noticeKind: code,
    recipient: z.object({ kind: z.enum(['UNIT', 'OFFICIAL']), id: z.uuid() }),
    /** Null: about something that binds a unit or an official without a case. */
    caseId: z.uuid().nullable(),
    subject: z.object({ type: z.string().regex(/^[A-Za-z]{1,48}$/), id: z.uuid() }),
    /** Tells one happening to the subject from the next of the same kind, for example its version. */
    occasion: z.string().regex(/^[\x21-\x7e]{1,80}$/),
    occurredAt: z.iso.datetime(),
  }),
});
