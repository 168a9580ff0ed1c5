import type { EntityManager } from 'typeorm';
import type { InternalClaims, Viewer } from '@anjie/access';
import { businessTime } from '@anjie/service-kit/database';
import { visibleCaseLoader } from '@anjie/service-kit/facts';
import { figuresLoader } from '@anjie/service-kit/figures';
import { listConnectionsByParent, loaderById, loaderOfConnections, loaderOfMany, type PageArgs } from '@anjie/service-kit/subgraph';
import { backTracesUnder } from './back-traces/back-trace-list';
import { visibleBackTraces, type BackTraceRow } from './back-traces/back-trace-repository';
import type { BackTraceService } from './back-traces/back-trace-service';
import { closeReviewsUnderCase } from './close-reviews/close-review-list';
import { findingsOf, materialsOf, visibleCloseReviews, type CloseReviewRow, type FindingRow, type MaterialRow } from './close-reviews/close-review-repository';
import type { CloseReviewService } from './close-reviews/close-review-service';
import type { CloseSampleService } from './close-samples/close-sample-service';
import { deadlinesOf, type DeadlineRow } from './deadlines/deadline-repository';
import { focusUnderUnit, visibleFocus, type FocusRow } from './focus/focus-repository';
import type { FocusService } from './focus/focus-service';
import { findingsUnder, visibleFindings, type FindingParentKind, type FindingRow as FormalismFindingRow } from './formalism/finding-repository';
import type { FindingService } from './formalism/finding-service';
import type { SupervisionLetterFilter } from './generated/graphql';
import type { InquiryService } from './inquiries/inquiry-service';
import type { InspectionFindingService } from './inspections/finding-service';
import type { InspectionService } from './inspections/inspection-service';
import type { InspectionTeamService } from './inspections/team-service';
import type { Kinds } from './kinds';
import { visibleSuggestions } from './ladders/ladder-repository';
import type { LadderService } from './ladders/ladder-service';
import { interviewsOf, letterListUnder, visibleLetters, type LetterParentKind, type LetterRow } from './letters/letter-repository';
import type { LetterService } from './letters/letter-service';
import type { DecisionService } from './meetings/decision-service';
import type { MeetingService } from './meetings/meeting-service';
import { inspectionLoaders, meetingLoaders, qualityLoaders } from './oversight-loaders';
import { listingsUnder, progressOf, visibleListings, type ListingRow, type ProgressRow } from './listings/listing-repository';
import type { ListingService } from './listings/listing-service';
import { countsOfDigests, visibleDigests, type DigestCountRow } from './notifications/digest-repository';
import { notificationsUnderDigest, visibleNotifications, type NotificationRow } from './notifications/notification-repository';
import type { NotificationService } from './notifications/notification-service';
import { obligationListUnder, visibleObligations, type ObligationChoice, type ObligationParentKind } from './obligations/obligation-list';
import { nextDueOfCases, type ObligationRow } from './obligations/obligation-repository';
import { reminderListUnder, visibleReminders, type ReminderChoice, type ReminderParentKind, type ReminderRow } from './reminders/reminder-repository';
import type { ReminderService } from './reminders/reminder-service';
import { DATED_FIGURES, FIGURES } from './rules/figure-diff';
import { receiversOf, urgentReportsUnder, visibleUrgentReports, type ReceiverRow, type UrgentReportRow } from './urgent-reports/urgent-report-repository';
import type { UrgentReportService } from './urgent-reports/urgent-report-service';
import { createReportLoaders } from './report-loaders';
import type { ReportServices } from './report-services';
import { attemptsOf, deliveriesUnderEndpoint, visibleDeliveries, type AttemptRow, type DeliveryRow, type DeliveryState } from './webhooks/delivery-repository';
import { kindsOfEndpoints, visibleEndpoints } from './webhooks/endpoint-repository';
import type { WebhookService } from './webhooks/webhook-service';

