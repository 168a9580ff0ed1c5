import type { Viewer } from '@anjie/access';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { byId } from '../close-reviews/close-review-list';
import type { BackTraceFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import { BACK_TRACE_COLUMNS, BACK_TRACES_SEEN, seesBackTrace } from './back-trace-repository';

export const backTraceList = (viewer: Viewer, filter: BackTraceFilter | null | undefined): ListQuery => ({
  columns: BACK_TRACE_COLUMNS,
  from: BACK_TRACES_SEEN,
  where: allOf([
    seesBackTrace(viewer),
    ...byId('b.case_id', filter?.caseId), ...byId('b.traced_unit_id', filter?.tracedUnitId), ...byId('b.inquiry_unit_id', filter?.inquiryUnitId),
    ...(filter?.state ? [{ sql: 'b.state = ?', params: [filter.state] }] : []),
  ]),
  sort: [{ column: 'b.requested_on', descending: true }, { column: 'b.id' }],
});

export const backTracesUnder = (viewer: Viewer, kind: 'case' | 'unit'): ParentList => ({
  ...backTraceList(viewer, null), parent: kind === 'case' ? 'b.case_id' : 'b.traced_unit_id',
});
