import { randomUUID } from 'node:crypto';
import type { NoticeRaised, PayloadOf } from '@anjie/contracts';
import type { Viewer } from '@anjie/access';
import { key, tell, type Supervision } from './builders';

export type Raised = PayloadOf<typeof NoticeRaised>;

export const aNotice = (unitId: string, part: Partial<Raised> = {}): Raised => ({
  noticeKind: 'REFERRAL_DELIVERED', recipient: { kind: 'UNIT', id: unitId }, caseId: randomUUID(), subject: { type: 'Referral', id: randomUUID() }, occasion: 'v2',
  occurredAt: '2025-08-04T02:00:00.000Z', ...part,
});

export const raise = async (supervision: Supervision, notice: Raised, source = 'assistance'): Promise<Raised> => {
  await tell(supervision.db, 'notice-raised', { payload: notice, source });
  return notice;
};

export interface Told {
  readonly id: string;
  readonly kind: { readonly code: string; readonly name: string };
  readonly text: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly deliverAt: string;
  readonly readAt: string | null;
}
export interface Inbox {
  readonly unread: number;
  readonly notifications: readonly Told[];
}

export async function inboxOf(supervision: Supervision, viewer: Viewer, filter: object = {}): Promise<Inbox> {
  const data = await supervision.client.query<{ unreadNotificationCount: number; myNotifications: { totalCount: number; nodes: Told[] } }>(
    viewer,
    `query ($filter: NotificationFilter) { unreadNotificationCount myNotifications(first: 100, filter: $filter) { totalCount nodes { id kind { code name } text subject { type id } deliverAt readAt } } }`,
    { filter },
  );
  expect(data.myNotifications.totalCount).toBe(data.myNotifications.nodes.length);
  return { unread: data.unreadNotificationCount, notifications: data.myNotifications.nodes };
}

export const kindsIn = (inbox: Inbox): string[] => inbox.notifications.map((one) => one.kind.code).sort();

export interface ReadAnswer {
  readonly markedCount?: number;
  readonly unreadCount?: number;
  readonly code?: string;
}
export const markRead = async (supervision: Supervision, viewer: Viewer, notificationIds: readonly string[], idempotencyKey = key()): Promise<ReadAnswer> =>
  (await supervision.client.query<{ markNotificationsRead: ReadAnswer }>(
    viewer,
    `mutation ($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { ... on MarkNotificationsReadPayload { markedCount unreadCount } ... on NotificationRefusal { code message } } }`,
    { input: { idempotencyKey, notificationIds } },
  )).markNotificationsRead;

export interface DigestNode {
  readonly id: string;
  readonly day: string;
  readonly counts: readonly { readonly kind: { readonly code: string }; readonly count: number }[];
  readonly items: { readonly totalCount: number; readonly nodes: readonly { readonly kind: { readonly code: string } }[] };
}
export const digestsOf = async (supervision: Supervision, viewer: Viewer): Promise<readonly DigestNode[]> =>
  (await supervision.client.query<{ myDigests: { nodes: DigestNode[] } }>(
    viewer, '{ myDigests(first: 100) { nodes { id day counts { kind { code } count } items(first: 100) { totalCount nodes { kind { code } } } } } }',
  )).myDigests.nodes;
