import { refuse, type Refusal } from '@anjie/contracts';
import type { ServiceLife } from './service-life';

/** 服务团队: of a case only the offer and its answer are kept; what is said stays with whoever serves. */
export const OFFER_STATES = ['OFFERED', 'ACCEPTED', 'DECLINED'] as const;
export type OfferState = (typeof OFFER_STATES)[number];
export const OFFER_LIFE: ServiceLife<OfferState, 'ACCEPT' | 'DECLINE'> = {
  states: OFFER_STATES, basis: null, acts: { ACCEPT: { from: ['OFFERED'], to: 'ACCEPTED' }, DECLINE: { from: ['OFFERED', 'ACCEPTED'], to: 'DECLINED' } },
};

/** 政策解释、疏导: offered, accepted, held where the petitioner chose; declined at any time before. */
export const EXPLANATION_STATES = ['OFFERED', 'ACCEPTED', 'HELD', 'DECLINED', 'CALLED_OFF'] as const;
export type ExplanationState = (typeof EXPLANATION_STATES)[number];
export type ExplanationAct = 'ACCEPT' | 'DECLINE' | 'HOLD' | 'CALL_OFF';
export const EXPLANATION_BASIS = '《信访工作条例》第三十二条、第三十七条';
export const EXPLANATION_LIFE: ServiceLife<ExplanationState, ExplanationAct> = {
  states: EXPLANATION_STATES,
  basis: EXPLANATION_BASIS,
  acts: {
    ACCEPT: { from: ['OFFERED'], to: 'ACCEPTED' },
    DECLINE: { from: ['OFFERED', 'ACCEPTED'], to: 'DECLINED' },
    HOLD: { from: ['ACCEPTED'], to: 'HELD' },
    CALL_OFF: { from: ['OFFERED', 'ACCEPTED'], to: 'CALLED_OFF' },
  },
};

/** The petitioner chooses where; whoever declines chooses nothing and is asked nothing. */
export const refusesPlace = ({ isAccepted, hasPlace }: { isAccepted: boolean; hasPlace: boolean }): Refusal<'PLACE_INVALID'> | null =>
  isAccepted === hasPlace ? null : refuse('PLACE_INVALID', '接受的，由信访人选择地点或者方式；谢绝的，不作记录。', 'Whoever accepts chooses the place; of whoever declines nothing is kept.', EXPLANATION_BASIS);

/** Papers go with an explanation where its kind says so. */
export const refusesDocuments = ({ needsDocuments, count }: { needsDocuments: boolean; count: number }): Refusal<'DOCUMENTS_MISSING'> | null =>
  needsDocuments && count === 0 ? refuse('DOCUMENTS_MISSING', '该类解释须交付书面材料（法律、政策文本）。', 'This kind of explanation comes with papers: the text of the law or policy.', EXPLANATION_BASIS) : null;

/** Recorded days lie between the step before and today. */
export const refusesDay = (day: string, { notBefore, today }: { notBefore: string; today: string }): Refusal<'DATE_INVALID'> | null =>
  notBefore <= day && day <= today ? null : refuse('DATE_INVALID', '日期须在上一步骤之后、不晚于今天。', 'The day lies between the step before and today.');
