import { caseIsSealed, refuse, type Refusal } from '@anjie/contracts';
import type { WordsRefusalCode } from './words';

export type RecusalState = 'REQUESTED' | 'GRANTED' | 'REFUSED';
export type RecusalOrigin = 'THE_OFFICIAL' | 'UNIT' | 'ON_BEHALF';
export type RecusalRefusalCode = WordsRefusalCode | 'NOT_FOUND' | 'NOT_PERMITTED' | 'OFFICIAL_UNKNOWN' | 'ALREADY_REQUESTED' | 'ALREADY_DECIDED' | 'CASE_SEALED';
export type RecusalRefusal = Refusal<RecusalRefusalCode>;

const ART_28 = '《信访工作条例》第二十八条';

export const recusalRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  sealed: caseIsSealed,
  cannotAsk: () => refuse('NOT_PERMITTED', '由干部本人、参与办理的单位提出，或者由窗口代为提出。', 'The official, a unit in the case, or a window on behalf of somebody asks.', ART_28),
  cannotDecide: () => refuse('NOT_PERMITTED', '由其单位主要负责人或者信访联席办决定，本人不得决定。', 'The head of the unit or the joint office decides, never the one concerned.', ART_28),
  officialUnknown: () => refuse('OFFICIAL_UNKNOWN', '没有这位在职干部。', 'There is no such official in office.'),
  alreadyRequested: () => refuse('ALREADY_REQUESTED', '已有待决定的申请，或者已经决定回避。', 'A request waits, or recusal was decided.'),
  alreadyDecided: () => refuse('ALREADY_DECIDED', '该申请已经决定。', 'The request was decided.'),
} satisfies Record<string, () => RecusalRefusal>;

export interface Asker {
  readonly subject: string;
  /** Works in a unit that handles the case, or oversees it. */
  readonly isInCase: boolean;
  readonly isClerk: boolean;
}

/** 第二十八条: who may ask, and as whom. */
export function originObjection(origin: RecusalOrigin, asker: Asker, officialId: string): RecusalRefusal | null {
  const may = origin === 'THE_OFFICIAL' ? asker.subject === officialId : origin === 'ON_BEHALF' ? asker.isClerk : asker.isInCase;
  return may ? null : recusalRefusals.cannotAsk();
}

export interface Decider {
  readonly subject: string;
  readonly isHeadOfUnit: boolean;
  readonly overseesCase: boolean;
}

/** 第二十八条: never the one concerned, head or not. */
export function decisionObjection(decider: Decider, { officialId, state }: { officialId: string; state: RecusalState }): RecusalRefusal | null {
  if (decider.subject === officialId || !(decider.isHeadOfUnit || decider.overseesCase)) return recusalRefusals.cannotDecide();
  return state === 'REQUESTED' ? null : recusalRefusals.alreadyDecided();
}
