import type { Viewer } from '@anjie/access';
import type { EntityManager } from 'typeorm';
import { AppError, isRefusal } from '@anjie/contracts';
import { isId, updateVersion, type Actor, type Row } from '@anjie/service-kit/database';
import type { InspectionKind, Kinds } from '../kinds';
import { standingOf } from '../reviewer-facts';
import { inspectionAfter, inspectionRefusals as no, inspectorObjection, type InspectionAct, type InspectionRefusal, type InspectionState } from '../rules/inspections';
import { visibleInspections, type InspectionRow } from './inspection-repository';
import { isMember } from './team-repository';

export type InspectionAnswer = { readonly inspectionId: string } | InspectionRefusal;
export interface InspectionDoing {
  readonly actor: Actor;
  readonly kinds: Pick<Kinds, 'inspections'>;
}
export interface OpenInspection {
  readonly actor: Actor;
  readonly row: InspectionRow;
  readonly kind: InspectionKind;
  /** Where the act leads. */
  readonly after: InspectionState;
}

const NO_CASE = '00000000-0000-0000-0000-000000000000';

/** Why this viewer does not inspect this unit in this place; null when nothing speaks against it. */
export async function whyNotInspect(
  tx: EntityManager, viewer: Viewer, at: { readonly divisionCode: string; readonly leadingUnitId: string | null; readonly teamId: string | null; readonly unitId: string | null },
): Promise<InspectionRefusal | null> {
  const isOfTeam = await isMember(tx, at.teamId, viewer.subject);
  const isOfInspectedUnit = at.unitId !== null && (await standingOf(tx, viewer, { unitId: at.unitId, caseId: NO_CASE })).isOfUnit;
  return inspectorObjection(viewer, { divisionCode: at.divisionCode, leadingUnitId: at.leadingUnitId, isOfTeam, isOfInspectedUnit });
}

/** The inspection as the viewer sees it, if the viewer carries it and the act is its turn. */
export async function openInspection(
  tx: EntityManager, wish: { readonly inspectionId: string; readonly expectedVersion: number; readonly act: InspectionAct }, { actor, kinds }: InspectionDoing,
): Promise<OpenInspection | InspectionRefusal> {
  const row = isId(wish.inspectionId) ? (await visibleInspections(tx, actor.viewer, [wish.inspectionId]))[0] : undefined;
  if (!row) return no.notFound();
  const objection = await whyNotInspect(tx, actor.viewer, row);
  if (isRefusal(objection)) return objection as InspectionRefusal;
  if (row.version !== wish.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  const kind = kinds.inspections.of(row.kind);
  const after = inspectionAfter(row.state, wish.act, kind);
  return after ? { actor, row, kind, after } : no.wrongState();
}

export async function moveInspection(tx: EntityManager, { id, version }: InspectionRow, set: Row): Promise<void> {
  if (!(await updateVersion(tx, 'inspections', { id, version, set }))) throw new AppError('CONFLICT', { currentVersion: version + 1 });
}