export interface Services extends ReportServices {
  readonly letters: LetterService;
  readonly reminders: ReminderService;
  readonly closeReviews: CloseReviewService;
  readonly backTraces: BackTraceService;
  readonly notifications: NotificationService;
  readonly webhooks: WebhookService;
  readonly meetings: MeetingService;
  readonly meetingDecisions: DecisionService;
  readonly inspections: InspectionService;
  readonly inspectionFindings: InspectionFindingService;
  readonly inspectionTeams: InspectionTeamService;
  readonly closeSamples: CloseSampleService;
  readonly inquiries: InquiryService;
  readonly ladders: LadderService;
  readonly listings: ListingService;
  readonly focus: FocusService;
  readonly findings: FindingService;
  readonly urgentReports: UrgentReportService;
}

/** Per request: who asks, and one viewer-aware loader per entity for root fields and references alike. */
export function createContext({ sql, claims, services, kinds }: { sql: EntityManager; claims: InternalClaims; services: Services; kinds: Kinds }) {
  const { viewer, requestId } = claims;
  let day: Promise<string> | undefined;
  /** The legal day, asked for once. */
  const today = (): Promise<string> => (day ??= businessTime(sql).then((time) => time.today));
  return { viewer, requestId, sql, services, kinds, today, loaders: { ...createLoaders(sql, viewer), ...createReportLoaders(sql, viewer, kinds) } };
}
export type Context = ReturnType<typeof createContext>;

const createLoaders = (sql: EntityManager, viewer: Viewer) => ({
  ...dutyLoaders(sql, viewer), ...closingLoaders(sql, viewer), ...noticeLoaders(sql, viewer), ...webhookLoaders(sql, viewer),
  ...letterLoaders(sql, viewer), ...oversightLoaders(sql, viewer),
  ...meetingLoaders(sql, viewer), ...inspectionLoaders(sql, viewer), ...qualityLoaders(sql, viewer),
});

function dutyLoaders(sql: EntityManager, viewer: Viewer) {
  const obligationsUnder = (kind: ObligationParentKind) =>
    loaderOfConnections<ObligationRow, PageArgs & ObligationChoice>((parents, args) =>
      listConnectionsByParent(sql, obligationListUnder(viewer, kind, args), { parents, args }));
  const remindersUnder = (kind: ReminderParentKind) =>
    loaderOfConnections<ReminderRow, PageArgs & ReminderChoice>((parents, args) =>
      listConnectionsByParent(sql, reminderListUnder(viewer, kind, args), { parents, args }));
  return {
    visibleCase: visibleCaseLoader(sql, viewer),
    obligation: loaderById((ids) => visibleObligations(sql, viewer, ids)),
    obligationsUnder: { case: obligationsUnder('case'), unit: obligationsUnder('unit'), official: obligationsUnder('official') },
    nextDueOfCase: loaderById((ids) => nextDueOfCases(sql, ids)),
    deadlinesOfObligation: loaderOfMany<DeadlineRow>((row) => row.obligationId, (ids) => deadlinesOf(sql, ids)),
    reminder: loaderById((ids) => visibleReminders(sql, viewer, ids)),
    remindersUnder: { obligation: remindersUnder('obligation'), official: remindersUnder('official') },
    figures: figuresLoader(sql, [...FIGURES, ...DATED_FIGURES]),
  };
}

function letterLoaders(sql: EntityManager, viewer: Viewer) {
  const lettersUnder = (kind: LetterParentKind) =>
    loaderOfConnections<LetterRow, PageArgs & { filter?: SupervisionLetterFilter | null | undefined }>((parents, args) =>
      listConnectionsByParent(sql, letterListUnder(viewer, kind, args.filter), { parents, args }));
  return {
    letter: loaderById((ids) => visibleLetters(sql, viewer, ids)),
    lettersUnder: { case: lettersUnder('case'), unit: lettersUnder('unit'), official: lettersUnder('official') },
    interviewOfLetter: loaderById((ids) => interviewsOf(sql, ids)),
    ladderSuggestion: loaderById((ids) => visibleSuggestions(sql, viewer, ids)),
  };
}

