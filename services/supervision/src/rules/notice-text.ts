import { noticeKind } from '@anjie/contracts';
import type { Locale } from './duties';
import { reminderText, type ReminderWords } from './reminder-text';

export interface NoticeFacts {
  readonly kind: string;
  /** The duty, where the notice is about one. */
  readonly duty?: ReminderWords | null;
  /** 督〔2021〕0001号 */
  readonly letterNumber?: string | null;
  readonly letterReplyDueOn?: string | null;
}

/** The name of a kind in the viewer's language. */
export const noticeName = (kind: string, locale: Locale): string => noticeKind(kind)[locale === 'en' ? 'en' : 'zh'];

/** A notice in words: its kind, the duty or the letter. Nothing about people who petition, and nothing that somebody wrote, ever stands here. */
export function noticeText({ kind, duty, letterNumber, letterReplyDueOn }: NoticeFacts, locale: Locale): string {
  if (duty) return reminderText(duty, locale);
  const name = noticeName(kind, locale);
  if (!letterNumber) return locale === 'en' ? `${name}.` : `${name}。`;
  if (locale === 'en') return `${name}: ${letterNumber}${letterReplyDueOn ? `, reply due on ${letterReplyDueOn}` : ''}.`;
  return `${name}：${letterNumber}${letterReplyDueOn ? `，要求于${letterReplyDueOn}前回复` : ''}。`;
}
