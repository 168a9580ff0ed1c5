import { createHash } from 'node:crypto';
import { insertRows, newId, type Actor, type Sql } from '@anjie/service-kit/database';
import { takeSerial } from '../cases/serials';
import type { IdentityVault } from '../petitioners/identity-vault';
import { DOCUMENT_RULES, documentNumber, type DeliveryMethod, type DocumentKind } from '../rules/documents';
import { insertDelivery, principalsOf, unitNames } from './document-repository';
import { printDocument, templateVersion } from './print-document';

export interface NewDocument {
  readonly case: { readonly id: string; readonly number: string; readonly title: string };
  readonly kind: DocumentKind;
  readonly issuerUnitId: string;
  /** For a paper to a unit. */
  readonly toUnitId?: string;
  readonly issuedOn: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  /** Sent in the same step. */
  readonly sent?: { readonly method: DeliveryMethod; readonly on: string };
}

/**
 * Issues papers: printed from the template, numbered per unit, kind and year, sealed, and never written again. The number
 * series is held until commit, so a number is given once and no number is lost by a refusal.
 */
export function createPapers(vault: IdentityVault) {
  return {
    async issue(tx: Sql, paper: NewDocument): Promise<string> {
      const { kind, issuerUnitId, issuedOn } = paper;
      const id = newId();
      const year = issuedOn.slice(0, 4);
      const number = documentNumber(kind, year, await takeSerial(tx, `doc/${issuerUnitId}/${kind}/${year}`));
      const names = await unitNames(tx, [issuerUnitId, ...(paper.toUnitId ? [paper.toUnitId] : [])]);
      const { addressee } = DOCUMENT_RULES[kind];
      const to = addressee === 'PETITIONER' ? await petitionerNames(tx, vault, paper.case.id) : addressee === 'UNIT' ? (names.get(paper.toUnitId ?? '') ?? null) : null;
      const body = printDocument(kind, {
        number, issuer: names.get(issuerUnitId) ?? '', issuedOn, addressee: to, case: { number: paper.case.number, title: paper.case.title }, fields: paper.fields,
      });
      await insertRows(tx, 'documents', [{
        id, case_id: paper.case.id, kind, number, issuer_unit_id: issuerUnitId, addressee, addressee_unit_id: paper.toUnitId ?? null, issued_on: issuedOn,
        issued_by: paper.actor.viewer.subject, template_version: templateVersion(kind), body_sealed: vault.seal(body, { column: 'documents.body_sealed', rowId: id }),
        body_sha256: createHash('sha256').update(body).digest(),
      }]);
      if (paper.sent) {
        await insertDelivery(tx, { id: newId(), documentId: id, caseId: paper.case.id, method: paper.sent.method, sentOn: paper.sent.on, sentBy: paper.actor.viewer.subject });
      }
      return id;
    },
    /** The text of a paper as it was issued. @throws Error when it is not the text that was hashed */
    read(documentId: string, sealed: Buffer, sha256: Buffer): string {
      const body = vault.open(sealed, { column: 'documents.body_sealed', rowId: documentId }) ?? '';
      if (!createHash('sha256').update(body).digest().equals(sha256)) throw new Error(`document ${documentId} is not as it was issued`);
      return body;
    },
  };
}
export type Papers = ReturnType<typeof createPapers>;

/** The principals of the case's newest petition, else 信访人. */
async function petitionerNames(sql: Sql, vault: IdentityVault, caseId: string): Promise<string> {
  const names = (await principalsOf(sql, caseId)).flatMap((row) => vault.open(row.sealed, { column: 'petitioners.name_sealed', rowId: row.id }) ?? []);
  return names.length > 0 ? names.join('、') : '信访人';
}
