import type { EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { officeRules } from '@anjie/service-kit/runtime';
import { selectRule } from '@anjie/rulebook';
import { listConnectionsByParent, loaderBy, loaderById, loaderOfConnections, loaderOfMany, type PageArgs, type ParentList } from '@anjie/service-kit/subgraph';
import { closeOutcomes, type OutcomeRow } from './close-samples/close-outcome-repository';
import { drawnItems, samplingOf, viewsOf, visibleSamples, type SampleItemRow } from './close-samples/close-sample-repository';
import { candidatesUnderCase, visibleCandidates, type CandidateRow } from './coordination/coordination-candidate-repository';
import {
  inquiriesOfRequests, inquiriesUnder, insideInquiries, objectionsOf, stepsUnderInquiry, visibleInquiries, visibleInquiryFindings, type InquiryFindingRow, type InquiryRow, type ObjectionRow, type StepRow,
} from './inquiries/inquiry-repository';
import {
  findingsUnder, inspectionsUnder, partnersOf, visibleFindings, visibleInspections, type InspectionFindingRow, type InspectionParentKind, type InspectionRow,
} from './inspections/inspection-repository';
import { boundDivisionsOf, membersOf, teamsUnderDivision, visibleTeams, type BoundDivisionRow, type TeamMemberRow, type TeamRow } from './inspections/team-repository';
import { decisionsUnder, visibleDecisions, type DecisionParentKind, type DecisionRow } from './meetings/decision-repository';
import { meetingsUnder, type MeetingParentKind } from './meetings/meeting-list';
import { attendeesOf, visibleMeetings, visiblePoints, type AttendeeRow, type MeetingRow, type PointRow } from './meetings/meeting-repository';

const under = <Row extends object>(sql: EntityManager, list: ParentList) => loaderOfConnections<Row, PageArgs>((parents, args) => listConnectionsByParent<Row>(sql, list, { parents, args }));

export function meetingLoaders(sql: EntityManager, viewer: Viewer) {
  const meetings = (kind: MeetingParentKind) => under<MeetingRow>(sql, meetingsUnder(viewer, kind));
  const decisions = (kind: DecisionParentKind) => under<DecisionRow>(sql, decisionsUnder(viewer, kind));
  return {
    meeting: loaderById((ids) => visibleMeetings(sql, viewer, ids)),
    meetingsUnder: { case: meetings('case'), unit: meetings('unit'), division: meetings('division'), campaign: meetings('campaign') },
    attendeesOfMeeting: loaderOfMany<AttendeeRow>((row) => row.meetingId, (ids) => attendeesOf(sql, ids)),
    pointsOfMeeting: loaderOfMany<PointRow>((row) => row.meetingId, (ids) => visiblePoints(sql, viewer, ids)),
    meetingDecision: loaderById((ids) => visibleDecisions(sql, viewer, ids)),
    meetingDecisionsUnder: { meeting: decisions('meeting'), case: decisions('case'), unit: decisions('unit') },
    coordinationCandidate: loaderById((ids) => visibleCandidates(sql, viewer, ids)),
    candidatesUnderCase: under<CandidateRow>(sql, candidatesUnderCase(viewer)),
  };
}

export function inspectionLoaders(sql: EntityManager, viewer: Viewer) {
  const inspections = (kind: InspectionParentKind) => under<InspectionRow>(sql, inspectionsUnder(viewer, kind));
  const findings = (kind: 'inspection' | 'unit') => under<InspectionFindingRow>(sql, findingsUnder(viewer, kind));
  return {
    inspection: loaderById((ids) => visibleInspections(sql, viewer, ids)),
    inspectionsUnder: { case: inspections('case'), unit: inspections('unit'), division: inspections('division') },
    partnersOfInspection: loaderOfMany<{ inspectionId: string; unitId: string }>((row) => row.inspectionId, (ids) => partnersOf(sql, ids)),
    inspectionFinding: loaderById((ids) => visibleFindings(sql, viewer, ids)),
    inspectionFindingsUnder: { inspection: findings('inspection'), unit: findings('unit') },
    inspectionTeam: loaderById((ids) => visibleTeams(sql, viewer, ids)),
    teamsUnderDivision: under<TeamRow>(sql, teamsUnderDivision(viewer)),
    membersOfTeam: loaderOfMany<TeamMemberRow>((row) => row.teamId, (ids) => membersOf(sql, ids)),
    divisionsOfTeam: loaderOfMany<BoundDivisionRow>((row) => row.teamId, (ids) => boundDivisionsOf(sql, ids)),
  };
}

/** 案结后观察期 of a place; practice. */
function watchDaysIn(divisionCode: string, on: string): number {
  const days = selectRule(officeRules(), { code: 'RELAPSE_WATCH', jurisdictionCode: divisionCode, on })?.amount;
  if (!days) throw new Error('no rule RELAPSE_WATCH');
  return days;
}

export function qualityLoaders(sql: EntityManager, viewer: Viewer) {
  return {
    closeSample: loaderById((ids) => visibleSamples(sql, viewer, ids)),
    closeSampleView: loaderById((ids) => viewsOf(sql, ids)),
    itemsUnderCloseSample: under<SampleItemRow>(sql, drawnItems(viewer)),
    samplingOfCloseReview: loaderBy<string, SampleItemRow>((row) => row.reviewId, (ids) => samplingOf(sql, ids)),
    closeOutcome: loaderBy<string, OutcomeRow>((row) => row.key, (keys) => closeOutcomes(sql, viewer, { keys, watchDaysIn })),
    inquiry: loaderById((ids) => visibleInquiries(sql, viewer, ids)),
    inquiryOfRequest: loaderBy<string, InquiryRow>((row) => row.requestId, (ids) => inquiriesOfRequests(sql, viewer, ids)),
    inquiryInside: loaderById((ids) => insideInquiries(sql, viewer, ids)),
    inquiriesUnder: { case: under<InquiryRow>(sql, inquiriesUnder(viewer, 'case')), unit: under<InquiryRow>(sql, inquiriesUnder(viewer, 'unit')) },
    findingsOfInquiry: loaderOfMany<InquiryFindingRow>((row) => row.inquiryId, (ids) => visibleInquiryFindings(sql, viewer, ids)),
    objectionsOfInquiry: loaderOfMany<ObjectionRow>((row) => row.inquiryId, (ids) => objectionsOf(sql, ids)),
    stepsOfInquiry: under<StepRow>(sql, stepsUnderInquiry),
  };
}
