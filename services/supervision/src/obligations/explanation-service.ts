import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { AppError, DIVISION_CODE } from '@anjie/contracts';
import { diffDays } from '@anjie/calendar';
import { basisOf, explain, type HearingSpan } from '@anjie/rulebook';
import type { CalendarDayKind } from '../generated/graphql';
import { explainStored, explainWhatIf, type DeadlineCheck, type ExplainedDeadline, type WhatIf } from '../rules/deadline-explanation';
import { dutyName, type Locale } from '../rules/duties';
import type { ObligationRow } from './obligation-repository';

export interface ExplanationView {
  readonly check: DeadlineCheck;
  readonly note: string | null;
  readonly linesZh: readonly string[];
  readonly linesEn: readonly string[];
  readonly days: readonly { on: string; kind: CalendarDayKind; isCounted: boolean; ordinal: number | null; note: string }[];
  readonly startOn: string;
  readonly dueRaw: string | null;
  readonly dueOn: string | null;
  readonly ruleCode: string;
  readonly ruleVersion: string | null;
  readonly calendarVersion: string;
  readonly basis: string | null;
}

const NATIONAL = '000000';
const MAX_EXTENSION = 3_660;
const MAX_HEARINGS = 20;

const sources = () => ({ rules: officeRules(), calendar: officeCalendar() });

/** The duty in the viewer's words. */
export const dutyWords = (row: Pick<ObligationRow, 'dutyCode' | 'ruleCode'>, locale: Locale): string => dutyName(row, officeRules(), locale);

function inWords({ check, due, remark }: ExplainedDeadline, locale: Locale): Pick<ExplanationView, 'check' | 'note' | 'linesZh' | 'linesEn' | 'days'> {
  const days = due ? explain(due, locale).days : [];
  return {
    check,
    note: remark ? (locale === 'en' ? remark.en : remark.zh) : null,
    linesZh: due ? explain(due, 'zh-CN').summary : [],
    linesEn: due ? explain(due, 'en').summary : [],
    days: days.map(({ counted, ...day }) => ({ ...day, isCounted: counted })),
  };
}

/** How the stored dates of an obligation come about; the stored ones are shown whatever comes out now. */
export const explainObligation = (row: ObligationRow, locale: Locale): ExplanationView => ({
  ...inWords(explainStored(row, sources()), locale),
  startOn: row.startOn, dueRaw: row.dueRaw, dueOn: row.dueOn, ruleCode: row.ruleCode, ruleVersion: row.ruleVersion,
  calendarVersion: row.calendarVersion, basis: row.basis,
});

export interface WhatIfArgs {
  readonly ruleCode: string;
  readonly startOn: string;
  readonly jurisdictionCode?: string | null | undefined;
  readonly extensionDays?: number | null | undefined;
  readonly hearings?: readonly HearingSpan[] | null | undefined;
  readonly assignedOn?: string | null | undefined;
}

function readHearings(hearings: readonly HearingSpan[]): readonly HearingSpan[] {
  const lengths = hearings.map(({ from, to }) => diffDays(from, to) + 1);
  const isAbsurd = lengths.some((days) => days < 1) || lengths.reduce((sum, days) => sum + days, 0) > MAX_EXTENSION;
  if (isAbsurd || hearings.length > MAX_HEARINGS) throw new AppError('BAD_USER_INPUT', { field: 'hearings' });
  return hearings;
}

function readQuestion({ ruleCode, startOn, jurisdictionCode, extensionDays, hearings, assignedOn }: WhatIfArgs): WhatIf {
  if (jurisdictionCode && !DIVISION_CODE.test(jurisdictionCode)) throw new AppError('BAD_USER_INPUT', { field: 'jurisdictionCode' });
  const days = extensionDays ?? 0;
  if (days < 0 || days > MAX_EXTENSION) throw new AppError('BAD_USER_INPUT', { field: 'extensionDays' });
  // every day between is shown: a typed date of another century is a slip
  if (assignedOn && diffDays(startOn, assignedOn) > MAX_EXTENSION) throw new AppError('BAD_USER_INPUT', { field: 'assignedOn' });
  return {
    ruleCode, startOn, jurisdictionCode: jurisdictionCode ?? NATIONAL, extensionDays: days, hearings: readHearings(hearings ?? []), assignedOn: assignedOn ?? null,
  };
}

/** What a rule would give from a day on. @throws AppError BAD_USER_INPUT */
export function explainAsked(args: WhatIfArgs, locale: Locale): ExplanationView {
  const asked = readQuestion(args);
  const explained = explainWhatIf(asked, sources());
  const { rule, due } = explained;
  return {
    ...inWords(explained, locale),
    startOn: asked.startOn, dueRaw: due?.dueRaw ?? null, dueOn: due?.dueEffective ?? null, ruleCode: asked.ruleCode,
    ruleVersion: rule?.version ?? null, calendarVersion: officeCalendar().version, basis: rule ? basisOf(rule) : null,
  };
}
