import { refuse, type Refusal } from '@anjie/contracts';
import type { ScreeningRefusalCode } from '../generated/graphql';

export type ScreeningNo = Refusal<ScreeningRefusalCode>;

export const SCREENING_NO: Readonly<Record<ScreeningRefusalCode, ScreeningNo>> = {
  NOT_FOUND: refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist or is not visible to you.'),
  NOT_PERMITTED: refuse('NOT_PERMITTED', '只有实施地区的信访工作联席办可以排查。', 'Only the joint office of the campaign’s place may screen.'),
  CRITERIA_INVALID: refuse('CRITERIA_INVALID', '排查条件不符合要求：期间不得早于底数范围，信访件数为1至100，地区须在实施地区内。', 'The criteria do not fit: the period begins with the cohort at the earliest, 1 to 100 petitions, a place of the campaign.'),
  TOO_MANY_CANDIDATES: refuse('TOO_MANY_CANDIDATES', '符合条件的超过20000件，请缩小条件。', 'More than 20,000 cases fit; narrow the criteria.'),
  COUNT_OUT_OF_RANGE: refuse('COUNT_OUT_OF_RANGE', '一次认定1至500件。', 'Decide 1 to 500 at a time.'),
  CANDIDATE_TWICE: refuse('CANDIDATE_TWICE', '同一事项出现两次。', 'A candidate is named twice.'),
  BATCH_CLOSED: refuse('BATCH_CLOSED', '该批次已结束。', 'The batch is closed.'),
  CANDIDATES_PENDING: refuse('CANDIDATES_PENDING', '尚有未认定的事项(应排尽排)。', 'Candidates still wait for a decision.', '兴庆区方案 2020 (应排尽排)'),
  ALREADY_DECIDED: refuse('ALREADY_DECIDED', '该事项已认定。', 'The candidate was decided already.'),
  DUPLICATE: refuse('DUPLICATE', '已在台账或已并入其他信访事项。', 'On a ledger already, or merged into another case.'),
  OUTSIDE_COHORT: refuse('OUTSIDE_COHORT', '登记日期早于底数范围。', 'Registered before the cohort begins.', '兴庆区方案 2020 (底数)'),
  COHORT_FROZEN: refuse('COHORT_FROZEN', '底数已固定，不能再列入。', 'The cohort is frozen.', '兴庆区方案 2020 (底数)'),
  TEXT_LENGTH: refuse('TEXT_LENGTH', '理由须为5至500字。', 'The reason must have 5 to 500 characters.'),
};
