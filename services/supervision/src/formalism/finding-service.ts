import type { DataSource, EntityManager } from 'typeorm';
import { AppError, type Refusal } from '@anjie/contracts';
import { audit, businessTime, isId, runMutation, updateVersion, type Actor } from '@anjie/service-kit/database';
import type { DismissFormalismFindingInput } from '../generated/graphql';
import { formalismRefusals as no, mayDismiss, type FormalismRefusalCode } from '../rules/formalism';
import { isPlainText } from '../rules/plain-text';
import { visibleFindings } from './finding-repository';

export type FindingAnswer = { readonly findingId: string } | Refusal<FormalismRefusalCode>;

export function createFindingService({ db }: { db: DataSource }) {
  const dismiss = async (tx: EntityManager, input: DismissFormalismFindingInput, actor: Actor): Promise<FindingAnswer> => {
    const [row] = isId(input.findingId) ? await visibleFindings(tx, actor.viewer, [input.findingId]) : [];
    if (!row) return no.notFound();
    if (!mayDismiss(actor.viewer, row)) return no.notPermitted();
    if (row.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
    if (row.state !== 'OPEN') return no.wrongState();
    if (!isPlainText(input.reason, { most: 1_000 })) return no.badText();
    const { today } = await businessTime(tx);
    const set = { state: 'DISMISSED', reason: input.reason.trim(), settled_on: today, settled_by: actor.viewer.subject };
    if (!(await updateVersion(tx, 'formalism_findings', { id: row.id, version: row.version, set }))) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
    await audit(tx, actor, { action: 'formalism.dismissed', subjectType: 'FormalismFinding', subjectId: row.id, caseId: row.caseId, detail: { rule: row.rule, unitId: row.unitId } });
    return { findingId: row.id };
  };
  return {
    /** A person looked into it and says why it is nothing. */
    dismiss: (input: DismissFormalismFindingInput, actor: Actor): Promise<FindingAnswer> =>
      runMutation<FindingAnswer>(db, { actor, operation: 'dismissFormalismFinding', key: input.idempotencyKey, input, work: (tx) => dismiss(tx, input, actor) }),
  };
}
export type FindingService = ReturnType<typeof createFindingService>;
