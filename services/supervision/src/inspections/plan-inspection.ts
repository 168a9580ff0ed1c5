import type { EntityManager } from 'typeorm';
import { AppError, DIVISION_CODE, isRefusal } from '@anjie/contracts';
import { audit, isId, newId } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import type { PlanInspectionInput } from '../generated/graphql';
import type { InspectionKind } from '../kinds';
import { areKnown, areNamed, casesSeen, todayOf } from '../oversight-facts';
import { isOfficeText } from '../rules/assigned-date';
import { inspectionRefusals as no, mayInspectCase, type InspectionRefusal } from '../rules/inspections';
import { putInspection } from './inspection-repository';
import { whyNotInspect, type InspectionAnswer, type InspectionDoing } from './open-inspection';
import { bindingTo } from './team-repository';

interface Place {
  readonly divisionCode: string;
  readonly leadingUnitId: string;
  readonly isShared: boolean;
}

/** 计划督查: nothing of it is told to the unit that is to be inspected. */
export async function planInspection(tx: EntityManager, input: PlanInspectionInput, { actor, kinds }: InspectionDoing): Promise<InspectionAnswer> {
  const kind = kinds.inspections.usable(input.kind);
  if (!kind) return no.badKind();
  const place = await placeOf(tx, input, actor);
  if (isRefusal(place)) return place as InspectionRefusal;
  const [unitId, teamId, caseId] = [input.unitId ?? null, input.teamId ?? null, input.caseId ?? null];
  const objection = (await whyNotInspect(tx, actor.viewer, { ...place, teamId, unitId })) ?? wordsObjection(input, kind) ?? (await partiesObjection(tx, input, actor));
  if (objection) return objection;
  if (input.plannedOn < (await todayOf(tx))) return no.badDate();
  const id = newId();
  await putInspection(tx, {
    id, kind: kind.code, title: input.title.trim(), leading_unit_id: place.leadingUnitId, team_id: teamId, is_shared: place.isShared, division_code: place.divisionCode,
    unit_id: unitId, case_id: caseId, campaign_id: input.campaignId ?? null, planned_by: actor.viewer.subject, planned_on: input.plannedOn, state: 'PLANNED', version: 1,
  }, input.partnerUnitIds);
  await audit(tx, actor, { action: 'inspection.planned', subjectType: 'Inspection', subjectId: id, caseId, detail: { kind: kind.code, unitId, divisionCode: place.divisionCode, teamId } });
  return { inspectionId: id };
}

/** Where it is, and who leads it: the office of the team, or that of the viewer. */
async function placeOf(tx: EntityManager, input: PlanInspectionInput, { viewer }: InspectionDoing['actor']): Promise<Place | InspectionRefusal> {
  const unit = input.unitId != null && isId(input.unitId) ? await knownUnit(tx, input.unitId) : undefined;
  if (input.unitId != null && !unit) return no.partyUnknown();
  const divisionCode = unit?.divisionCode ?? input.divisionCode;
  if (divisionCode == null || !DIVISION_CODE.test(divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  if (input.teamId == null) return viewer.unitId ? { divisionCode, leadingUnitId: viewer.unitId, isShared: false } : no.notPermitted();
  const binding = isId(input.teamId) ? await bindingTo(tx, input.teamId, divisionCode) : null;
  return binding ? { divisionCode, leadingUnitId: binding.unitId, isShared: binding.isShared } : no.outsideTeam();
}

function wordsObjection(input: PlanInspectionInput, kind: InspectionKind): InspectionRefusal | null {
  if (!isOfficeText(input.title, { most: 200 })) return no.badText();
  if (kind.needsCase && input.caseId == null) return no.caseNeeded();
  if (input.partnerUnitIds.length > 100) return no.tooMany();
  return kind.isJoint === input.partnerUnitIds.length > 0 ? null : no.partnerNeeded();
}

async function partiesObjection(tx: EntityManager, input: PlanInspectionInput, { viewer }: InspectionDoing['actor']): Promise<InspectionRefusal | null> {
  if (!(await areKnown(tx, { unitIds: input.partnerUnitIds, officialIds: [] }))) return no.partyUnknown();
  if (input.campaignId != null && !isId(input.campaignId)) return no.notFound();
  if (input.caseId == null) return null;
  const [seen] = await casesSeen(tx, viewer, [input.caseId]);
  if (!seen) return no.notFound();
  if (!mayInspectCase(viewer, { divisionCode: seen.divisionCode, teamId: input.teamId ?? null })) return no.outsideDivision();
  if (Number(seen.isSealed) === 1) return no.sealed();
  return (await areNamed(tx, [input.caseId], { unitIds: input.partnerUnitIds, officialIds: [] })) ? no.partyNamed() : null;
}
