import type { EntityManager } from 'typeorm';
import { auditAll, businessTime, type Actor, type BusinessTime } from '@anjie/service-kit/database';
import { serviceViewer } from '@anjie/service-kit/messaging';
import { countFigures } from '../figures/figure-service';
import { markOverdue, type ObligationRow } from '../obligations/obligation-repository';
import { remind } from '../reminders/remind';
import type { Trigger } from './deadline-repository';
import { addEffects, type DeadlineOutcome, type WaitingDeadline } from './firing-repository';

/** A deadline that the caller has just marked as fired, with its obligation, which the caller holds. */
export interface FiredDeadline extends WaitingDeadline {
  readonly firedAt: Date;
  readonly obligation: ObligationRow;
}

interface Effect {
  readonly outcome: DeadlineOutcome;
  readonly detail: Readonly<Record<string, unknown>>;
}

const actorOf = (deadlineId: string): Actor => ({ viewer: serviceViewer('supervision'), requestId: `dl-${deadlineId}` });

/** Overdue marks, reminders, effect rows, audit and figures of what has fired: they commit with it or not at all. */
export async function takeEffects(tx: EntityManager, by: Trigger, fired: readonly FiredDeadline[]): Promise<void> {
  if (fired.length === 0) return;
  const time = await businessTime(tx);
  const late = await markLate(tx, fired.filter((one) => one.kind === 'OVERDUE'), time);
  const reminded = await remind(tx, fired.filter((one) => one.kind !== 'OVERDUE').map((one) => ({ ...one, deadlineId: one.id })), time);
  const effectOf = (one: FiredDeadline): Effect => {
    const effect = reminded.get(one.id);
    if (effect) return { outcome: effect.outcome, detail: { recipients: effect.recipients, supersededBy: effect.supersededBy } };
    const isNewlyOverdue = late.has(one.obligationId);
    return { outcome: isNewlyOverdue ? 'OVERDUE' : 'NOTHING', detail: { isNewlyOverdue } };
  };
  await addEffects(tx, fired.map((one) => ({ ...one, outcome: effectOf(one).outcome })));
  await auditAll(tx, fired.map((one) => {
    const { outcome, detail } = effectOf(one);
    return {
      actor: actorOf(one.id),
      note: {
        action: 'deadline.fired', subjectType: 'Deadline', subjectId: one.id, caseId: one.caseId,
        detail: { obligationId: one.obligationId, kind: one.kind, step: one.step, version: one.version, by, outcome, ...detail },
      },
    };
  }));
  await countFigures(tx, [...late.values()].map((row) => ({ ...row, isOverdue: true })));
}

/** Marks what was open and not marked before; the rows are held, so what was read is what is there. */
async function markLate(tx: EntityManager, fired: readonly FiredDeadline[], { now }: BusinessTime): Promise<ReadonlyMap<string, ObligationRow>> {
  const late = fired.map((one) => one.obligation).filter((one) => one.state === 'OPEN' && one.overdueAt === null);
  const marked = await markOverdue(tx, late.map((one) => one.id), now);
  if (marked !== late.length) throw new Error(`${late.length} obligations were to be marked as overdue, and ${marked} were`);
  return new Map(late.map((one) => [one.id, one]));
}