function oversightLoaders(sql: EntityManager, viewer: Viewer) {
  const listings = (kind: 'case' | 'unit') =>
    loaderOfConnections<ListingRow, PageArgs>((parents, args) => listConnectionsByParent(sql, listingsUnder(viewer, kind), { parents, args }));
  const findings = (kind: FindingParentKind) =>
    loaderOfConnections<FormalismFindingRow, PageArgs>((parents, args) => listConnectionsByParent(sql, findingsUnder(viewer, kind), { parents, args }));
  const reports = (kind: 'case' | 'unit') =>
    loaderOfConnections<UrgentReportRow, PageArgs>((parents, args) => listConnectionsByParent(sql, urgentReportsUnder(viewer, kind), { parents, args }));
  return {
    listing: loaderById((ids) => visibleListings(sql, viewer, ids)),
    listingsUnder: { case: listings('case'), unit: listings('unit') },
    progressOfListing: loaderOfMany<ProgressRow>((row) => row.listingId, (ids) => progressOf(sql, ids)),
    focus: loaderById((ids) => visibleFocus(sql, viewer, ids)),
    focusUnderUnit: loaderOfConnections<FocusRow, PageArgs>((parents, args) => listConnectionsByParent(sql, focusUnderUnit(viewer), { parents, args })),
    finding: loaderById((ids) => visibleFindings(sql, viewer, ids)),
    findingsUnder: { case: findings('case'), unit: findings('unit'), official: findings('official') },
    urgentReport: loaderById((ids) => visibleUrgentReports(sql, viewer, ids)),
    urgentReportsUnder: { case: reports('case'), unit: reports('unit') },
    receiversOfUrgentReport: loaderOfMany<ReceiverRow>((row) => row.reportId, (ids) => receiversOf(sql, ids)),
  };
}

function closingLoaders(sql: EntityManager, viewer: Viewer) {
  const tracesUnder = (kind: 'case' | 'unit') =>
    loaderOfConnections<BackTraceRow, PageArgs>((parents, args) => listConnectionsByParent(sql, backTracesUnder(viewer, kind), { parents, args }));
  return {
    closeReview: loaderById((ids) => visibleCloseReviews(sql, viewer, ids)),
    closeReviewsUnderCase: loaderOfConnections<CloseReviewRow, PageArgs>((parents, args) =>
      listConnectionsByParent(sql, closeReviewsUnderCase(viewer), { parents, args })),
    materialsOfCloseReview: loaderOfMany<MaterialRow>((row) => row.reviewId, (ids) => materialsOf(sql, ids)),
    findingsOfCloseReview: loaderOfMany<FindingRow>((row) => row.reviewId, (ids) => findingsOf(sql, ids)),
    backTrace: loaderById((ids) => visibleBackTraces(sql, viewer, ids)),
    backTracesUnder: { case: tracesUnder('case'), unit: tracesUnder('unit') },
  };
}

function noticeLoaders(sql: EntityManager, viewer: Viewer) {
  return {
    notification: loaderById((ids) => visibleNotifications(sql, viewer, ids)),
    digest: loaderById((ids) => visibleDigests(sql, viewer, ids)),
    countsOfDigest: loaderOfMany<DigestCountRow>((row) => row.digestId, (ids) => countsOfDigests(sql, viewer, ids)),
    notificationsUnderDigest: loaderOfConnections<NotificationRow, PageArgs>((parents, args) => listConnectionsByParent(sql, notificationsUnderDigest(viewer), { parents, args })),
  };
}

function webhookLoaders(sql: EntityManager, viewer: Viewer) {
  return {
    webhookEndpoint: loaderById((ids) => visibleEndpoints(sql, viewer, ids)),
    kindsOfEndpoint: loaderOfMany<{ endpointId: string; kind: string }>((row) => row.endpointId, (ids) => kindsOfEndpoints(sql, ids)),
    webhookDelivery: loaderById((ids) => visibleDeliveries(sql, viewer, ids)),
    attemptsOfDelivery: loaderOfMany<AttemptRow>((row) => row.deliveryId, (ids) => attemptsOf(sql, ids)),
    deliveriesUnderEndpoint: loaderOfConnections<DeliveryRow, PageArgs & { state?: DeliveryState | null | undefined }>((parents, args) =>
      listConnectionsByParent(sql, deliveriesUnderEndpoint(viewer, args.state), { parents, args })),
  };
}
