import { dueFor, selectRule } from '@anjie/rulebook';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';

const CODE = 'RATING_WINDOW';

/** The last day of a rating window that counts from `on` in a place; null where no rule covers the day: then it stays open. */
export function ratingClosesOn(on: string, divisionCode: string): string | null {
  const rule = selectRule(officeRules(), { code: CODE, jurisdictionCode: divisionCode, on });
  const due = rule && dueFor({ rule, startOn: on, calendar: officeCalendar(), unpublishedYears: 'PROVISIONAL' });
  return due?.kind === 'DUE' ? due.dueEffective : null;
}

/** No window of any place is longer: working days, and the longest run of holidays at the end, are allowed for. */
export const longestWindowDays = (): number => Math.max(...officeRules().filter((rule) => rule.code === CODE).map((rule) => (rule.amount ?? 0) * 2 + 30), 30);
