import { refuse, type Refusal } from '@anjie/contracts';
import type { ServiceLife } from './service-life';

export const MEDIATION_STATES = ['PROPOSED', 'CONSENTED', 'UNDER_WAY', 'AGREED', 'NOT_AGREED', 'STOPPED', 'DECLINED'] as const;
export type MediationState = (typeof MEDIATION_STATES)[number];
export type MediationAct = 'CONSENT' | 'DECLINE' | 'START' | 'AGREE' | 'NOT_AGREE' | 'STOP';

export const MEDIATION_BASIS = '《信访工作条例》第三十三条；《人民调解法》第十七条';

/** Either side may stop at any time before an agreement, and nobody asks why. */
export const MEDIATION_LIFE: ServiceLife<MediationState, MediationAct> = {
  states: MEDIATION_STATES,
  basis: MEDIATION_BASIS,
  acts: {
    CONSENT: { from: ['PROPOSED'], to: 'CONSENTED' },
    DECLINE: { from: ['PROPOSED'], to: 'DECLINED' },
    START: { from: ['CONSENTED'], to: 'UNDER_WAY' },
    AGREE: { from: ['UNDER_WAY'], to: 'AGREED' },
    NOT_AGREE: { from: ['UNDER_WAY'], to: 'NOT_AGREED' },
    STOP: { from: ['PROPOSED', 'CONSENTED', 'UNDER_WAY'], to: 'STOPPED' },
  },
};

/** What a kind of mediation or dialogue says. */
export interface MediationRules {
  readonly mediatorFrom: readonly ('UNIT' | 'OFFICIAL' | 'DIRECTORY')[];
  readonly needsBothConsents: boolean;
  readonly mayConfirmInCourt: boolean;
  readonly confirmWithinDays: number | null;
  readonly isPostFinal: boolean;
}

export type MediationSide = 'PETITIONER' | 'RESPONDENT';
export type SideAnswer = 'OFFERED' | 'CONSENTED' | 'DECLINED';

export interface SideAnswers {
  readonly petitioner: SideAnswer;
  readonly respondent: SideAnswer;
}

/** Who mediates: one unit, one official or one person of the directory, as the kind allows. */
export function refusesMediator({ mediatorFrom }: Pick<MediationRules, 'mediatorFrom'>, given: { unitId: boolean; officialId: boolean; participantId: boolean }): Refusal<'MEDIATOR_INVALID'> | null {
  const sources = [...(given.unitId ? ['UNIT' as const] : []), ...(given.officialId ? ['OFFICIAL' as const] : []), ...(given.participantId ? ['DIRECTORY' as const] : [])];
  const [source] = sources;
  return sources.length === 1 && source && mediatorFrom.includes(source)
    ? null
    : refuse('MEDIATOR_INVALID', '须指明一个调解单位或者调解人，且为该形式所允许。', 'One unit, official or person of the directory mediates, as this form allows.', MEDIATION_BASIS);
}

const FINAL_STATUSES: readonly string[] = ['TERMINATED', 'FOLLOW_UP', 'ARCHIVED'];

/** 《信访工作条例》第三十七条: after the ladder of remedies has ended, settling the dispute is still owed; before that this route would replace a remedy. */
export const refusesRoute = ({ isPostFinal }: Pick<MediationRules, 'isPostFinal'>, caseStatus: string): Refusal<'NOT_FINAL'> | null =>
  !isPostFinal || FINAL_STATUSES.includes(caseStatus)
    ? null
    : refuse('NOT_FINAL', '该途径用于已依法终结的信访事项；未终结的，应先依法办理、复查、复核。', 'This route is for matters whose remedies have ended; the others go on by reply, review and re-review.', '《信访工作条例》第三十七条');

/** What one side's answer makes of the proposal; a free-of-charge statement goes with the consent. */
export function answered(rules: Pick<MediationRules, 'needsBothConsents'>, answers: SideAnswers, { side, isConsent }: { side: MediationSide; isConsent: boolean }): { readonly answers: SideAnswers; readonly act: MediationAct | null } {
  const now = { ...answers, [side === 'PETITIONER' ? 'petitioner' : 'respondent']: isConsent ? 'CONSENTED' : 'DECLINED' } satisfies SideAnswers;
  if (!isConsent) return { answers: now, act: 'DECLINE' };
  const isComplete = now.petitioner === 'CONSENTED' && (now.respondent === 'CONSENTED' || !rules.needsBothConsents);
  return { answers: now, act: isComplete ? 'CONSENT' : null };
}

