import type { EntityManager } from 'typeorm';
import type { Due } from '@anjie/rulebook';
import type { Actor } from '@anjie/service-kit/database';
import { lockObligation } from './obligation-repository';
import { applyDeclaration, type Declared } from './obligation-service';

/** A duty of a unit that begins with an act of this service. */
export interface OwnDuty {
  readonly obligationId: string;
  /** Null where the act binds the unit without a case. */
  readonly caseId: string | null;
  readonly dutyCode: string;
  readonly obligorUnitId: string;
  /** Where an official of the unit owes it in person. */
  readonly obligorOfficialId?: string | null;
  readonly subject: { readonly type: string; readonly id: string };
  readonly due: Due;
  readonly basis: string;
  readonly jurisdictionCode: string;
}

/** Starts the duty through the same door as an obligation that another service declares. */
export const declareOwn = (tx: EntityManager, { due, ...duty }: OwnDuty, actor: Actor): Promise<void> =>
  applyDeclaration(
    tx,
    {
      ...duty, state: 'OPEN', obligorOfficialId: duty.obligorOfficialId ?? null, startOn: due.startOn, dueRaw: due.dueRaw, dueOn: due.dueEffective, isProvisional: due.provisional,
      ruleCode: due.ruleCode, ruleVersion: due.ruleVersion, calendarVersion: due.calendarVersion, metOn: null,
    },
    { source: 'supervision', version: 1, actor },
  );

export interface Settlement {
  readonly state: 'MET' | 'CANCELLED';
  readonly metOn: string | null;
  /** Of the declaration: higher than the one before. */
  readonly version: number;
  readonly actor: Actor;
}

/** Ends the duty, through the same door. */
export async function settleOwn(tx: EntityManager, obligationId: string, { state, metOn, version, actor }: Settlement): Promise<void> {
  const known = await lockObligation(tx, obligationId);
  if (!known) throw new Error(`there is no obligation ${obligationId}`);
  const declared: Declared = {
    ...known, obligationId: known.id, subject: { type: known.subjectType, id: known.subjectId }, isProvisional: Boolean(known.isProvisional), state, metOn,
  };
  await applyDeclaration(tx, declared, { source: 'supervision', version, actor });
}
