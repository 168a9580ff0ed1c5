import { select, type Sql } from '@anjie/service-kit/database';
import type { ClaimedDelivery } from './claim-repository';
import { DIGEST_KIND, IS_CLOSED_TO_UNIT, TEST_KIND } from './delivery-repository';

/** A root field of the graph and the id to ask it with: the department reads more with its own token. */
interface GraphLink {
  readonly field: string;
  readonly id: string;
}

const ROOT_FIELDS: Readonly<Record<string, string>> = {
  Case: 'case', Referral: 'referral', CloseReview: 'closeReview', SupervisionLetter: 'supervisionLetter', Obligation: 'obligation', BackTraceRequest: 'backTraceRequest', Inquiry: 'inquiry', Meeting: 'meeting',
  MeetingDecision: 'meetingDecision', InspectionFinding: 'inspectionFinding',
  LadderSuggestion: 'ladderSuggestion', ListedSupervision: 'listedSupervision', FocusManagement: 'focusManagement', UrgentReport: 'urgentReport',
};

/** The message as JSON: ids, codes, counts, instants. Undefined when there is nothing that the unit may be told. */
export async function webhookBody(sql: Sql, { endpointId, eventId, kind }: Pick<ClaimedDelivery, 'endpointId' | 'eventId' | 'kind'>): Promise<string | undefined> {
  const told = await (kind === DIGEST_KIND ? digestOf(sql, endpointId, eventId) : kind === TEST_KIND ? testOf(sql, endpointId) : noticeOf(sql, eventId));
  return told && JSON.stringify({ type: kind, timestamp: told.at.toISOString(), data: { id: eventId, ...told.data } });
}

interface Told {
  readonly at: Date;
  readonly data: object;
}

async function noticeOf(sql: Sql, eventId: string): Promise<Told | undefined> {
  const [row] = await select<{ unitId: string; caseId: string | null; type: string; id: string; at: Date }>(
    sql, 'SELECT recipient_unit_id AS unitId, case_id AS caseId, subject_type AS type, subject_id AS id, occurred_at AS at FROM notifications WHERE id = ?', [eventId],
  );
  if (!row) return undefined;
  const { unitId, caseId, type, id, at } = row;
  const field = ROOT_FIELDS[type];
  const links: GraphLink[] = [{ field: 'notification', id: eventId }, ...(caseId ? [{ field: 'case', id: caseId }] : []), ...(field && field !== 'case' ? [{ field, id }] : [])];
  return { at, data: { unitId, caseId, subject: { type, id }, occurredAt: at.toISOString(), links } };
}

async function digestOf(sql: Sql, endpointId: string, digestId: string): Promise<Told | undefined> {
  const [digest] = await select<{ unitId: string; day: string; at: Date }>(sql, 'SELECT recipient_unit_id AS unitId, day, formed_at AS at FROM digests WHERE id = ?', [digestId]);
  const counts = await select<{ kind: string; n: string }>(
    sql,
    `SELECT n.kind, COUNT(*) AS n FROM notifications n LEFT JOIN case_scopes s ON s.case_id = n.case_id JOIN webhook_endpoints e ON e.id = ?
      WHERE n.digest_id = ? AND (n.case_id IS NULL OR (s.case_id IS NOT NULL AND NOT ${IS_CLOSED_TO_UNIT})) GROUP BY n.kind ORDER BY n.kind`,
    [endpointId, digestId],
  );
  if (!digest || counts.length === 0) return undefined;
  const { unitId, day, at } = digest;
  return { at, data: { unitId, day, counts: Object.fromEntries(counts.map(({ kind, n }) => [kind, Number(n)])), links: [{ field: 'digest', id: digestId }] satisfies GraphLink[] } };
}

async function testOf(sql: Sql, endpointId: string): Promise<Told | undefined> {
  const [row] = await select<{ unitId: string; at: Date }>(sql, 'SELECT unit_id AS unitId, UTC_TIMESTAMP(3) AS at FROM webhook_endpoints WHERE id = ?', [endpointId]);
  return row && { at: row.at, data: { unitId: row.unitId, links: [] } };
}
