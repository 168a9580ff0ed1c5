import type { Viewer } from '@anjie/access';
import type { Sql } from '@anjie/service-kit/database';
import { loaderBy, loaderById, loaderOfConnections, loaderOfMany, type PageArgs } from '@anjie/service-kit/subgraph';
import { clocksOf, type ClockRow } from '../clocks/clock-repository';
import { closingsOf, gateFactsOf, type ClosingRow, type GateRow } from '../closing/closing-repository';
import { endsOf, type EndRow } from '../closing/end-repository';
import { deliveriesOf, documentPages, documentsByIds, type DeliveryRow, type DocumentRow } from '../documents/document-repository';
import { executionsOf, type ExecutionRow } from '../executions/execution-repository';
import { historyPages, stateOnDays, type EventRow } from '../history/history-repository';
import { objectionsOf, type ObjectionRow } from '../objections/objection-repository';
import { opinionsOf, responsesOf, type OpinionRow, type ResponseRow } from '../opinions/opinion-repository';
import { hearingsOf, reviewsOf, type HearingRow, type ReviewRow } from '../reviews/review-repository';

/** What hangs on a case in its legal life; of cases that the caller has already checked to be visible. */
export const lifeLoaders = (sql: Sql, viewer: Viewer) => ({
  historyOfCase: loaderOfConnections<EventRow, PageArgs>((ids, args) => historyPages(sql, { parents: ids, args })),
  stateOnDay: stateOnDays(sql),
  clocksOfCase: loaderOfMany<ClockRow>((row) => row.caseId, (ids) => clocksOf(sql, ids)),
  documentById: loaderById<DocumentRow>((ids) => documentsByIds(sql, viewer, ids)),
  documentsOfCase: loaderOfConnections<DocumentRow, PageArgs>((ids, args) => documentPages(sql, { parents: ids, args })),
  deliveriesOfDocument: loaderOfMany<DeliveryRow>((row) => row.documentId, (ids) => deliveriesOf(sql, ids)),
  opinionsOfCase: loaderOfMany<OpinionRow>((row) => row.caseId, (ids) => opinionsOf(sql, ids)),
  responsesOfOpinion: loaderOfMany<ResponseRow>((row) => row.opinionId, (ids) => responsesOf(sql, ids)),
  executionsOfCase: loaderOfMany<ExecutionRow>((row) => row.caseId, (ids) => executionsOf(sql, ids)),
  objectionsOfCase: loaderOfMany<ObjectionRow>((row) => row.caseId, (ids) => objectionsOf(sql, ids)),
  reviewsOfCase: loaderOfMany<ReviewRow>((row) => row.caseId, (ids) => reviewsOf(sql, ids)),
  hearingsOfReview: loaderOfMany<HearingRow>((row) => row.reviewId, (ids) => hearingsOf(sql, ids)),
  closingsOfCase: loaderOfMany<ClosingRow>((row) => row.caseId, (ids) => closingsOf(sql, ids)),
  endsOfCase: loaderOfMany<EndRow>((row) => row.caseId, (ids) => endsOf(sql, ids)),
  gateOfCase: loaderBy<string, GateRow>((row) => row.caseId, (ids) => gateFactsOf(sql, ids)),
});
