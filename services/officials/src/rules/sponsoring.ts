import { caseIsSealed, refuse, type Refusal } from '@anjie/contracts';
import { crewObjection, isPlausibleDay, type Candidate, type CrewRefusalCode } from './assignment';

export type SponsorshipRefusalCode = CrewRefusalCode | 'NOT_FOUND' | 'NOT_PERMITTED' | 'ALREADY_SPONSORED' | 'ALREADY_ENDED' | 'DATE_OUT_OF_RANGE' | 'CASE_SEALED';
export type SponsorshipRefusal = Refusal<SponsorshipRefusalCode>;

export const refusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  forbidden: () => refuse('NOT_PERMITTED', '仅辖区包含该事项的信访联席办可办理。', 'Only the joint office of a division that contains the case may do this.'),
  sealed: caseIsSealed,
  alreadySponsored: () => refuse('ALREADY_SPONSORED', '该事项已有包案领导。', 'The case has a sponsor.'),
  alreadyEnded: () => refuse('ALREADY_ENDED', '该包案已结束。', 'The sponsorship has ended.'),
  dateOutOfRange: () => refuse('DATE_OUT_OF_RANGE', '日期在今天之后，或早于前一时段。', 'The day lies in the future, or before what went before.'),
};

export interface SponsoringFacts {
  readonly today: string;
  readonly candidate: Candidate | undefined;
  readonly excluded: ReadonlySet<string>;
  readonly present: { readonly officialId: string; readonly startedOn: string } | undefined;
  /** The end of the last sponsorship of the case. */
  readonly lastEndedOn: string | null;
}

export interface Sponsoring {
  readonly officialId: string;
  readonly startOn: string;
  readonly replace: boolean;
}

/** 领导包案: may this official take the case over from this day on? Null when nothing speaks against it. */
export function sponsoringObjection(facts: SponsoringFacts, { officialId, startOn, replace }: Sponsoring): SponsorshipRefusal | null {
  const objection = crewObjection(facts.candidate, facts.excluded);
  if (objection) return objection;
  if (facts.present && (!replace || facts.present.officialId === officialId)) return refusals.alreadySponsored();
  const notBefore = facts.present?.startedOn ?? facts.lastEndedOn;
  return isPlausibleDay(startOn, { today: facts.today, notBefore }) ? null : refusals.dateOutOfRange();
}
