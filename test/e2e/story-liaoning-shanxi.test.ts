import { personas } from '@anjie/devtools';
import { asking, caseLedBy, castOf, deputyOf, dutyIn, type Cast, type Who } from './story-cast';
import { createGraphClient, runningSystem } from './system';

const system = runningSystem();
const graph = createGraphClient(system);

interface Row {
  readonly id: string;
  readonly version: number;
}
interface Inspection extends Row {
  readonly findings: { readonly nodes: readonly Row[] };
}
const OWED = '{ state dueOn metOn obligor { ... on Unit { id } ... on Official { id } } }';
const FINDING = `id state version rectifyBy obligation ${OWED} sharedObligation ${OWED}`;
const teams = asking<Row>(graph, { payload: 'InspectionTeam', refusal: 'Inspection', field: 'team', fields: 'id version kind members { official { id } isLeader until } divisions { division { code } sharesResponsibility }' });
const inspections = asking<Inspection>(graph, {
  payload: 'Inspection', field: 'inspection', fields: `id state version startedOn reportDueOn closedOn isResponsibilityShared kind { code mode } team { id } reportObligation ${OWED} findings { nodes { ${FINDING} } }`,
});
const findings = asking<Row>(graph, { payload: 'InspectionFinding', refusal: 'Inspection', field: 'finding', fields: FINDING });

const province = String(personas['province-office']?.claims.sub);
const bySight = (who: Who, unitId: string) => graph.query<{ inspections: { totalCount: number } }>(who, 'query ($id: ID!) { inspections(filter: { unitId: $id }) { totalCount } }', { id: unitId }).then((data) => data.inspections.totalCount);

