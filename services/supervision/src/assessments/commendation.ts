import type { EntityManager } from 'typeorm';
import { divisionPrefix } from '@anjie/contracts';
import { audit, businessTime, insertRows, isId, newId, type Actor } from '@anjie/service-kit/database';
import { knownOfficial, knownUnit } from '@anjie/service-kit/facts';
import type { RecordCommendationInput } from '../generated/graphql';
import { assessmentRefusals, mayAssess, type AssessmentRefusal } from '../rules/assessment-rules';
import { isFitText } from '../rules/bulletin-lifecycle';
import { isOfDivisionOrAbove } from '../rules/close-reviewers';
import { textOrNull } from '../rules/plain-text';
import { visibleAssessments } from './assessment-repository';

export type CommendationReply = { readonly commendationId: string } | AssessmentRefusal;

/** A unit or an official of the division, never anybody who petitions. */
export async function commend(tx: EntityManager, input: RecordCommendationInput, actor: Actor): Promise<CommendationReply> {
  const { viewer } = actor;
  if (!mayAssess(viewer) || !viewer.unitId) return assessmentRefusals.notPermitted();
  const divisionCode = await divisionOfHolder(tx, input);
  if (divisionCode === null) return assessmentRefusals.holderNotFit();
  if (!isOfDivisionOrAbove(viewer, divisionCode)) return assessmentRefusals.outsideDivision();
  const documentNumber = textOrNull(input.documentNumber);
  if (!isFitText(input.title, 200) || !isFitText(input.reason, 1_000) || (documentNumber !== null && !isFitText(documentNumber, 100))) return assessmentRefusals.badText();
  const { today } = await businessTime(tx);
  if (input.commendedOn > today) return assessmentRefusals.yearNotFit();
  if (input.assessmentId != null) {
    const [assessment] = isId(input.assessmentId) ? await visibleAssessments(tx, viewer, [input.assessmentId]) : [];
    if (!assessment) return assessmentRefusals.notFound();
    if (assessment.publishedOn === null) return assessmentRefusals.wrongState();
  }
  const id = newId();
  await insertRows(tx, 'commendations', [{
    id, assessment_id: input.assessmentId ?? null, unit_id: input.unitId ?? null, official_id: input.officialId ?? null, division_code: divisionCode,
    division_prefix: divisionPrefix(divisionCode), title: input.title.trim(), reason: input.reason.trim(), document_number: documentNumber, commended_on: input.commendedOn,
    issuer_unit_id: viewer.unitId, recorded_by: viewer.subject, recorded_on: today,
  }]);
  await audit(tx, actor, { action: 'commendation.recorded', subjectType: 'Commendation', subjectId: id, detail: { unitId: input.unitId ?? null, officialId: input.officialId ?? null, assessmentId: input.assessmentId ?? null } });
  return { commendationId: id };
}

/** Where the one who is commended works; null for none, two, or somebody unknown. */
async function divisionOfHolder(tx: EntityManager, { unitId, officialId }: RecordCommendationInput): Promise<string | null> {
  if ((unitId == null) === (officialId == null)) return null;
  const id = unitId ?? officialId ?? '';
  if (!isId(id)) return null;
  const ofUnit = unitId == null ? ((await knownOfficial(tx, id))?.unitId ?? null) : id;
  return ofUnit === null ? null : ((await knownUnit(tx, ofUnit))?.divisionCode ?? null);
}
