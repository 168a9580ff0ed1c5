import { hasRole, type Viewer } from '@anjie/access';
import { caseIsSealed, refuse, type Refusal } from '@anjie/contracts';
import { isOfficeText } from './assigned-date';
import { isOfDivisionOrAbove } from './close-reviewers';

export type InspectionState = 'PLANNED' | 'UNDER_WAY' | 'REPORTED' | 'CLOSED';
export type InspectionAct = 'START' | 'FIND' | 'REPORT' | 'CLOSE';
export type FindingState = 'OPEN' | 'RECTIFIED' | 'ACCEPTED';
export type FindingAct = 'RECTIFY' | 'ACCEPT' | 'RETURN';
export type InspectionRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'OUTSIDE_DIVISION' | 'OUTSIDE_TEAM' | 'OF_INSPECTED_UNIT' | 'KIND_NOT_USABLE' | 'CASE_NEEDED' | 'CASE_SEALED' | 'PARTNER_NEEDED' | 'PARTY_UNKNOWN'
  | 'PARTY_NAMED' | 'DATE_NOT_ACCEPTABLE' | 'FINDINGS_OPEN' | 'WRONG_STATE' | 'TEXT_NOT_ACCEPTABLE' | 'LEADER_NEEDED' | 'TOO_MANY';
export type InspectionRefusal = Refusal<InspectionRefusalCode>;

export const REPORT_DUTY = 'INSPECTION_REPORT';
export const RECTIFY_DUTY = 'INSPECTION_RECTIFICATION';
export const SHARED_DUTY = 'SHARED_FOLLOW_UP';
const RECUSAL = '《信访工作条例》第二十八条';

export const inspectionRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: () => refuse('NOT_PERMITTED', '您的岗位或单位无权进行此操作。', 'Your role or unit may not do this.'),
  outsideDivision: () => refuse('OUTSIDE_DIVISION', '只能督查本辖区及所辖地区。', 'An office inspects its own division and below.'),
  outsideTeam: () => refuse('OUTSIDE_TEAM', '该组已解散，或未包联此地区。', 'The team is disbanded, or not bound to this region.'),
  ofInspectedUnit: () => refuse('OF_INSPECTED_UNIT', '被督查单位及其下属单位的人员应当回避。', 'Nobody of the inspected unit or a unit below it inspects it.', RECUSAL),
  badKind: () => refuse('KIND_NOT_USABLE', '没有此督查种类，或已停用。', 'There is no such kind of inspection, or it is retired.'),
  caseNeeded: () => refuse('CASE_NEEDED', '此种督查须针对一件信访事项。', 'An inspection of this kind is about a case.'),
  sealed: () => caseIsSealed(),
  partnerNeeded: () => refuse('PARTNER_NEEDED', '联合督查须写明会同单位，其他督查不得写。', 'A joint inspection names its partners, and no other does.'),
  partyUnknown: () => refuse('PARTY_UNKNOWN', '单位或干部不存在、已撤并。', 'A unit or an official is unknown or closed.'),
  partyNamed: () => refuse('PARTY_NAMED', '被检举、控告的单位不得会同督查该事项。', 'Whom the report names takes no part in an inspection about the case.', '《信访工作条例》第三十条第三款'),
  badDate: () => refuse('DATE_NOT_ACCEPTABLE', '日期无效：计划日期不早于今日；整改期限晚于今日且不超过一年。', 'The date does not fit: planned for today or later; rectified later than today and within a year.'),
  findingsOpen: () => refuse('FINDINGS_OPEN', '尚有未销号的整改问题。', 'A finding is not rectified and accepted yet.'),
  wrongState: () => refuse('WRONG_STATE', '当前状态不允许此操作。', 'It is not in a state that allows this.'),
  badText: () => refuse('TEXT_NOT_ACCEPTABLE', '文字为空、过长、含控制字符，或记有对信访人的管控内容。', 'A text is empty, too long, holds control characters, or speaks of watching people who petition.'),
  leaderNeeded: () => refuse('LEADER_NEEDED', '工作组须有一名组长，并至少包联一个地区。', 'A team has exactly one leader, and is bound to at least one region.'),
  tooMany: () => refuse('TOO_MANY', '成员、地区或会同单位过多（各不超过100）。', 'Too many members, regions or partners (100 each).'),
} satisfies Record<string, () => InspectionRefusal>;

