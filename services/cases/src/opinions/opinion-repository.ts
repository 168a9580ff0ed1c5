import { insertRows, newId, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { IdentityVault } from '../petitioners/identity-vault';
import type { ClaimAnswer, ClaimResult } from '../rules/opinions';

/** HANDLING: the unit's own; REVIEW and RE_REVIEW: of the higher organs. */
export type OpinionStage = 'HANDLING' | 'REVIEW' | 'RE_REVIEW';

export interface OpinionRow {
  readonly id: string;
  readonly caseId: string;
  readonly ordinal: number;
  readonly stage: OpinionStage;
  readonly unitId: string;
  readonly documentId: string;
  readonly outcome: ReviewOutcome | null;
  readonly factsSealed: Buffer;
  readonly isSupporting: number;
  readonly issuedOn: string;
  readonly deliveredOn: string | null;
  readonly revokedOn: string | null;
}
/** 维持 · 变更 · 撤销并责令重作. */
export type ReviewOutcome = 'UPHELD' | 'CHANGED' | 'REVOKED';

const COLUMNS = `p.id, p.case_id AS caseId, p.ordinal, p.stage, p.unit_id AS unitId, p.document_id AS documentId, p.outcome, p.facts_sealed AS factsSealed,
  p.is_supporting AS isSupporting, p.issued_on AS issuedOn, p.delivered_on AS deliveredOn, p.revoked_on AS revokedOn`;

/** Opinions of cases that the caller has already checked to be visible, in the order in which they were given. */
export const opinionsOf = (sql: Sql, caseIds: readonly string[]): Promise<OpinionRow[]> =>
  selectIn<OpinionRow>(sql, `SELECT ${COLUMNS} FROM opinions p WHERE p.case_id IN (?) ORDER BY p.case_id, p.ordinal`, caseIds);

export const opinionOfDocument = async (tx: Sql, documentId: string): Promise<OpinionRow | undefined> =>
  (await selectIn<OpinionRow>(tx, `SELECT ${COLUMNS} FROM opinions p WHERE p.document_id IN (?)`, [documentId]))[0];

/** The last opinion of a case that was not revoked. */
export const opinionInForce = async (tx: Sql, caseId: string): Promise<OpinionRow | undefined> =>
  (await selectIn<OpinionRow>(tx, `SELECT ${COLUMNS} FROM opinions p WHERE p.case_id IN (?) AND p.revoked_on IS NULL ORDER BY p.ordinal DESC LIMIT 1`, [caseId]))[0];

export interface NewOpinion {
  readonly caseId: string;
  readonly stage: OpinionStage;
  readonly unitId: string;
  readonly documentId: string;
  readonly outcome: ReviewOutcome | null;
  readonly facts: string;
  readonly answers: readonly ClaimAnswer[];
  readonly issuedOn: string;
}

/** Writes an opinion with its answers, sealed; answers its id. */
export async function insertOpinion(tx: Sql, vault: IdentityVault, opinion: NewOpinion): Promise<string> {
  const id = newId();
  const [last] = await selectIn<{ n: number }>(tx, 'SELECT COALESCE(MAX(ordinal), 0) AS n FROM opinions WHERE case_id IN (?)', [opinion.caseId]);
  await insertRows(tx, 'opinions', [{
    id, case_id: opinion.caseId, ordinal: Number(last?.n ?? 0) + 1, stage: opinion.stage, unit_id: opinion.unitId, document_id: opinion.documentId,
    outcome: opinion.outcome, facts_sealed: vault.seal(opinion.facts.trim(), { column: 'opinions.facts_sealed', rowId: id }),
    is_supporting: opinion.answers.some((answer) => answer.result === 'SUPPORTED'), issued_on: opinion.issuedOn, delivered_on: null, revoked_on: null,
  }]);
  await insertRows(tx, 'claim_responses', opinion.answers.map((answer) => {
    const rowId = newId();
    return {
      id: rowId, opinion_id: id, claim_id: answer.claimId, result: answer.result, answer_sealed: vault.seal(answer.answer.trim(), { column: 'claim_responses.answer_sealed', rowId }),
      basis: `${answer.basisDocument.trim()}${answer.basisArticle.trim()}`,
    };
  }));
  return id;
}

export const noteOpinionDelivered = (tx: Sql, opinionId: string, on: string): Promise<number> =>
  write(tx, 'UPDATE opinions SET delivered_on = ? WHERE id = ? AND delivered_on IS NULL', [on, opinionId]);

export const revokeOpinion = (tx: Sql, opinionId: string, on: string): Promise<number> =>
  write(tx, 'UPDATE opinions SET revoked_on = ? WHERE id = ? AND revoked_on IS NULL', [on, opinionId]);

export interface ResponseRow {
  readonly id: string;
  readonly caseId: string;
  readonly opinionId: string;
  readonly claimId: string;
  readonly result: ClaimResult;
  readonly answerSealed: Buffer;
  readonly basis: string;
}

/** Answers of opinions that the caller has already checked to be visible. */
export const responsesOf = (sql: Sql, opinionIds: readonly string[]): Promise<ResponseRow[]> =>
  selectIn<ResponseRow>(
    sql,
    `SELECT r.id, k.case_id AS caseId, r.opinion_id AS opinionId, r.claim_id AS claimId, r.result, r.answer_sealed AS answerSealed, r.basis
       FROM claim_responses r JOIN claims k ON k.id = r.claim_id WHERE r.opinion_id IN (?) ORDER BY r.opinion_id, k.ordinal`,
    opinionIds,
  );
