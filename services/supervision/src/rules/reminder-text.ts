import { diffDays, type LocalDate } from '@anjie/calendar';
import type { Locale } from './duties';

export interface ReminderWords {
  readonly dutyName: string;
  readonly basis: string;
  readonly dueOn: LocalDate;
  /** The day on which the reminder was made. */
  readonly on: LocalDate;
}

/** The reminder in words: duty, basis, due date, days left. Nothing about people who petition ever stands here. */
export function reminderText({ dutyName, basis, dueOn, on }: ReminderWords, locale: Locale): string {
  const left = diffDays(on, dueOn);
  if (locale === 'en') return `"${dutyName}" is due on ${dueOn}: ${leftInEnglish(left)}. Basis: ${basis}`;
  return `“${dutyName}”应于${dueOn}前完成：${leftInChinese(left)}。依据：${basis}`;
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

function leftInEnglish(left: number): string {
  if (left === 0) return 'today is the last day';
  return left > 0 ? `${days(left)} left` : `${days(-left)} overdue`;
}

function leftInChinese(left: number): string {
  if (left === 0) return '今日到期';
  return left > 0 ? `还剩${left}日` : `已超期${-left}日`;
}
