import { divisionLevel, isInDivision, refuse, type Refusal } from '@anjie/contracts';
import type { ServiceLife } from './service-life';

export const CONSULTATION_STATES = ['REQUESTED', 'ASSIGNED', 'ESCALATION_ASKED', 'DELIVERED', 'WITHDRAWN'] as const;
export type ConsultationState = (typeof CONSULTATION_STATES)[number];
export type ConsultationAct = 'ASSIGN' | 'ASK_HIGHER' | 'ANSWER_HIGHER' | 'DELIVER' | 'WITHDRAW';

export const CONSULTATION_BASIS = '地方做法（信访工作专家库，法律审查意见书）';

/** The opinion is advice to whoever decides the matter; it decides nothing. A higher pool is asked, never ordered. */
export const CONSULTATION_LIFE: ServiceLife<ConsultationState, ConsultationAct> = {
  states: CONSULTATION_STATES,
  basis: CONSULTATION_BASIS,
  acts: {
    ASSIGN: { from: ['REQUESTED', 'ASSIGNED'], to: 'ASSIGNED' },
    ASK_HIGHER: { from: ['REQUESTED', 'ASSIGNED'], to: 'ESCALATION_ASKED' },
    ANSWER_HIGHER: { from: ['ESCALATION_ASKED'], to: 'REQUESTED' },
    DELIVER: { from: ['ASSIGNED'], to: 'DELIVERED' },
    WITHDRAW: { from: ['REQUESTED', 'ASSIGNED', 'ESCALATION_ASKED'], to: 'WITHDRAWN' },
  },
};

/** A pool belongs to a province, a city or a county. */
export const refusesPool = (divisionCode: string): Refusal<'POOL_INVALID'> | null =>
  ['PROVINCE', 'CITY', 'COUNTY'].includes(divisionLevel(divisionCode)) ? null : refuse('POOL_INVALID', '专家库设于省、市、县三级。', 'Pools are kept by provinces, cities and counties.', CONSULTATION_BASIS);

/** 协调上级专家库援助: to a pool whose division contains the present one. */
export const refusesHigherPool = ({ from, to }: { from: string; to: string }): Refusal<'POOL_INVALID'> | null =>
  refusesPool(to) ?? (from !== to && isInDivision(from, to) ? null : refuse('POOL_INVALID', '只能请求上级专家库援助。', 'Only a pool above the present one is asked for help.', CONSULTATION_BASIS));

/** At least one expert of the pool that is asked, each once. */
export const refusesExperts = (experts: readonly { readonly id: string; readonly poolDivisionCode: string }[], { asked, pool }: { asked: readonly string[]; pool: string }): Refusal<'EXPERT_INVALID'> | null =>
  asked.length > 0 && new Set(asked).size === asked.length && experts.length === asked.length && experts.every(({ poolDivisionCode }) => poolDivisionCode === pool)
    ? null
    : refuse('EXPERT_INVALID', '须指明本专家库的专家，且不得重复。', 'Name experts of this pool, each once.', CONSULTATION_BASIS);
