import { UnrecoverableError } from 'bullmq';
import type { EntityManager } from 'typeorm';
import { officeCalendar } from '@anjie/service-kit/runtime';
import type { ObligationDeclared, PayloadOf } from '@anjie/contracts';
import { audit, businessTime, type Actor } from '@anjie/service-kit/database';
import { holdCases } from '../case-facts';
import { applyDeadlineChanges, deadlinesOf } from '../deadlines/deadline-repository';
import { countFigures } from '../figures/figure-service';
import { deadlineChanges, plannedDeadlines } from '../rules/deadline-plan';
import { clearOverdue, lockObligation, lockObligations, putObligation } from './obligation-repository';

export type Declared = PayloadOf<typeof ObligationDeclared>;

export interface Declaration {
  readonly source: string;
  readonly version: number;
  readonly actor: Actor;
}

/** Takes over an obligation as declared by a letter or a review of this service: the row, its deadlines, its figures. */
export const applyDeclaration = (tx: EntityManager, declared: Declared, declaration: Declaration): Promise<void> => applyDeclarations(tx, [{ declared, ...declaration }]);

export interface OneOfMany extends Declaration {
  readonly declared: Declared;
}

/**
 * Takes over obligations as declared: rows and deadlines one after the other, figures together at the end, because
 * whoever counts figures makes everybody else who counts wait until commit.
 * @throws UnrecoverableError when nobody owes one, or when another service declared the same id
 */
export async function applyDeclarations(tx: EntityManager, declarations: readonly OneOfMany[]): Promise<void> {
  const ids = [...new Set(declarations.map(({ declared }) => declared.obligationId))];
  await holdCases(tx, [...new Set(declarations.map(({ declared }) => declared.caseId))]);
  await lockObligations(tx, ids, { skipsLocked: false });
  for (const { declared, ...declaration } of declarations) await takeOver(tx, declared, declaration);
  const rows = await lockObligations(tx, ids, { skipsLocked: false });
  await countFigures(tx, rows.map(({ id, caseId, state, overdueAt }) => ({ id, caseId, state, isOverdue: overdueAt !== null })));
}

async function takeOver(tx: EntityManager, declared: Declared, { source, version, actor }: Declaration): Promise<void> {
  if (!declared.obligorUnitId && !declared.obligorOfficialId) throw new UnrecoverableError(`obligation ${declared.obligationId} has no unit and no official who owes it`);
  const known = await lockObligation(tx, declared.obligationId);
  if (known && (known.source !== source || known.caseId !== declared.caseId)) {
    throw new UnrecoverableError(`obligation ${declared.obligationId} was declared by ${known.source} for case ${known.caseId}`);
  }
  await putObligation(tx, declared.obligationId, { ...columnsOf(declared), source, declared_version: version });
  await replan(tx, declared);
  await audit(tx, actor, {
    action: 'obligation.declared', subjectType: 'Obligation', subjectId: declared.obligationId, caseId: declared.caseId,
    detail: { source, version, dutyCode: declared.dutyCode, state: declared.state, dueOn: declared.dueOn, dueOnBefore: known?.dueOn ?? null },
  });
}

const columnsOf = (declared: Declared) => ({
  case_id: declared.caseId, duty_code: declared.dutyCode, state: declared.state, obligor_unit_id: declared.obligorUnitId,
  obligor_official_id: declared.obligorOfficialId, subject_type: declared.subject.type, subject_id: declared.subject.id, start_on: declared.startOn,
  due_raw: declared.dueRaw, due_on: declared.dueOn, is_provisional: declared.isProvisional, rule_code: declared.ruleCode, rule_version: declared.ruleVersion,
  calendar_version: declared.calendarVersion, jurisdiction_code: declared.jurisdictionCode, basis: declared.basis, met_on: declared.metOn,
});

/** Brings the deadlines to what the dates say; a met or cancelled obligation has none that waits. */
async function replan(tx: EntityManager, declared: Declared): Promise<void> {
  const { now } = await businessTime(tx);
  const known = await deadlinesOf(tx, [declared.obligationId]);
  const planned = declared.state === 'OPEN' ? plannedDeadlines(declared, { calendar: officeCalendar(), now }) : [];
  const changes = deadlineChanges(known, planned, now);
  await applyDeadlineChanges(tx, declared, changes);
  const isOverdueAgainLater = changes.rearm.some((one) => one.kind === 'OVERDUE' && one.dueAt > now);
  if (isOverdueAgainLater) await clearOverdue(tx, declared.obligationId);
}
