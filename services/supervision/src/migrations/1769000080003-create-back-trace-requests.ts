import { createTable } from '@anjie/service-kit/database';

/** One per relapse: the relapse's id is the request's, so a relapse that is told twice makes no second one. */
export const createBackTraceRequests = createTable('CreateBackTraceRequests1769000080003', 'back_trace_requests', `
  id uuid NOT NULL PRIMARY KEY,
  case_id uuid NOT NULL,
  division_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  traced_unit_id uuid NOT NULL,
  petition_id uuid NOT NULL,
  close_review_id uuid NULL,
  closed_on date NOT NULL,
  repeated_on date NOT NULL,
  is_within_watch tinyint(1) NOT NULL,
  requested_on date NOT NULL,
  inquiry_unit_id uuid NULL,
  due_on date NOT NULL,
  obligation_id uuid NULL,
  state varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  decided_by uuid NULL,
  deciding_unit_id uuid NULL,
  decided_on date NULL,
  decision_reason text NULL,
  version int NOT NULL,
  KEY ix_back_trace_requests_requested_on (requested_on, id),
  KEY ix_back_trace_requests_case_id (case_id, requested_on, id),
  KEY ix_back_trace_requests_traced_unit_id (traced_unit_id, requested_on, id),
  KEY ix_back_trace_requests_inquiry_unit_id (inquiry_unit_id, state, due_on)`);
