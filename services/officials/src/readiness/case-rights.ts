import { hasRole, type Viewer } from '@anjie/access';
import { caseIsSealed } from '@anjie/contracts';
import { isId, type Sql } from '@anjie/service-kit/database';
import { notFound, notPermitted, overseesDivision } from '../rules/acting';
import { casesInView, hasCasePart, type CaseInView } from './crew-repository';

export type CaseObjection = ReturnType<typeof notFound> | ReturnType<typeof notPermitted> | ReturnType<typeof caseIsSealed>;

/** A case that the viewer sees; a sealed one takes nothing of what is done here. */
export async function openCase(tx: Sql, viewer: Viewer, caseId: string): Promise<CaseInView | CaseObjection> {
  const found = isId(caseId) ? (await casesInView(tx, viewer, [caseId])).get(caseId.toLowerCase()) : undefined;
  if (!found) return notFound();
  return found.isSealed ? caseIsSealed() : found;
}

/** The joint office of its division, staff of its lead unit, and where a clerk may, the window that registered it. */
export async function caseToStaff(tx: Sql, viewer: Viewer, { caseId, byClerk }: { caseId: string; byClerk: boolean }): Promise<CaseInView | CaseObjection> {
  const found = await openCase(tx, viewer, caseId);
  if ('refused' in found || overseesDivision(viewer, found.divisionCode)) return found;
  if (viewer.kind !== 'OFFICIAL') return notPermitted();
  const asLead = hasRole(viewer, 'UNIT_HANDLER') && (await hasCasePart(tx, viewer, { caseId: found.id, roles: ['LEAD'] }));
  const asClerk = byClerk && hasRole(viewer, 'WINDOW_CLERK', 'UNIT_HANDLER') && (await hasCasePart(tx, viewer, { caseId: found.id, roles: ['REGISTRAR'] }));
  return asLead || asClerk ? found : notPermitted();
}
