import { refuse, type AgencyState, type Refusal } from '@anjie/contracts';

/** 授权委托书: 《北京市信访条例》第二十七条、《山东省信访条例》第二十八条. */
export const AGENCY_BASIS = '《北京市信访条例》第二十七条、《山东省信访条例》第二十八条';

export type AgencyAction = 'AUTHORISE' | 'START' | 'COMPLETE' | 'END';

const NEXT: Readonly<Record<AgencyAction, { readonly from: readonly AgencyState[]; readonly to: AgencyState }>> = {
  AUTHORISE: { from: ['OFFERED'], to: 'AUTHORISED' },
  START: { from: ['AUTHORISED'], to: 'UNDER_WAY' },
  COMPLETE: { from: ['UNDER_WAY'], to: 'DONE' },
  // the petitioner takes the authority back whenever they like
  END: { from: ['OFFERED', 'AUTHORISED', 'UNDER_WAY'], to: 'ENDED' },
};

export function nextAgencyState(state: AgencyState, action: AgencyAction): AgencyState | Refusal<'ILLEGAL_STATE'> {
  const { from, to } = NEXT[action];
  return from.includes(state) ? to : refuse('ILLEGAL_STATE', '代办的当前状态不能进行此操作。', `The agency task is ${state}; ${action} is not open from there.`, AGENCY_BASIS);
}

export interface Authority {
  readonly today: string;
  readonly until: string;
  readonly longestUntil: string;
}

/** An authority has an end, not in the past and not beyond what the kind allows. */
export const refusesAuthority = ({ today, until, longestUntil }: Authority): Refusal<'DATE_INVALID'> | null =>
  today <= until && until <= longestUntil
    ? null
    : refuse('DATE_INVALID', `授权期限须在今天至${longestUntil}之间。`, `The authority ends between today and ${longestUntil}.`, AGENCY_BASIS);

/** Nothing is done beyond the last day of the authority. */
export const refusesFinish = ({ today, finishBy, until }: { today: string; finishBy: string; until: string }): Refusal<'DATE_INVALID'> | null =>
  today <= finishBy && finishBy <= until
    ? null
    : refuse('DATE_INVALID', `约定办结日期须在今天至授权期限${until}之间。`, `The promised day lies between today and the end of the authority, ${until}.`, AGENCY_BASIS);