export interface InspectionRules {
  readonly needsReport: boolean;
}

/** Where each act begins and what it makes; a kind without a report is closed from where it is under way. A plan may be dropped. */
export function inspectionAfter(state: InspectionState, act: InspectionAct, { needsReport }: InspectionRules): InspectionState | null {
  if (act === 'START') return state === 'PLANNED' ? 'UNDER_WAY' : null;
  if (act === 'FIND') return state === 'UNDER_WAY' ? 'UNDER_WAY' : null;
  if (act === 'REPORT') return state === 'UNDER_WAY' ? 'REPORTED' : null;
  return state === 'PLANNED' || state === 'REPORTED' || (state === 'UNDER_WAY' && !needsReport) ? 'CLOSED' : null;
}

const FINDING_MOVES: Readonly<Record<FindingAct, readonly [FindingState, FindingState]>> = { RECTIFY: ['OPEN', 'RECTIFIED'], ACCEPT: ['RECTIFIED', 'ACCEPTED'], RETURN: ['RECTIFIED', 'OPEN'] };
export const findingAfter = (state: FindingState, act: FindingAct): FindingState | null => (FINDING_MOVES[act][0] === state ? FINDING_MOVES[act][1] : null);

export interface InspectorFacts {
  readonly divisionCode: string;
  readonly leadingUnitId: string | null;
  readonly isOfTeam: boolean;
  readonly isOfInspectedUnit: boolean;
}

/** 回避 and competence: the office that leads it, or a member of its team; never anybody of the inspected unit. */
export function inspectorObjection(viewer: Viewer, facts: InspectorFacts): InspectionRefusal | null {
  const isOffice = hasRole(viewer, 'JOINT_OFFICE') && viewer.unitId !== null && (facts.leadingUnitId === null || facts.leadingUnitId === viewer.unitId);
  if (viewer.kind !== 'OFFICIAL' || !(isOffice || facts.isOfTeam)) return inspectionRefusals.notPermitted();
  if (isOffice && !facts.isOfTeam && !isOfDivisionOrAbove(viewer, facts.divisionCode)) return inspectionRefusals.outsideDivision();
  return facts.isOfInspectedUnit ? inspectionRefusals.ofInspectedUnit() : null;
}

/** An office inspects on cases of its division: a part in one of another county shows it and commands nothing. A team is bound to its regions instead. */
export const mayInspectCase = (viewer: Viewer, { divisionCode, teamId }: { readonly divisionCode: string; readonly teamId: string | null }): boolean =>
  teamId !== null || isOfDivisionOrAbove(viewer, divisionCode);

export const mayFormTeam = (viewer: Viewer): boolean => viewer.kind === 'OFFICIAL' && viewer.unitId !== null && viewer.divisionCode !== null && hasRole(viewer, 'JOINT_OFFICE');

export interface TeamWish {
  readonly name: string;
  readonly leaderIds: readonly string[];
  readonly memberIds: readonly string[];
  readonly divisionCodes: readonly string[];
}

/** One leader, nobody twice, at least one region, and regions of the office's own division. */
export function teamObjection(viewer: Viewer, wish: TeamWish): InspectionRefusal | null {
  if (!mayFormTeam(viewer)) return inspectionRefusals.notPermitted();
  if (!isOfficeText(wish.name, { most: 100 })) return inspectionRefusals.badText();
  const people = [...wish.leaderIds, ...wish.memberIds];
  if (people.length > 100 || wish.divisionCodes.length > 100) return inspectionRefusals.tooMany();
  const isOnce = new Set(people).size === people.length && new Set(wish.divisionCodes).size === wish.divisionCodes.length;
  if (wish.leaderIds.length !== 1 || !isOnce || wish.divisionCodes.length === 0) return inspectionRefusals.leaderNeeded();
  return wish.divisionCodes.every((code) => isOfDivisionOrAbove(viewer, code)) ? null : inspectionRefusals.outsideDivision();
}

export const isFindingText = (text: string): boolean => isOfficeText(text, { most: 4_000 });
export const isReportText = (text: string): boolean => isOfficeText(text, { most: 20_000 });
