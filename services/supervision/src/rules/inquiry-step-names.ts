import type { Locale } from './duties';
import type { StepSource } from './inquiry-timeline';

type Words = Readonly<Record<Locale, string>>;

const NAMES: Readonly<Record<string, Words>> = {
  LEAD_UNIT_NAMED: { 'zh-CN': '确定责任单位', en: 'the lead unit was named' },
  PLAN_MADE: { 'zh-CN': '制定化解方案', en: 'a plan was made' },
  LETTER_REPLY: { 'zh-CN': '回复督办函件', en: 'reply to the letter' },
  CLOSING_SUBMITTED: { 'zh-CN': '报送结案审核', en: 'submitted for close review' },
  CLOSING_EXAMINED: { 'zh-CN': '结案初审', en: 'examined for closing' },
  CLOSING_DECIDED: { 'zh-CN': '结案审核认定', en: 'the close review was decided' },
  CLOSED: { 'zh-CN': '结案', en: 'closed' },
  CAME_AGAIN: { 'zh-CN': '再次信访', en: 'the matter came again' },
};

/** What happened, in words; nothing for a duty, which has a name of its own, and for a kind of letter that only its book names. */
export const stepName = ({ source, code }: { readonly source: StepSource; readonly code: string }, locale: Locale): string | null =>
  source === 'OBLIGATION' ? null : (NAMES[code]?.[locale] ?? null);
