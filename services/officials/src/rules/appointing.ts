import { addDays } from '@anjie/calendar';
import { caseIsSealed, divisionLevel, refuse, type Refusal } from '@anjie/contracts';
import type { CrewRefusalCode } from './assignment';
import type { WordsRefusalCode } from './words';

export type AppointmentRefusalCode =
  | CrewRefusalCode | WordsRefusalCode | 'NOT_FOUND' | 'NOT_PERMITTED' | 'KIND_UNKNOWN' | 'UNIT_UNKNOWN' | 'BINDING_NOT_FIT' | 'LEVEL_NOT_FIT' | 'SLOTS_NOT_FIT' | 'CALL_IN_NOT_FIT'
  | 'QUALIFICATION_MISSING' | 'ALREADY_HELD' | 'ALREADY_ENDED' | 'SUCCESSOR_MISSING' | 'DATE_OUT_OF_RANGE' | 'CASE_SEALED';
export type AppointmentRefusal = Refusal<AppointmentRefusalCode>;

/** What a kind says about its form; a row of kinds/appointments.yaml. */
export interface AppointmentRules {
  readonly bound: 'UNIT' | 'CASE' | 'CAMPAIGN';
  readonly isExclusive: boolean;
  readonly needsSlot: boolean;
  readonly needsQualification: boolean;
  readonly callInMinutes: number | null;
  readonly level: 'COUNTY' | 'TOWNSHIP' | 'VILLAGE' | null;
}

export const appointmentRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  forbidden: () => refuse('NOT_PERMITTED', '仅单位人员、责任单位，或者辖区内信访联席办可办理。', 'Only staff of the unit, the lead unit or the joint office above may do this.'),
  sealed: caseIsSealed,
  kindUnknown: () => refuse('KIND_UNKNOWN', '没有这一种类，或者已经停用。', 'There is no such kind, or it is retired.'),
  unitUnknown: () => refuse('UNIT_UNKNOWN', '单位不存在或已撤并。', 'The unit is unknown or closed.'),
  bindingNotFit: () => refuse('BINDING_NOT_FIT', '单位、事项、专项与该种类不符。', 'Unit, case and campaign do not fit the kind.'),
  levelNotFit: () => refuse('LEVEL_NOT_FIT', '任职单位的级别与该种类不符。', 'The unit is of another level than the kind.'),
  slotsNotFit: () => refuse('SLOTS_NOT_FIT', '时段缺失、格式不符或相互重叠。', 'Slots are missing, not HH:MM, or overlap.'),
  callInNotFit: () => refuse('CALL_IN_NOT_FIT', '到岗时限不适用于该种类，或者超过其上限。', 'The kind knows no call-in time, or allows less.'),
  qualificationMissing: () => refuse('QUALIFICATION_MISSING', '须写明其任职资格。', 'Say what makes the person fit.'),
  alreadyHeld: () => refuse('ALREADY_HELD', '该职责已有现任。', 'The role is held; it is held by one at a time.'),
  alreadyEnded: () => refuse('ALREADY_ENDED', '该职责已结束。', 'The appointment has ended.'),
  successorMissing: () => refuse('SUCCESSOR_MISSING', '事项办结之前，须有接任人员。', 'While the case is open somebody has to follow.'),
  dateOutOfRange: () => refuse('DATE_OUT_OF_RANGE', '日期在允许的范围之外。', 'The day lies outside what is possible.'),
} satisfies Record<string, () => AppointmentRefusal>;

export interface Slot {
  readonly weekday: number;
  readonly startsAt: string;
  readonly endsAt: string;
}
export interface Appointing {
  readonly hasUnit: boolean;
  readonly hasCase: boolean;
  readonly hasCampaign: boolean;
  readonly slots: readonly Slot[];
  readonly callInMinutes: number | null;
  readonly qualification: string | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const MAX_SLOTS = 14;
const YEAR = 366;

/** Does the form fit the kind? */
export function formObjection(kind: AppointmentRules, wanted: Appointing, today: string): AppointmentRefusal | null {
  if (!isBound(kind, wanted)) return appointmentRefusals.bindingNotFit();
  if (!areSlotsFit(kind, wanted.slots)) return appointmentRefusals.slotsNotFit();
  if (!isCallInFit(kind, wanted.callInMinutes)) return appointmentRefusals.callInNotFit();
  if (kind.needsQualification && wanted.qualification === null) return appointmentRefusals.qualificationMissing();
  const isStartFit = wanted.startsOn >= addDays(today, -10 * YEAR) && wanted.startsOn <= addDays(today, YEAR);
  return isStartFit && (wanted.endsOn === null || wanted.endsOn > wanted.startsOn) ? null : appointmentRefusals.dateOutOfRange();
}

function isBound({ bound }: AppointmentRules, { hasUnit, hasCase, hasCampaign }: Appointing): boolean {
  if (bound === 'CASE') return hasCase && !hasCampaign;
  return !hasCase && hasUnit && hasCampaign === (bound === 'CAMPAIGN');
}

function areSlotsFit({ needsSlot }: AppointmentRules, slots: readonly Slot[]): boolean {
  if (slots.length > MAX_SLOTS || (needsSlot && slots.length === 0)) return false;
  const isFit = (slot: Slot): boolean => Number.isInteger(slot.weekday) && slot.weekday >= 1 && slot.weekday <= 7 && TIME.test(slot.startsAt) && TIME.test(slot.endsAt) && slot.endsAt > slot.startsAt;
  const overlap = (a: Slot, b: Slot): boolean => a.weekday === b.weekday && a.startsAt < b.endsAt && b.startsAt < a.endsAt;
  return slots.every(isFit) && slots.every((a, i) => slots.slice(i + 1).every((b) => !overlap(a, b)));
}

const isCallInFit = ({ callInMinutes: most }: AppointmentRules, minutes: number | null): boolean => minutes === null || (most !== null && minutes >= 1 && minutes <= most);

/** 三级: a worker of the township is held in a township's unit. */
export const isLevelFit = ({ level }: Pick<AppointmentRules, 'level'>, divisionCode: string): boolean => level === null || divisionLevel(divisionCode) === level;

/** An end is a fact: not in the future, not before the start. */
export function endObjection({ startsOn, endsOn, endReason }: { startsOn: string; endsOn: string | null; endReason: string | null }, day: string, today: string): AppointmentRefusal | null {
  if (endReason !== null || (endsOn !== null && endsOn <= today)) return appointmentRefusals.alreadyEnded();
  return day <= today && day >= startsOn ? null : appointmentRefusals.dateOutOfRange();
}

/** Monday is 1. */
export const isoWeekday = (sundayIsZero: number): number => (sundayIsZero === 0 ? 7 : sundayIsZero);

/** 首接首办、一盯到底: unbroken until the case is closed. */
export const successionObjection = ({ isUnbroken }: { isUnbroken: boolean }, { isCaseOpen, hasSuccessor }: { isCaseOpen: boolean; hasSuccessor: boolean }): AppointmentRefusal | null =>
  isUnbroken && isCaseOpen && !hasSuccessor ? appointmentRefusals.successorMissing() : null;