/** A unit that owes the talk has no consent to refuse; a side answers once. */
export function refusesAnswer(rules: Pick<MediationRules, 'needsBothConsents'>, answers: SideAnswers, { side, isConsent }: { side: MediationSide; isConsent: boolean }): Refusal<'ILLEGAL_STATE' | 'CONSENT_NOT_ASKED'> | null {
  if (side === 'RESPONDENT' && !rules.needsBothConsents && !isConsent) {
    return refuse('CONSENT_NOT_ASKED', '该形式中单位有义务参加，不得拒绝。', 'In this form the unit owes the talk and cannot decline it.', MEDIATION_BASIS);
  }
  const isOpen = answers[side === 'PETITIONER' ? 'petitioner' : 'respondent'] === 'OFFERED';
  return isOpen ? null : refuse('ILLEGAL_STATE', '该方已经答复。', 'This side has answered already.', MEDIATION_BASIS);
}

export interface FreeOfCharge {
  readonly isConsent: boolean;
  readonly toldFreeOn: string | null;
  readonly answeredOn: string;
}

/** 《人民调解法》第四条: mediation is free, and whoever consents was told so. */
export const refusesUntoldFree = ({ isConsent, toldFreeOn, answeredOn }: FreeOfCharge): Refusal<'FREE_OF_CHARGE_UNTOLD'> | null =>
  !isConsent || (toldFreeOn !== null && toldFreeOn <= answeredOn)
    ? null
    : refuse('FREE_OF_CHARGE_UNTOLD', '同意调解前，须已告知调解不收取任何费用。', 'Whoever consents was told before that mediation costs nothing.', '《人民调解法》第四条');

export interface AgreementItem {
  readonly promise: string;
  readonly hasUnit: boolean;
  readonly hasOfficial: boolean;
  readonly dueOn: string;
}

/** What the agreement binds units and officials to; what the petitioner's side promised is theirs and is not tracked. */
export function refusesItems(items: readonly AgreementItem[], { effectiveOn, today }: { effectiveOn: string; today: string }): Refusal<'OBLIGOR_INVALID' | 'DATE_INVALID' | 'TEXT_MISSING'> | null {
  if (effectiveOn > today) return refuse('DATE_INVALID', '协议生效日期不得晚于今天。', 'The agreement took effect not after today.', MEDIATION_BASIS);
  if (items.some(({ hasUnit, hasOfficial }) => hasUnit === hasOfficial)) return refuse('OBLIGOR_INVALID', '每项约定须有且只有一个义务单位或者干部。', 'Each item is owed by one unit or one official.', MEDIATION_BASIS);
  if (items.some(({ dueOn }) => dueOn < effectiveOn)) return refuse('DATE_INVALID', '履行日期不得早于协议生效日期。', 'An item is due on the day of the agreement or later.', MEDIATION_BASIS);
  if (items.some(({ promise }) => promise.trim() === '')) return refuse('TEXT_MISSING', '须写明每项约定的内容。', 'Each item says what is promised.', MEDIATION_BASIS);
  return null;
}

export interface Confirmation {
  readonly effectiveOn: string;
  /** The last day for asking the court; null where the form knows no confirmation. */
  readonly confirmBy: string | null;
  readonly appliedOn: string;
  readonly confirmedOn: string | null;
  readonly today: string;
}

/** 《人民调解法》第三十三条: both sides together ask the court within 30 days of the agreement's effect. A right of theirs, nobody's duty. */
export function refusesConfirmation({ effectiveOn, confirmBy, appliedOn, confirmedOn, today }: Confirmation): Refusal<'NOT_CONFIRMABLE' | 'CONFIRMATION_TOO_LATE' | 'DATE_INVALID'> | null {
  const basis = '《人民调解法》第三十三条';
  if (confirmBy === null) return refuse('NOT_CONFIRMABLE', '该形式的协议不能申请司法确认。', 'Agreements of this form are not confirmed in court.', basis);
  if (appliedOn < effectiveOn || appliedOn > today || (confirmedOn !== null && (confirmedOn < appliedOn || confirmedOn > today))) {
    return refuse('DATE_INVALID', '申请日期须在协议生效之后，确认日期须在申请之后，且均不晚于今天。', 'It was asked for after the agreement and confirmed after that, both not after today.', basis);
  }
  return appliedOn <= confirmBy ? null : refuse('CONFIRMATION_TOO_LATE', `司法确认须在协议生效之日起三十日内共同申请，期限已于${confirmBy}届满。`, `Confirmation is asked for within 30 days; the last day was ${confirmBy}.`, basis);
}
