import { UnrecoverableError } from 'bullmq';
import type { EntityManager } from 'typeorm';
import { groupBy, officeCalendar } from '@anjie/service-kit/runtime';
import type { ObligationDeclared, PayloadOf } from '@anjie/contracts';
import { auditAll, businessTime, type Actor } from '@anjie/service-kit/database';
import { holdCases } from '../case-facts';
import { applyDeadlineChanges, deadlinesOf, type Replanned } from '../deadlines/deadline-repository';
import { countFigures } from '../figures/figure-service';
import { deadlineChanges, plannedDeadlines } from '../rules/deadline-plan';
import { clearOverdue, lockObligations, putObligations, type ObligationRow } from './obligation-repository';

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
 * Takes over obligations as declared, in a fixed number of statements as long as no deadline moves; figures at the end,
 * because whoever counts figures makes everybody else who counts wait until commit.
 * @throws UnrecoverableError when nobody owes one, or when another service declared the same id
 */
export async function applyDeclarations(tx: EntityManager, declarations: readonly OneOfMany[]): Promise<void> {
  const ids = [...new Set(declarations.map(({ declared }) => declared.obligationId))];
  const cases = [...new Set(declarations.flatMap(({ declared }) => declared.caseId ?? []))];
  const held = await holdCases(tx, cases);
  const known = new Map((await lockObligations(tx, ids, { skipsLocked: false })).map((row) => [row.id, row]));
  refuseWrongOnes(declarations, known);
  await putObligations(tx, declarations.map(({ declared, source, version }) => ({ id: declared.obligationId, ...columnsOf(declared), source, declared_version: version })));
  await replan(tx, declarations.map(({ declared }) => declared));
  await auditAll(tx, declarations.map(({ declared, source, version, actor }) => ({
    actor,
    note: {
      action: 'obligation.declared', subjectType: 'Obligation', subjectId: declared.obligationId, caseId: declared.caseId,
      detail: { source, version, dutyCode: declared.dutyCode, state: declared.state, dueOn: declared.dueOn, dueOnBefore: known.get(declared.obligationId)?.dueOn ?? null },
    },
  })));
  // a case that is arriving just now is waited for; it looks for obligations after it is written, so one of the two sees the other
  if (held < cases.length) await holdCases(tx, cases);
  const rows = await lockObligations(tx, ids, { skipsLocked: false });
  await countFigures(tx, rows.map((row) => ({ ...row, isOverdue: row.overdueAt !== null })));
}

type Declarer = Pick<ObligationRow, 'source' | 'caseId'>;

function refuseWrongOnes(declarations: readonly OneOfMany[], known: ReadonlyMap<string, Declarer>): void {
  const declarers = new Map<string, Declarer>(known);
  for (const { declared, source } of declarations) {
    if (!declared.obligorUnitId && !declared.obligorOfficialId) throw new UnrecoverableError(`obligation ${declared.obligationId} has no unit and no official who owes it`);
    const before = declarers.get(declared.obligationId);
    if (before && (before.source !== source || before.caseId !== declared.caseId)) {
      throw new UnrecoverableError(`obligation ${declared.obligationId} was declared by ${before.source} for ${before.caseId === null ? 'no case' : `case ${before.caseId}`}`);
    }
    declarers.set(declared.obligationId, { source, caseId: declared.caseId });
  }
}

const columnsOf = (declared: Declared) => ({
  case_id: declared.caseId, campaign_id: declared.caseId === null ? (declared.campaignId ?? null) : null, duty_code: declared.dutyCode, state: declared.state, obligor_unit_id: declared.obligorUnitId,
  obligor_official_id: declared.obligorOfficialId, subject_type: declared.subject.type, subject_id: declared.subject.id, start_on: declared.startOn,
  due_raw: declared.dueRaw, due_on: declared.dueOn, is_provisional: declared.isProvisional, rule_code: declared.ruleCode, rule_version: declared.ruleVersion,
  calendar_version: declared.calendarVersion, jurisdiction_code: declared.jurisdictionCode, basis: declared.basis, met_on: declared.metOn,
});

/** Brings the deadlines to what the dates say; a met or cancelled obligation has none that waits. */
async function replan(tx: EntityManager, declarations: readonly Declared[]): Promise<void> {
  const { now } = await businessTime(tx);
  const known = groupBy(await deadlinesOf(tx, declarations.map(({ obligationId }) => obligationId)), (deadline) => deadline.obligationId);
  const replanned = declarations.map((declared) => {
    const planned = declared.state === 'OPEN' ? plannedDeadlines(declared, { calendar: officeCalendar(), now }) : [];
    return { obligationId: declared.obligationId, caseId: declared.caseId, changes: deadlineChanges(known.get(declared.obligationId) ?? [], planned, now) };
  });
  await applyDeadlineChanges(tx, replanned);
  const isOverdueAgainLater = ({ changes }: Replanned): boolean => changes.rearm.some((one) => one.kind === 'OVERDUE' && one.dueAt > now);
  await clearOverdue(tx, replanned.filter(isOverdueAgainLater).map(({ obligationId }) => obligationId));
}
