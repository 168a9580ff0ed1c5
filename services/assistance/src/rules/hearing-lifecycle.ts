import { diffDays } from '@anjie/calendar';
import { refuse, type Refusal } from '@anjie/contracts';
import type { ServiceLife } from './service-life';

export const HEARING_STATES = ['REQUESTED', 'PROPOSED', 'CONSENTED', 'NOTICED', 'HELD', 'CONCLUDED', 'CALLED_OFF', 'DECLINED'] as const;
export type HearingState = (typeof HEARING_STATES)[number];
export type HearingAct = 'CONSENT' | 'DECLINE' | 'NOTICE' | 'HOLD' | 'CONCLUDE' | 'CALL_OFF';

export const HEARING_BASIS = '《信访工作条例》第三十一条第六项';

/** A hearing is asked for or proposed, agreed, noticed, held and concluded. Notice may be given again, for another day. */
export const HEARING_LIFE: ServiceLife<HearingState, HearingAct> = {
  states: HEARING_STATES,
  basis: HEARING_BASIS,
  acts: {
    CONSENT: { from: ['REQUESTED', 'PROPOSED'], to: 'CONSENTED' },
    DECLINE: { from: ['REQUESTED', 'PROPOSED'], to: 'DECLINED' },
    NOTICE: { from: ['CONSENTED', 'NOTICED'], to: 'NOTICED' },
    HOLD: { from: ['NOTICED'], to: 'HELD' },
    CONCLUDE: { from: ['HELD'], to: 'CONCLUDED' },
    CALL_OFF: { from: ['REQUESTED', 'PROPOSED', 'CONSENTED', 'NOTICED'], to: 'CALLED_OFF' },
  },
};

/** What a kind of hearing says. */
export interface HearingRules {
  readonly triggers: readonly { readonly code: string }[];
  readonly noticeDays: number;
  readonly panelMin: number;
  readonly needsApplicationOrConsent: boolean;
}

/** The ground is one of those that the kind names, where it names any. */
export const refusesTrigger = ({ triggers }: Pick<HearingRules, 'triggers'>, trigger: string | null): Refusal<'TRIGGER_INVALID'> | null =>
  (triggers.length === 0 && trigger === null) || triggers.some(({ code }) => code === trigger)
    ? null
    : refuse('TRIGGER_INVALID', '须指明一项该类听证规定的情形。', 'Name one of the grounds that this kind of hearing knows.', HEARING_BASIS);

/** A petitioner who declines owes no reason; a unit that refuses what a petitioner asked for does. */
export function refusesAnswer({ state, isConsent, reason }: { state: HearingState; isConsent: boolean; reason: string | null }): Refusal<'TEXT_MISSING' | 'NOTHING_TO_RECORD'> | null {
  const needsReason = state === 'REQUESTED' && !isConsent;
  if (needsReason && reason === null) return refuse('TEXT_MISSING', '不同意信访人的听证申请，须说明理由。', 'A unit that refuses the hearing asked for says why.', HEARING_BASIS);
  return needsReason || reason === null ? null : refuse('NOTHING_TO_RECORD', '不询问、不记录信访人谢绝的理由。', 'Nobody is asked why, and nothing of it is kept.', HEARING_BASIS);
}

export interface PanelSeat {
  readonly isChair: boolean;
  /** The one person that sits there, by where it is listed. */
  readonly personIds: readonly string[];
}

export function refusesPanel({ panelMin }: Pick<HearingRules, 'panelMin'>, seats: readonly PanelSeat[]): Refusal<'PANEL_INVALID'> | null {
  const persons = seats.flatMap(({ personIds }) => personIds);
  const isRight = seats.length >= panelMin && seats.every(({ personIds }) => personIds.length === 1) && new Set(persons).size === persons.length && seats.filter(({ isChair }) => isChair).length === 1;
  return isRight ? null : refuse('PANEL_INVALID', `听证组不少于${panelMin}人，各为一名干部、专家或者名录人员，其中主持人一名。`, `The panel has at least ${panelMin} seats, each one official, expert or person of the directory, and one chair.`, HEARING_BASIS);
}

/** The days between notice and hearing are local practice: a number of the kind. */
export const refusesNotice = ({ noticeDays }: Pick<HearingRules, 'noticeDays'>, { noticedOn, scheduledOn }: { noticedOn: string; scheduledOn: string }): Refusal<'NOTICE_TOO_SHORT'> | null =>
  diffDays(noticedOn, scheduledOn) >= noticeDays
    ? null
    : refuse('NOTICE_TOO_SHORT', `听证须在通知之日起${noticeDays}日后举行。`, `A hearing is held ${noticeDays} days after notice or later.`, '地方做法（听证通知期限）');

/** A hearing is held on the day that was noticed or after it, and not in the future; its last day not before the first. */
export const refusesHeldDays = ({ scheduledOn, heldOn, endedOn, today }: { scheduledOn: string; heldOn: string; endedOn: string; today: string }): Refusal<'DATE_INVALID'> | null =>
  scheduledOn <= heldOn && heldOn <= endedOn && endedOn <= today ? null : refuse('DATE_INVALID', '听证日期须自通知的日期起、不晚于今天。', 'The hearing lies between the day of the notice and today.', HEARING_BASIS);
