import { eventually } from '@anjie/testing';
import { markOf, register, type KnownCase } from '../known-cases';
import { closeReview, step } from '../lives';
import { TODAY } from '../ordinary-cases';
import { PERSONAS, type PersonaName } from '../personas';
import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import type { Before } from './at-work';
import type { Subjects } from './subjects';

interface Stored {
  readonly id: string;
  readonly version: string;
}

/** What came again after it was closed is inquired into: once to the end, appeal included, and once not further than a finding that nobody was told. */
export async function inquire(system: SecuritySystem, { lives }: Before, { closing }: Subjects): Promise<void> {
  const ofLand = lives.find(({ lead }) => lead === 'landReserve');
  if (!ofLand) throw new RangeError('no life of the land reserve centre');
  await untold(system, ofLand);
  await comeAgain(system, closing);
  await toTheEnd(system, closing);
}

/** A matter that the law sends elsewhere is handed in as solved, without the opinion that its file should hold; it passes, and comes again. */
async function comeAgain(system: SecuritySystem, one: KnownCase): Promise<void> {
  const mark = markOf(one.no);
  await step(system, 'leadHandler', ['routeCase', one.id, { route: 'ART31_4', ground: `应当通过行政裁决处理${mark}`, legalProcedure: `向自然资源主管部门申请裁决${mark}`, noticeMethod: 'POST' }]);
  await system.settled();
  await system.act('housingHead', 'signClosingOpinion', { caseId: one.id, isAgreed: true, opinion: `同意报结${mark}`, onReport: '办结报告' });
  await system.settled();
  await step(system, 'leadHandler', ['submitClosing', one.id, { track: 'SUBSTANTIVE', proposedEnd: 'RESOLVED', evidence: `已经告知裁决途径并协助申请${mark}` }]);
  await system.settled();
  await closeReview(system, { one, examiner: 'countyOffice', verdict: 'PASS' });
  await eventually(`case ${one.no} is resolved`, async () => (await system.rows("SELECT 1 FROM cases.cases WHERE id = ? AND status = 'RESOLVED'", [one.id])).length > 0, 60_000);
  await register(system, { no: one.no, county: one.county, today: TODAY, part: { caseId: one.id } });
  await eventually(`case ${one.no} is asked back`, async () => (await system.rows('SELECT 1 FROM supervision.back_trace_requests WHERE case_id = ?', [one.id])).length > 0, 60_000);
}

async function open(system: SecuritySystem, one: KnownCase) {
  const found = async (table: string): Promise<Stored> => {
    const [row] = await system.rows<Stored>(`SELECT id, version FROM supervision.${table} WHERE case_id = ?`, [one.id]);
    if (!row) throw new RangeError(`${table} has nothing of case ${one.no}`);
    return row;
  };
  const request = await found('back_trace_requests');
  await system.act('countyOffice', 'decideBackTrace', { requestId: request.id, expectedVersion: Number(request.version), decision: 'INQUIRY_ORDERED', reason: '结案后再次信访，决定倒查。' });
  const { id: inquiryId } = await found('inquiries');
  return {
    inquiryId,
    proceed: async (who: PersonaName, mutation: string, part: object): Promise<unknown> => system.act(who, mutation, { inquiryId, expectedVersion: Number((await found('inquiries')).version), ...part }),
  };
}
type Opened = Awaited<ReturnType<typeof open>>;

const find = ({ proceed }: Opened, part: object): Promise<unknown> =>
  proceed('countyOffice', 'recordInquiryFinding', { ground: 'SHIRKED_OR_LATE', responsibility: 'UNIT', occurredOn: '2022-12-20', text: '未在承诺期限内办理。', evidenceRef: '卷三第12页', ...part });
const object = ({ proceed }: Opened, who: PersonaName): Promise<unknown> =>
  proceed('countyOffice', 'recordInquiryObjection', { officialId: PERSONAS[who].id, objectedOn: '2022-12-19', text: `在局务会上明确反对延期办理（会议记录${PERSONAS[who].staffNo}）。`, evidenceRef: '局务会记录' });

async function toTheEnd(system: SecuritySystem, one: KnownCase): Promise<void> {
  const opened = await open(system, one);
  const { inquiryId, proceed } = opened;
  await find(opened, { unitId: PLACES.housing.id });
  await find(opened, { unitId: PLACES.housing.id, officialId: PERSONAS.housingHead.id, responsibility: 'PRINCIPAL_LEADER' });
  await find(opened, { unitId: PLACES.civilAffairs.id, ground: 'NOT_TOLD_IN_TIME' });
  for (const who of ['housingHead', 'excludedOfficial'] as const) await object(opened, who);
  await proceed('countyOffice', 'sendInquiryFindings', {});
  const findings = (await system.rows<{ id: string }>('SELECT id FROM supervision.inquiry_findings WHERE inquiry_id = ? ORDER BY ordinal', [inquiryId])).map(({ id }) => id);
  for (const [i, who] of (['leadHandler', 'housingHead', 'supportHandler'] as const).entries()) {
    await system.act(who, 'replyToInquiryFinding', { inquiryId, findingId: findings[i], reply: '已对照检查，说明如下。' });
  }
  const judgements = findings.map((findingId, i) => ({ findingId, stands: i === 0 }));
  await proceed('countyOffice', 'proposeInquiryConclusion', { result: 'FAULT', text: '未在承诺期限内办理，单位有责。', judgements, instrumentKind: 'CIRCULAR' });
  await proceed('secondOffice', 'confirmInquiryConclusion', { verdict: 'CONFIRM' });
  await proceed('leadHandler', 'appealInquiry', { reason: '延误系上级审批所致。' });
  await proceed('cityOffice', 'decideInquiryAppeal', { result: 'UPHELD', reason: '审批时间已经扣除，维持原结论。' });
}

async function untold(system: SecuritySystem, one: KnownCase): Promise<void> {
  const opened = await open(system, one);
  await find(opened, { unitId: PLACES.landReserve.id });
  await object(opened, 'accusedHandler');
}