test('辽宁 的包市督查组: a team bound to two cities inspects on the spot, what it finds is owed by the unit and, sharing the responsibility, by its leader, until it is rectified and accepted · rows 124, 132', async () => {
  const [unit, elsewhere, shizuishan] = await Promise.all([castOf(graph, 'NX-640104-RSJ'), castOf(graph, 'NX-640302-RSJ'), castOf(graph, 'NX-640200-XLB')]);
  const [member, handler] = [shizuishan.as(0), unit.as(1, 'UNIT_HANDLER')];
  const { inspectionKinds } = await graph.query<{ inspectionKinds: { mode: string }[] }>('province-office', '{ inspectionKinds { mode } }');
  expect([...new Set(inspectionKinds.map((kind) => kind.mode))].sort()).toEqual(['COORDINATION', 'FIELD', 'PHONE', 'VIDEO']);

  const team = await teams.have('province-office', 'formInspectionTeam', {
    kind: 'SUPERVISION', name: '第一包市调研下访督查组', leaderId: province, memberIds: [shizuishan.people[0]?.id],
    divisions: [{ divisionCode: '640100', sharesResponsibility: true }, { divisionCode: '640200', sharesResponsibility: false }],
  });
  const wish = { kind: 'FIELD_INSPECTION', title: '九月实地督查', teamId: team.id, unitId: unit.unitId, partnerUnitIds: [], plannedOn: '2022-09-27' };
  expect(await inspections.ask(handler, 'planInspection', wish)).toMatchObject({ code: expect.any(String) as string });
  expect(await inspections.ask('province-office', 'planInspection', { ...wish, unitId: elsewhere.unitId })).toMatchObject({ code: 'OUTSIDE_TEAM' });
  const before = await bySight(handler, unit.unitId);
  const planned = await inspections.have('province-office', 'planInspection', wish);
  expect(planned).toMatchObject({ state: 'PLANNED', isResponsibilityShared: true, kind: { mode: 'FIELD' }, team: { id: team.id } });
  expect(await bySight(handler, unit.unitId)).toBe(before);

  const begun = await inspections.have(member, 'startInspection', { inspectionId: planned.id, expectedVersion: planned.version });
  expect(begun).toMatchObject({ state: 'UNDER_WAY', startedOn: '2022-09-27', reportDueOn: '2022-10-12' });
  expect(await bySight(handler, unit.unitId)).toBe(before + 1);
  const found = await inspections.have(member, 'recordInspectionFinding', {
    inspectionId: planned.id, expectedVersion: begun.version, unitId: unit.unitId, ground: 'DELAY', text: '抽查三件，均到期未答复。', evidenceRef: '抽卷记录2', rectifyBy: '2022-10-28',
  });
  const seen = async () => (await graph.query<{ inspection: Inspection }>('province-office', `query ($id: ID!) { inspection(id: $id) { id version findings { nodes { ${FINDING} } } } }`, { id: planned.id })).inspection.findings.nodes;
  expect(await seen()).toMatchObject([{
    state: 'OPEN', obligation: { state: 'OPEN', dueOn: '2022-10-28', obligor: { id: unit.unitId } }, sharedObligation: { state: 'OPEN', dueOn: '2022-10-28', obligor: { id: province } },
  }]);
  const reported = await inspections.have(member, 'reportInspection', { inspectionId: planned.id, expectedVersion: found.version, report: '总体情况、问题清单和整改要求。' });
  const close = () => inspections.ask(member, 'closeInspection', { inspectionId: planned.id, expectedVersion: reported.version });
  expect(await close()).toMatchObject({ code: 'FINDINGS_OPEN' });

  // the unit mends, the team returns what is not finished, and accepts what is
  const findingId = found.findings.nodes[0]?.id;
  const rectify = (expectedVersion: number) => findings.have(handler, 'reportRectification', { findingId, expectedVersion, rectification: '三件均已答复并送达。', evidenceRef: '送达回证3份' });
  expect(await rectify(1)).toMatchObject({ state: 'RECTIFIED', obligation: { state: 'MET' } });
  const decide = (who: Who, expectedVersion: number, part: object) => findings.ask(who, 'decideRectification', { findingId, expectedVersion, ...part });
  expect(await decide(handler, 2, { verdict: 'ACCEPT' })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect((await decide(member, 2, { verdict: 'RETURN', note: '第三件未送达。', rectifyBy: '2022-11-10' })).node).toMatchObject({ state: 'OPEN', rectifyBy: '2022-11-10' });
  expect(await seen()).toMatchObject([{ obligation: { state: 'OPEN', dueOn: '2022-11-10' }, sharedObligation: { state: 'OPEN', dueOn: '2022-11-10' } }]);
  await rectify(3);
  expect((await decide(member, 4, { verdict: 'ACCEPT' })).node).toMatchObject({ state: 'ACCEPTED' });
  expect(await seen()).toMatchObject([{ obligation: { state: 'MET' }, sharedObligation: { state: 'MET' } }]);
  expect((await close()).node).toMatchObject({ state: 'CLOSED', closedOn: '2022-09-27' });
});

const LISTING = `id plate state version deadlineOn delistedOn decisionReason obligation ${OWED} progress { text reportedBy { id } } decidedBy { id } proposedBy { id }`;
const letters = asking<Row>(graph, { payload: 'SupervisionLetter', field: 'letter', fields: 'id version state' });
const listings = asking<Row>(graph, { payload: 'ListedSupervision', field: 'listing', fields: LISTING });
const focus = asking<Row>(graph, { payload: 'FocusManagement', field: 'focus', fields: 'id version isInForce untilOn endedOn endReason figures { overdueObligations lettersWithoutProgress openListings }' });

async function decisionToList(caseId: string, unit: Cast, deputy: Who): Promise<string> {
  const draft = await letters.have('district-office', 'issueSupervisionLetter', {
    kind: 'LISTING_DECISION', caseId, toUnitId: unit.unitId, ground: 'DELAY', body: '该事项久拖未决，决定挂牌督办。', evidence: '督查记录〔2022〕9号', replyDueOn: '2022-12-30',
  });
  expect(await listings.ask('district-office', 'listSupervision', { letterId: draft.id, deadlineOn: '2022-12-30', reason: '久拖未决。' })).toMatchObject({ code: 'NO_LISTING_DECISION' });
  await letters.have(deputy, 'decideSupervisionLetterDraft', { letterId: draft.id, expectedVersion: draft.version, decision: 'APPROVE', reference: '信联会〔2022〕5号' });
  return draft.id;
}

test('山西 的挂牌督办和重点管理: a difficult case gets its plate and its day, the unit reports, a second person takes it off on evidence; the unit is looked after on its own figures, and no longer than it needs · row 123', async () => {
  const [unit, office] = await Promise.all([castOf(graph, 'NX-640104-RSJ'), castOf(graph, 'NX-640104-XLB')]);
  const [deputy, handler] = [deputyOf(office), unit.as(1, 'UNIT_HANDLER')];
  const caseId = await caseLedBy(graph, system, { unitId: unit.unitId, title: '拖欠工资历史积案' });
  const letterId = await decisionToList(caseId, unit, deputy);
  const listing = await listings.have('district-office', 'listSupervision', { letterId, deadlineOn: '2022-12-30', reason: '跨年积案，久拖未决。' });
  expect(listing).toMatchObject({ plate: expect.stringMatching(/^挂督〔2022〕\d{4}号$/), state: 'LISTED', deadlineOn: '2022-12-30', obligation: { state: 'OPEN', dueOn: '2022-12-30', obligor: { id: unit.unitId } } });
  expect(await dutyIn(graph, caseId, { dutyCode: 'REPLY_SUPERVISION_LETTER', state: 'OPEN' })).toMatchObject([{ dueOn: '2022-12-30', obligor: { id: unit.unitId } }]);
  expect(await listings.ask('district-office', 'listSupervision', { letterId, deadlineOn: '2022-12-30', reason: '再次挂牌。' })).toMatchObject({ code: 'ALREADY_LISTED' });

  // 重点管理: of the unit, because a plate hangs on it
  const begin = (who: Who) => focus.ask(who, 'beginFocusManagement', { unitId: unit.unitId, untilOn: '2022-12-31', reason: '挂牌事项进展缓慢。' });
  expect(await begin(handler)).toMatchObject({ code: 'NOT_PERMITTED' });
  const begun = (await begin('district-office')).node;
  expect(begun).toMatchObject({ isInForce: true, untilOn: '2022-12-31', figures: { openListings: 1 } });
  expect(await begin('district-office')).toMatchObject({ code: 'ALREADY_FOCUSED' });

  expect(await listings.have(handler, 'reportListingProgress', { listingId: listing.id, text: '已核定欠薪数额，兑付方案报批中。' })).toMatchObject({ progress: [{ text: '已核定欠薪数额，兑付方案报批中。', reportedBy: { id: unit.people[1]?.id } }] });
  const proposed = await listings.have('district-office', 'proposeDelisting', { listingId: listing.id, expectedVersion: listing.version, proposal: '工资已全部兑付。', evidence: '支付凭证〔2022〕18号' });
  expect(proposed).toMatchObject({ state: 'DELISTING_PROPOSED' });
  const decide = (who: Who, expectedVersion: number, part: object) => listings.ask(who, 'decideDelisting', { listingId: listing.id, expectedVersion, ...part });
  const off = { decision: 'DELIST', reason: '凭证属实。' };
  expect(await decide('district-office', proposed.version, off)).toMatchObject({ code: 'SAME_PERSON' });
  expect(await decide(handler, proposed.version, off)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect((await decide(deputy, proposed.version, { decision: 'RETURN', reason: '缺收款凭证。' })).node).toMatchObject({ state: 'LISTED', decisionReason: '缺收款凭证。', obligation: { state: 'OPEN' } });
  const again = await listings.have(handler, 'proposeDelisting', { listingId: listing.id, expectedVersion: proposed.version + 1, proposal: '已补齐。', evidence: '收款凭证〔2022〕2号' });
  expect((await decide(deputy, again.version, off)).node).toMatchObject({ state: 'DELISTED', delistedOn: '2022-09-27', proposedBy: { id: unit.people[1]?.id }, obligation: { state: 'MET' } });

  expect(await focus.have('district-office', 'endFocusManagement', { focusId: begun?.id, expectedVersion: begun?.version, reason: '挂牌事项已摘牌。' })).toMatchObject({ isInForce: false, endedOn: '2022-09-27', endReason: '挂牌事项已摘牌。' });
  const { unit: told } = await graph.query<{ unit: { listedSupervisions: { nodes: { state: string; case: { id: string } }[] }; focusManagements: { nodes: { isInForce: boolean }[] } } }>(
    'province-office', 'query ($id: ID!) { unit(id: $id) { listedSupervisions(first: 1) { nodes { state case { id } } } focusManagements(first: 1) { nodes { isInForce } } } }', { id: unit.unitId },
  );
  expect(told).toEqual({ listedSupervisions: { nodes: [{ state: 'DELISTED', case: { id: caseId } }] }, focusManagements: { nodes: [{ isInForce: false }] } });
});
