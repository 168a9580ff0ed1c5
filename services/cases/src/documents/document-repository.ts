import type { Viewer } from '@anjie/access';
import { insertRows, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import { seenCases } from '../cases/case-repository';
import type { Addressee, DeliveryMethod, DeliveryOutcome, DocumentKind } from '../rules/documents';

export interface DocumentRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuerUnitId: string;
  readonly addressee: Addressee;
  readonly addresseeUnitId: string | null;
  readonly issuedOn: string;
  readonly issuedBy: string;
  readonly templateVersion: string;
  readonly bodySha256: Buffer;
}
const COLUMNS = `d.id, d.case_id AS caseId, d.kind, d.number, d.issuer_unit_id AS issuerUnitId, d.addressee, d.addressee_unit_id AS addresseeUnitId,
  d.issued_on AS issuedOn, d.issued_by AS issuedBy, d.template_version AS templateVersion, d.body_sha256 AS bodySha256`;

/** A paper is visible with its case. */
export function documentsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<DocumentRow[]> {
  const seen = seenCases(viewer);
  return selectIn<DocumentRow>(sql, `SELECT ${COLUMNS} FROM documents d JOIN cases c ON c.id = d.case_id WHERE d.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/** Papers of cases that the caller has already checked to be visible, newest first. */
export const documentPages = (sql: Sql, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<DocumentRow>[]> =>
  listConnectionsByParent<DocumentRow>(
    sql,
    { columns: COLUMNS, from: 'documents d', where: { sql: 'TRUE', params: [] }, sort: [{ column: 'd.issued_on', descending: true }, { column: 'd.id' }], parent: 'd.case_id' },
    page,
  );

/** The newest paper of each kind that a case has. */
export const lastOfEachKind = async (sql: Sql, caseId: string): Promise<ReadonlyMap<DocumentKind, string>> =>
  new Map((await selectIn<{ kind: DocumentKind; id: string }>(sql, 'SELECT kind, id FROM documents WHERE case_id IN (?) ORDER BY issued_on, id', [caseId])).map((row) => [row.kind, row.id]));

/** Names of units as papers print them. */
export const unitNames = async (sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map((await selectIn<{ id: string; name: string }>(sql, 'SELECT id, name FROM known_units WHERE id IN (?)', ids)).map((row) => [row.id, row.name]));

/** Sealed names of the principals of a case's newest petition: whom a letter addresses. */
export const principalsOf = (sql: Sql, caseId: string): Promise<{ id: string; sealed: Buffer | null }[]> =>
  selectIn(
    sql,
    `SELECT r.id, r.name_sealed AS sealed FROM petitioners r WHERE r.is_principal = 1 AND r.petition_id =
       (SELECT p.id FROM petitions p WHERE p.case_id IN (?) ORDER BY p.registered_on DESC, p.id LIMIT 1) ORDER BY r.ordinal`,
    [caseId],
  );

export const bodyOf = async (sql: Sql, documentId: string): Promise<Buffer | undefined> =>
  (await selectIn<{ body: Buffer }>(sql, 'SELECT body_sealed AS body FROM documents WHERE id IN (?)', [documentId]))[0]?.body;

export interface DeliveryRow {
  readonly id: string;
  readonly documentId: string;
  readonly caseId: string;
  readonly method: DeliveryMethod;
  readonly sentOn: string;
  readonly outcome: DeliveryOutcome | null;
  readonly receivedOn: string | null;
  readonly proofNote: string | null;
  readonly proofAttachmentId: string | null;
  readonly version: string;
}
const DELIVERY = `v.id, v.document_id AS documentId, v.case_id AS caseId, v.method, v.sent_on AS sentOn, v.outcome, v.received_on AS receivedOn,
  v.proof_note AS proofNote, v.proof_attachment_id AS proofAttachmentId, v.version`;

/** Deliveries of papers that the caller has already checked to be visible, in the order of sending. */
export const deliveriesOf = (sql: Sql, documentIds: readonly string[]): Promise<DeliveryRow[]> =>
  selectIn<DeliveryRow>(sql, `SELECT ${DELIVERY} FROM deliveries v WHERE v.document_id IN (?) ORDER BY v.document_id, v.sent_on, v.id`, documentIds);

export const deliveryById = async (tx: Sql, id: string): Promise<DeliveryRow | undefined> =>
  (await selectIn<DeliveryRow>(tx, `SELECT ${DELIVERY} FROM deliveries v WHERE v.id IN (?)`, [id]))[0];

export const insertDelivery = (tx: Sql, row: { id: string; documentId: string; caseId: string; method: DeliveryMethod; sentOn: string; sentBy: string }): Promise<void> =>
  insertRows(tx, 'deliveries', [{
    id: row.id, document_id: row.documentId, case_id: row.caseId, method: row.method, sent_on: row.sentOn, sent_by: row.sentBy, outcome: null, received_on: null,
    proof_note: null, proof_attachment_id: null, proved_by: null, proved_document_id: null, version: 1,
  }]);

export interface ProofOfDelivery {
  readonly delivery: DeliveryRow;
  readonly outcome: DeliveryOutcome;
  readonly receivedOn: string | null;
  readonly proofNote: string | null;
  readonly proofAttachmentId: string | null;
  readonly provedBy: string;
}

/** Once: the unique key over the proved paper lets one delivery of a paper be the proved one. */
export const proveDeliveryRow = (tx: Sql, { delivery, outcome, receivedOn, proofNote, proofAttachmentId, provedBy }: ProofOfDelivery): Promise<number> =>
  write(
    tx,
    `UPDATE deliveries SET outcome = ?, received_on = ?, proof_note = ?, proof_attachment_id = ?, proved_by = ?, proved_document_id = ?, version = version + 1
      WHERE id = ? AND outcome IS NULL`,
    [outcome, receivedOn, proofNote, proofAttachmentId, provedBy, outcome === 'UNDELIVERED' ? null : delivery.documentId, delivery.id],
  );
