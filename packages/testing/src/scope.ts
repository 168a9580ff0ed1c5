import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { putCaseScope, putUnitAncestors, type CaseScope } from '@anjie/service-kit/facts';

/** A case scope with sensible parts; give only what the test is about. */
export const aCaseScope = (part: Partial<CaseScope> = {}): CaseScope => ({
  caseId: randomUUID(), divisionCode: '640104', status: 'REGISTERED', leadUnitId: null, leadSince: null, planSince: null, closedOn: null, isSealed: false,
  parties: [], excluded: [], ledgers: [], ...part,
});

/** Puts a case scope into a service's copy, as the event would. */
export async function haveCaseScope(db: DataSource, part: Partial<CaseScope> = {}, version = 1): Promise<CaseScope> {
  const scope = aCaseScope(part);
  await putCaseScope(db.manager, scope, version);
  return scope;
}

/** A unit in the closure, under its ancestors. */
export async function haveUnit(db: DataSource, unitId: string = randomUUID(), ancestorIds: readonly string[] = []): Promise<string> {
  await putUnitAncestors(db.manager, unitId, ancestorIds);
  return unitId;
}
