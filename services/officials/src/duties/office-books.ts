import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import type { LawBooks } from '../rules/duty-terms';

/** Rules and calendar of this process; read anew each time, because an operator's files are loaded at start-up. */
export const officeBooks = (): LawBooks => ({ rules: officeRules(), calendar: officeCalendar() });
