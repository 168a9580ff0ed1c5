import { basisOf, dueFor, selectRule } from '@anjie/rulebook';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';

const CODE = 'DATA_REQUEST';

/** By when the office answers a request about personal data. @throws Error when no rule covers the place and day */
export function answerDue(on: string, divisionCode: string): { on: string; basis: string } {
  const rule = selectRule(officeRules(), { code: CODE, jurisdictionCode: divisionCode, on });
  const due = rule && dueFor({ rule, startOn: on, calendar: officeCalendar(), unpublishedYears: 'PROVISIONAL' });
  if (!rule || due?.kind !== 'DUE') throw new Error(`no time limit ${CODE} for ${divisionCode} on ${on}`);
  return { on: due.dueEffective, basis: basisOf(rule) };
}
