import { caseIsSealed, refuse, type Refusal } from '@anjie/contracts';
import { crewObjection, isPlausibleDay, reachObjection, type Candidate, type CrewRefusalCode, type Reach } from './assignment';
import type { WordsRefusalCode } from './words';

export type SponsorshipRefusalCode =
  | CrewRefusalCode | WordsRefusalCode | 'NOT_FOUND' | 'NOT_PERMITTED' | 'ALREADY_SPONSORED' | 'ALREADY_ENDED' | 'DATE_OUT_OF_RANGE' | 'KIND_UNKNOWN' | 'ALREADY_OPEN'
  | 'EVIDENCE_NOT_FIT' | 'CONTACT_NOT_FIT' | 'NOT_THE_SPONSOR' | 'ILLEGAL_STATE' | 'CASE_SEALED';
export type SponsorshipRefusal = Refusal<SponsorshipRefusalCode>;

export const refusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  forbidden: () => refuse('NOT_PERMITTED', '仅辖区包含该事项的信访联席办可办理。', 'Only the joint office of a division that contains the case may do this.'),
  sealed: caseIsSealed,
  alreadySponsored: () => refuse('ALREADY_SPONSORED', '该事项已有包案领导。', 'The case has a sponsor.'),
  alreadyEnded: () => refuse('ALREADY_ENDED', '该包案已结束。', 'The sponsorship has ended.'),
  dateOutOfRange: () => refuse('DATE_OUT_OF_RANGE', '日期在今天之后，或早于前一时段。', 'The day lies in the future, or before what went before.'),
  kindUnknown: () => refuse('KIND_UNKNOWN', '没有这一种类，或者已经停用。', 'There is no such kind, or it is retired.'),
  alreadyOpen: () => refuse('ALREADY_OPEN', '所列职责已经开列。', 'These duties are open or were done.'),
  evidenceNotFit: () => refuse('EVIDENCE_NOT_FIT', '凭证种类与该职责不符。', 'The duty takes other evidence.'),
  contactNotFit: () => refuse('CONTACT_NOT_FIT', '须记录是否提出联系；提出的，记录答复，未提出的，没有答复。', 'Say whether contact was offered; an answer goes with an offer and only with it.'),
  notTheSponsor: () => refuse('NOT_THE_SPONSOR', '仅包案领导本人可办理。', 'Only the sponsor in person may do this.'),
  illegalState: () => refuse('ILLEGAL_STATE', '当前状态不能进行此操作。', 'Its state does not allow this.'),
};

export interface SponsoringFacts {
  readonly today: string;
  readonly candidate: Candidate | undefined;
  readonly excluded: ReadonlySet<string>;
  readonly recused?: ReadonlySet<string> | undefined;
  readonly present: { readonly officialId: string; readonly startedOn: string } | undefined;
  /** The end of the last sponsorship of the case. */
  readonly lastEndedOn: string | null;
}

export interface Sponsoring {
  readonly officialId: string;
  readonly startOn: string;
  readonly replace: boolean;
  /** Left out where an imported ledger names the sponsor: for which division it was imported is not told. */
  readonly reach?: Reach | undefined;
}

/** 领导包案: may this official take the case over from this day on? Null when nothing speaks against it. */
export function sponsoringObjection(facts: SponsoringFacts, { officialId, startOn, replace, reach }: Sponsoring): SponsorshipRefusal | null {
  const objection = crewObjection(facts.candidate, facts.excluded, facts.recused) ?? (facts.candidate && reach ? reachObjection(facts.candidate, reach) : null);
  if (objection) return objection;
  if (facts.present && (!replace || facts.present.officialId === officialId)) return refusals.alreadySponsored();
  const notBefore = facts.present?.startedOn ?? facts.lastEndedOn;
  return isPlausibleDay(startOn, { today: facts.today, notBefore }) ? null : refusals.dateOutOfRange();
}
