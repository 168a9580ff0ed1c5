import type { Calendar } from '@anjie/calendar';
import { ObligationDeclared, type PayloadOf } from '@anjie/contracts';
import { basisOf, dueFor, selectExtension, selectRule, type Due, type DueInput, type HearingSpan, type TimeLimitRule } from '@anjie/rulebook';
import { idFromName, newId, type Sql } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { openClocks, putClocks, type ClockNature, type ClockRow, type ClockState } from './clock-repository';

/** A duty or right with a date, as the acting service knows it. */
export interface Duty {
  /** Code of the rule that limits it, for example T8. */
  readonly code: string;
  readonly caseId: string;
  readonly divisionCode: string;
  /** Who owes it; null for a petitioner's right. */
  readonly obligorUnitId: string | null;
  readonly startOn: string;
  /** For a typed limit: the date that was given. */
  readonly assignedOn?: string;
  readonly nature?: ClockNature;
  /** What it is about; default the case. */
  readonly subject?: { readonly type: string; readonly id: string };
  /** Default: one duty of a code per case, so that a later declaration is a newer version of it. */
  readonly id?: string;
  readonly state: ClockState;
  readonly metOn: string | null;
  /** Orders the declarations of one duty. */
  readonly version: number;
}
export type NewDuty = Omit<Duty, 'state' | 'metOn' | 'version' | 'id'>;

interface ClockDeps {
  readonly rules: readonly TimeLimitRule[];
  readonly calendar: () => Calendar;
  readonly outbox: Outbox;
}

/** What may move a running clock: an approved extension (第三十四条) or hearings of a re-review (第三十六条第二款). */
export interface ClockChange {
  readonly extensionDays?: number;
  readonly hearings?: readonly HearingSpan[];
  readonly requestId: string;
}

/**
 * Clocks of a case: due dates computed once, in the transaction of the act, stored with rule and calendar version, and told
 * to supervision. Nothing recomputes a stored date but {@link ClockChange}. A year whose holidays are not published makes the
 * date provisional and says so: an act never waits for a calendar. A day that no rule covers starts no clock.
 */
export function createClocks(deps: ClockDeps) {
  return {
    /** Many duties in two statements; a duty that no rule covers is left out. */
    declare: (tx: Sql, duties: readonly Duty[], requestId: string): Promise<void> =>
      put(tx, deps, { clocks: duties.flatMap((duty) => newClock(deps, duty) ?? []), requestId }),
    /** Starts a clock of its own. Undefined when no rule covers the day. */
    async start(tx: Sql, duty: NewDuty, requestId: string): Promise<ClockRow | undefined> {
      const clock = newClock(deps, { ...duty, id: newId(), state: 'OPEN', metOn: null, version: 1 });
      if (clock) await put(tx, deps, { clocks: [clock], requestId });
      return clock;
    },
    /** Ends the open clocks of these codes; answers them. */
    async end(tx: Sql, { caseId, codes, subjectId, state, on, requestId }: ClockEnd): Promise<ClockRow[]> {
      const open = (await openClocks(tx, caseId, codes)).filter((clock) => !subjectId || clock.subjectId === subjectId);
      const clocks = open.map((clock) => ({ ...clock, state, endedOn: on, version: Number(clock.version) + 1 }));
      await put(tx, deps, { clocks, requestId });
      return clocks;
    },
    /** Gives an open clock to another unit with the same dates (第二十四条第二款). */
    hand: (tx: Sql, { clock, toUnitId, requestId }: { clock: ClockRow; toUnitId: string; requestId: string }): Promise<void> =>
      put(tx, deps, { clocks: [{ ...clock, obligorUnitId: toUnitId, version: Number(clock.version) + 1 }], requestId }),
    /** Gives many open clocks to another unit, each with its own dates; two statements. */
    handAll: (tx: Sql, { clocks, toUnitId, requestId }: { clocks: readonly ClockRow[]; toUnitId: string; requestId: string }): Promise<void> =>
      put(tx, deps, { clocks: clocks.map((clock) => ({ ...clock, obligorUnitId: toUnitId, version: Number(clock.version) + 1 })), requestId }),
    /** The clock with other dates, by a lawful ground; or why the rulebook does not allow it. */
    async change(tx: Sql, clock: ClockRow, { extensionDays = clock.extensionDays, hearings, requestId }: ClockChange): Promise<ClockRow | 'NOT_ALLOWED'> {
      const due = dueAgain(clock, { ...deps, extensionDays, hearings });
      if (!due || due.kind === 'REFUSED') return 'NOT_ALLOWED';
      const hearingDays = due.days.filter((day) => day.reason === 'HEARING_NOT_COUNTED').length;
      const changed = { ...clock, ...datesOf(due), extensionDays, hearingDays, version: Number(clock.version) + 1 };
      await put(tx, deps, { clocks: [changed], requestId });
      return changed;
    },
    /** Open clocks of these codes; the case's row is locked by the caller. */
    open: openClocks,
    /** The computation behind a stored clock, for showing it. */
    dueOf: (clock: ClockRow, hearings?: readonly HearingSpan[]) => dueAgain(clock, { ...deps, extensionDays: clock.extensionDays, hearings }),
  };
}
export type Clocks = ReturnType<typeof createClocks>;

