import { hasRole, notExcluded, type Viewer } from '@anjie/access';
import { AppError, type ServiceName } from '@anjie/contracts';
import { audit, auditSealOf, isId, type AuditedFacts, type Sql } from '../database';
import { listConnection, type Connection, type PageArgs, type SqlPart } from '../subgraph';
import { shownDetail } from './shown-detail';

export interface AuditFilter {
  readonly actor?: string | null;
  readonly action?: string | null;
  readonly subjectType?: string | null;
  readonly subjectId?: string | null;
  readonly caseId?: string | null;
  readonly fromDay?: string | null;
  readonly toDay?: string | null;
}

export interface AuditView {
  readonly id: string;
  readonly recordedAt: Date;
  readonly businessAt: Date;
  readonly actorKind: 'OFFICIAL' | 'SERVICE';
  readonly actor: string;
  readonly actorUnitId: string | null;
  readonly requestId: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly caseId: string | null;
  readonly detail: string;
  /** Fits its seal. */
  readonly isProven: boolean;
}

type Row = Omit<AuditView, 'isProven'> & AuditedFacts & { readonly mac: Buffer | null };

const COLUMNS = `COALESCE(CAST(e.uid AS CHAR), CAST(e.id AS CHAR)) AS id, e.recorded_at AS recordedAt, e.business_at AS businessAt, e.actor_kind AS actorKind, e.actor, e.actor_unit_id AS actorUnitId,
  e.request_id AS requestId, e.action, e.subject_type AS subjectType, e.subject_id AS subjectId, e.case_id AS caseId, e.detail, e.uid, e.mac`;
const NEWEST_FIRST = [{ column: 'e.recorded_at', descending: true }, { column: 'e.id', descending: true }];

const EQUAL: readonly (readonly [keyof AuditFilter, string])[] = [['actor', 'e.actor'], ['action', 'e.action'], ['subjectType', 'e.subject_type'], ['subjectId', 'e.subject_id']];

/** Days of Asia/Shanghai as instants, so that the index is used. */
function conditionsOf(filter: AuditFilter): SqlPart[] {
  const { caseId, fromDay, toDay } = filter;
  return [
    ...EQUAL.flatMap(([name, column]) => (filter[name] == null ? [] : [{ sql: `${column} = ?`, params: [filter[name]] }])),
    ...(caseId == null ? [] : [isId(caseId) ? { sql: 'e.case_id = ?', params: [caseId] } : { sql: 'FALSE', params: [] }]),
    ...(fromDay == null ? [] : [{ sql: 'e.recorded_at >= CAST(? AS DATETIME) - INTERVAL 8 HOUR', params: [fromDay] }]),
    ...(toDay == null ? [] : [{ sql: 'e.recorded_at < CAST(? AS DATETIME) + INTERVAL 16 HOUR', params: [toDay] }]),
  ];
}

export interface Reading {
  readonly sql: Sql;
  readonly viewer: Viewer;
  readonly requestId: string;
}

/** A page of this service's audit. The entry of the reading is there before the page is read: no audit, no sight. @throws AppError FORBIDDEN */
export async function readAudit(service: ServiceName, { sql, viewer, requestId }: Reading, { filter, page }: { filter: AuditFilter; page: PageArgs }): Promise<Connection<AuditView>> {
  if (viewer.kind !== 'OFFICIAL' || !hasRole(viewer, 'AUDITOR')) throw new AppError('FORBIDDEN');
  const caseId = isId(filter.caseId) ? filter.caseId : null;
  await audit(sql, { viewer, requestId }, { action: 'AUDIT_READ', subjectType: 'Audit', subjectId: service, caseId, detail: JSON.parse(shownDetail(JSON.stringify(filter))) as Record<string, unknown> });
  const kept = notExcluded(viewer, { caseId: 'e.case_id' });
  const parts = [...conditionsOf(filter), kept];
  const where = { sql: parts.map((part) => `(${part.sql})`).join(' AND '), params: parts.flatMap((part) => part.params) };
  const found = await listConnection<Row>(sql, { columns: COLUMNS, from: 'audit_entries e', where, sort: NEWEST_FIRST }, page);
  const seal = auditSealOf(sql);
  const shown = (node: Row): AuditView => ({ ...node, detail: shownDetail(node.detail), isProven: node.mac !== null && seal.fitsEntry(node, node.mac) });
  return { ...found, nodes: found.nodes.map(shown), edges: found.edges.map((edge) => ({ ...edge, node: shown(edge.node) })) };
}
