import type { EntityManager } from 'typeorm';
import type { Due } from '@anjie/rulebook';
import type { Actor } from '@anjie/service-kit/database';
import { lockObligation, lockObligations, type ObligationRow } from './obligation-repository';
import { applyDeclaration, applyDeclarations, type Declared } from './obligation-service';

/** A duty of a unit that begins with an act of this service. */
export interface OwnDuty {
  readonly obligationId: string;
  /** Null where the act binds the unit without a case. */
  readonly caseId: string | null;
  /** Only without a case: the campaign that it is owed for. */
  readonly campaignId?: string | null;
  readonly dutyCode: string;
  /** Null where an official alone owes it. */
  readonly obligorUnitId: string | null;
  readonly obligorOfficialId?: string | null;
  readonly subject: { readonly type: string; readonly id: string };
  readonly due: Due;
  readonly basis: string;
  readonly jurisdictionCode: string;
}

/** Starts the duty through the same door as an obligation that another service declares. */
export const declareOwn = (tx: EntityManager, duty: OwnDuty, actor: Actor): Promise<void> => declareAllOwn(tx, [duty], actor);

/** Several at once, so that cases and figures are held in the order that everybody keeps. */
export const declareAllOwn = async (tx: EntityManager, duties: readonly OwnDuty[], actor: Actor): Promise<void> => {
  if (duties.length > 0) await applyDeclarations(tx, duties.map((duty) => ({ declared: declaredOf(duty), source: 'supervision', version: 1, actor })));
};

const declaredOf = ({ due, obligorOfficialId, ...duty }: OwnDuty): Declared => ({
  ...duty, obligorOfficialId: obligorOfficialId ?? null, state: 'OPEN', startOn: due.startOn, dueRaw: due.dueRaw, dueOn: due.dueEffective, isProvisional: due.provisional,
  ruleCode: due.ruleCode, ruleVersion: due.ruleVersion, calendarVersion: due.calendarVersion, metOn: null,
});

export interface Settlement {
  readonly state: 'MET' | 'CANCELLED';
  readonly metOn: string | null;
  /** Of the declaration: higher than the one before. */
  readonly version: number;
  readonly actor: Actor;
}

/** Ends the duty, through the same door. */
export async function settleOwn(tx: EntityManager, obligationId: string, { version, ...settlement }: Settlement): Promise<void> {
  const known = await lockObligation(tx, obligationId);
  if (!known) throw new Error(`there is no obligation ${obligationId}`);
  await applyDeclaration(tx, settledOf(known, settlement), { source: 'supervision', version, actor: settlement.actor });
}

/** Ends those of these duties that are there and still open: each was declared once before. */
export async function settleAllOwn(tx: EntityManager, obligationIds: readonly string[], settlement: Omit<Settlement, 'version'>): Promise<void> {
  const open = (await lockObligations(tx, obligationIds, { skipsLocked: false })).filter(({ state }) => state === 'OPEN');
  if (open.length > 0) await applyDeclarations(tx, open.map((known) => ({ declared: settledOf(known, settlement), source: 'supervision', version: 2, actor: settlement.actor })));
}

const settledOf = (known: ObligationRow, { state, metOn }: Pick<Settlement, 'state' | 'metOn'>): Declared => ({
  ...known, obligationId: known.id, subject: { type: known.subjectType, id: known.subjectId }, isProvisional: Boolean(known.isProvisional), state, metOn,
});
