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
  if (!areFitTexts({ ...input, documentNumber })) return assessmentRefusals.badText();
  const { today } = await businessTime(tx);
  if (input.commendedOn > today) return assessmentRefusals.yearNotFit();
  const objection = input.assessmentId == null ? null : await unpublished(tx, input.assessmentId, actor);
  if (objection) return objection;
  const id = newId();
  const about = { unitId: input.unitId ?? null, officialId: input.officialId ?? null, assessmentId: input.assessmentId ?? null };
  await insertRows(tx, 'commendations', [{
    id, assessment_id: about.assessmentId, unit_id: about.unitId, official_id: about.officialId, division_code: divisionCode,
    division_prefix: divisionPrefix(divisionCode), title: input.title.trim(), reason: input.reason.trim(), document_number: documentNumber, commended_on: input.commendedOn,
    issuer_unit_id: viewer.unitId, recorded_by: viewer.subject, recorded_on: today,
  }]);
  await audit(tx, actor, { action: 'commendation.recorded', subjectType: 'Commendation', subjectId: id, detail: about });
  return { commendationId: id };
}

const areFitTexts = ({ title, reason, documentNumber }: { title: string; reason: string; documentNumber: string | null }): boolean =>
  isFitText(title, 200) && isFitText(reason, 1_000) && (documentNumber === null || isFitText(documentNumber, 100));

/** Why a commendation cannot follow from this assessment; null when it is published. */
async function unpublished(tx: EntityManager, assessmentId: string, { viewer }: Actor): Promise<AssessmentRefusal | null> {
  const [assessment] = isId(assessmentId) ? await visibleAssessments(tx, viewer, [assessmentId]) : [];
  if (!assessment) return assessmentRefusals.notFound();
  return assessment.publishedOn === null ? assessmentRefusals.wrongState() : null;
}

/** Where the one who is commended works; null for none, two, or somebody unknown. */
async function divisionOfHolder(tx: EntityManager, { unitId, officialId }: RecordCommendationInput): Promise<string | null> {
  if ((unitId == null) === (officialId == null)) return null;
  const id = unitId ?? officialId ?? '';
  if (!isId(id)) return null;
  const ofUnit = unitId == null ? ((await knownOfficial(tx, id))?.unitId ?? null) : id;
  return ofUnit === null ? null : ((await knownUnit(tx, ofUnit))?.divisionCode ?? null);
}
