import { PERSONAS, type PersonaName } from '../personas';
import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';
import { caseAt } from './case-at';

/** The year before is published, this one is open for comments; in each county. Units and officials are commended. */
export async function assess(system: SecuritySystem): Promise<void> {
  const compute = async (who: PersonaName, divisionCode: string, year: number) => (await system.act(who, 'computeAssessment', { scheme: 'ANNUAL_UNIT', divisionCode, year }))['assessment'];
  const last = await compute('countyOffice', '640104', 2021);
  // the days for comments are over: said in the table
  await system.rows("UPDATE supervision.assessments SET comment_until = '2022-12-27' WHERE id = ?", [last?.id]);
  await system.act('countyOffice', 'publishAssessment', { assessmentId: last?.id, expectedVersion: last?.version, remark: '意见均已答复。' });
  const open = await compute('countyOffice', '640104', 2022);
  const [result] = await system.rows<{ id: string; version: number }>('SELECT id, version FROM supervision.assessment_results WHERE assessment_id = ? AND unit_id = ?', [open?.id, PLACES.housing.id]);
  await system.act('leadHandler', 'commentOnAssessment', { resultId: result?.id, expectedVersion: Number(result?.version), comment: '其中两件系其他单位承办。' });
  await compute('neighbourOffice', '640105', 2022);
  const commend = (who: PersonaName, input: object): Promise<unknown> => system.act(who, 'recordCommendation', { title: '先进单位', reason: '按期办结率较高。', commendedOn: '2022-12-20', ...input });
  await commend('countyOffice', { unitId: PLACES.housing.id, assessmentId: last?.id, documentNumber: '联席办〔2022〕9号', commendedOn: '2022-12-27' });
  await commend('countyOffice', { officialId: PERSONAS.housingHead.id, title: '先进个人', commendedOn: '2022-12-26' });
  await commend('neighbourOffice', { unitId: PLACES.neighbourBureau.id });
  await commend('provinceOffice', { unitId: PLACES.cityOffice.id });
}

/** Of a bureau, with measures of another and of one of the next county, and cases that came of it; and by a bureau itself. */
export async function reviewDecisions(system: SecuritySystem, before: Before): Promise<void> {
  const record = async (who: PersonaName, input: object) =>
    (await system.act(who, 'recordDecisionReview', { title: '安置房办证方案', subject: '分批办理首次登记。', opinion: 'PROCEED', opinionText: '总体可行。', ...input }))['decisionReview'];
  const made = await record('countyOffice', {
    unitId: PLACES.housing.id, decidedOn: '2022-12-20', opinion: 'PROCEED_WITH_MEASURES',
    measures: [PLACES.labour, PLACES.neighbourBureau].map(({ id }) => ({ title: '先行公示', unitId: id, dueOn: '2023-01-31' })),
  });
  const [measure] = await system.rows<{ id: string }>('SELECT id FROM supervision.decision_measures WHERE decision_review_id = ? AND unit_id = ?', [made?.id, PLACES.neighbourBureau.id]);
  const { decisionReview } = await system.act('neighbourHandler', 'settleDecisionMeasure', { decisionReviewId: made?.id, expectedVersion: made?.version, measureId: measure?.id, evidence: '已公示。' });
  await system.act('countyOffice', 'linkDecisionCases', { decisionReviewId: made?.id, expectedVersion: decisionReview?.version, add: [caseAt(before, 0).id, caseAt(before, 13).id] });
  await record('leadHandler', { unitId: PLACES.housingCentre.id, title: '征收补偿方案' });
  await record('neighbourOffice', { unitId: PLACES.neighbourBureau.id, title: '安置点选址' });
}
