import { NOTICE_KINDS, NoticeRaised, type NoticeKind } from '@anjie/contracts';
import { idFromName, type Sql } from '../database';
import type { Outbox } from './outbox';

export interface Notice {
  readonly kind: NoticeKind;
  readonly recipient: { readonly kind: 'UNIT' | 'OFFICIAL'; readonly id: string };
  /** Null where it is about something without a case. */
  readonly caseId: string | null;
  readonly subjectId: string;
  /** Tells one happening to the subject from the next of the same kind, for example its version. */
  readonly occasion: string;
}

/** The same notice has the same id wherever and however often it is made: it is the webhook's event id too. */
export const noticeId = ({ kind, subjectId, occasion, recipient }: Pick<Notice, 'subjectId' | 'occasion' | 'recipient'> & { readonly kind: string }): string =>
  idFromName('notice', [kind, subjectId, occasion, recipient.id].join(' '));

export interface RaisedNotice extends Notice {
  readonly at: Date;
  readonly requestId: string;
}

/** Tells supervision what units and officials should be notified of, in the transaction in which it happened. */
export const raiseNotices = (tx: Sql, outbox: Pick<Outbox, 'announceAll'>, notices: readonly RaisedNotice[]): Promise<void> =>
  outbox.announceAll(tx, NoticeRaised, notices.map(({ at, requestId, ...notice }) => ({
    aggregateId: noticeId(notice), version: 1, requestId,
    payload: {
      noticeKind: notice.kind, recipient: notice.recipient, caseId: notice.caseId, subject: { type: NOTICE_KINDS[notice.kind].subject, id: notice.subjectId },
      occasion: notice.occasion, occurredAt: at.toISOString(),
    },
  })));