/** Undefined when no rule covers the day, or the rule gives no date. */
function newClock({ rules, calendar }: ClockDeps, duty: Duty): ClockRow | undefined {
  const rule = selectRule(rules, { code: duty.code, jurisdictionCode: duty.divisionCode, on: duty.startOn });
  if (!rule) return undefined;
  const due = dueFor({ rule, startOn: duty.startOn, calendar: calendar(), unpublishedYears: 'PROVISIONAL', ...(duty.assignedOn ? { assignedOn: duty.assignedOn } : {}) });
  if (due.kind === 'REFUSED') return undefined;
  const subject = duty.subject ?? { type: 'Case', id: duty.caseId };
  return {
    id: duty.id ?? idFromName('obligation', `${duty.caseId}:${duty.code}`), caseId: duty.caseId, code: duty.code, nature: duty.nature ?? 'DUTY',
    obligorUnitId: duty.obligorUnitId, subjectType: subject.type, subjectId: subject.id, startOn: due.startOn, ...datesOf(due), extensionDays: 0,
    hearingDays: 0, assignedOn: duty.assignedOn ?? null, ruleCode: due.ruleCode, ruleVersion: due.ruleVersion, jurisdictionCode: duty.divisionCode,
    basis: basisOf(rule), state: duty.state, endedOn: duty.metOn, version: duty.version,
  };
}

/** Stores clocks and tells supervision of those that somebody owes. */
async function put(tx: Sql, { outbox }: ClockDeps, { clocks, requestId }: { clocks: readonly ClockRow[]; requestId: string }): Promise<void> {
  await putClocks(tx, clocks);
  const duties = clocks.filter((clock) => clock.nature === 'DUTY');
  await outbox.announceAll(tx, ObligationDeclared, duties.map((clock) => ({ aggregateId: clock.id, version: Number(clock.version), payload: payloadOf(clock), requestId })));
}

export interface ClockEnd {
  readonly caseId: string;
  readonly codes: readonly string[];
  readonly subjectId?: string;
  readonly state: Exclude<ClockState, 'OPEN'>;
  readonly on: string;
  readonly requestId: string;
}

interface Again extends Pick<ClockDeps, 'rules' | 'calendar'> {
  readonly extensionDays: number;
  readonly hearings?: readonly HearingSpan[] | undefined;
}

/** With the rule version that the clock was started with, in force or not: the text of that day counts. */
function dueAgain(clock: ClockRow, { rules, calendar, extensionDays, hearings }: Again) {
  const ofVersion = rules.filter((rule) => rule.version === clock.ruleVersion).map((rule) => ({ ...rule, validTo: null }));
  const query = { code: clock.ruleCode, jurisdictionCode: clock.jurisdictionCode, on: clock.startOn };
  const rule = selectRule(ofVersion, query);
  if (!rule) return undefined;
  // a local T8 may stand beside the national T9
  const extensionRule = selectExtension(rules, query);
  const input: DueInput = {
    rule, startOn: clock.startOn, calendar: calendar(), unpublishedYears: 'PROVISIONAL', extensionDays,
    ...(extensionRule ? { extensionRule } : {}), ...(hearings ? { hearings } : {}), ...(clock.assignedOn ? { assignedOn: clock.assignedOn } : {}),
  };
  return dueFor(input);
}

const datesOf = (due: Due) => ({ dueRaw: due.dueRaw, dueOn: due.dueEffective, isProvisional: due.provisional, calendarVersion: due.calendarVersion });

const payloadOf = (clock: ClockRow): PayloadOf<typeof ObligationDeclared> => ({
  obligationId: clock.id, caseId: clock.caseId, dutyCode: clock.code, state: clock.state === 'LAPSED' ? 'CANCELLED' : clock.state,
  obligorUnitId: clock.obligorUnitId, obligorOfficialId: null, subject: { type: clock.subjectType, id: clock.subjectId }, startOn: clock.startOn,
  dueRaw: clock.dueRaw, dueOn: clock.dueOn, isProvisional: Boolean(clock.isProvisional), ruleCode: clock.ruleCode, ruleVersion: clock.ruleVersion,
  calendarVersion: clock.calendarVersion, jurisdictionCode: clock.jurisdictionCode, basis: clock.basis, metOn: clock.state === 'MET' ? clock.endedOn : null,
});
