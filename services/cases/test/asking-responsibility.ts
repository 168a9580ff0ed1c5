import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { insertRows, write } from '@anjie/service-kit/database';
import { putKnownUnits } from '@anjie/service-kit/facts';
import { viewers } from '@anjie/testing';
import type { Answer, CaseView } from './asking';
import { key, people, place, type CasesWorld } from './world';

/** Units of two counties of one city, of another city and of another province, with the offices above them. */
export const abroad = {
  otherTown: randomUUID(), otherCountyOffice: randomUUID(), cityOffice: randomUUID(), provinceOffice: randomUUID(), farTown: randomUUID(), shaanxiTown: randomUUID(),
};
export const cityOffice = viewers.jointOffice('640100', abroad.cityOffice);
export const otherTown = viewers.handler(abroad.otherTown);
export const farTown = viewers.handler(abroad.farTown);

export interface UnitPart {
  readonly name?: string;
  readonly kind?: string;
  readonly divisionCode?: string;
  readonly successorUnitId?: string | null;
  readonly validTo?: string | null;
  readonly ancestorIds?: string[];
}
export const aUnit = (unitId: string, part: UnitPart = {}) => ({
  unitId, code: unitId.slice(0, 8), name: '某单位', kind: 'DEPARTMENT', divisionCode: '640104', ancestorIds: [], headOfficialId: null, successorUnitId: null, validTo: null, ...part,
});
export const haveUnits = (world: CasesWorld, ...units: readonly ReturnType<typeof aUnit>[]) => putKnownUnits(world.db.manager, units);

export const haveOffices = (world: CasesWorld) => haveUnits(
  world,
  aUnit(place.jointOffice, { name: '兴庆区信访联席办', kind: 'JOINT_OFFICE' }),
  aUnit(abroad.otherTown, { name: '永宁县杨和镇人民政府', kind: 'TOWNSHIP', divisionCode: '640121' }),
  aUnit(abroad.otherCountyOffice, { name: '永宁县信访联席办', kind: 'JOINT_OFFICE', divisionCode: '640121' }),
  aUnit(abroad.cityOffice, { name: '银川市信访联席办', kind: 'JOINT_OFFICE', divisionCode: '640100' }),
  aUnit(abroad.provinceOffice, { name: '自治区信访联席办', kind: 'JOINT_OFFICE', divisionCode: '640000' }),
  aUnit(abroad.farTown, { name: '平罗县城关镇人民政府', kind: 'TOWNSHIP', divisionCode: '640221' }),
  aUnit(abroad.shaanxiTown, { name: '汉滨区恒口镇人民政府', kind: 'TOWNSHIP', divisionCode: '610902' }),
);

export interface ResponsibilityView {
  readonly unit: { id: string };
  readonly role: string;
  readonly placeKind: string | null;
  readonly ground: string;
  readonly since: string;
  readonly until: string | null;
  readonly decidedBy: { id: string } | null;
}
const CASE = `case { id version status leadUnit { id } leadSince limitOn supportUnits { id } guideUnit { id } firstHandler { unit { id } official { id } since }
  responsibilities { nodes { unit { id } role placeKind ground since until decidedBy { id } } } }`;
export interface SharedCase extends CaseView {
  readonly guideUnit: { id: string } | null;
  readonly firstHandler: { unit: { id: string }; official: { id: string } | null; since: string } | null;
  readonly responsibilities: { nodes: ResponsibilityView[] };
}
export const sharedCase = async (world: CasesWorld, id: string, viewer: Viewer = people.province): Promise<SharedCase> =>
  (await world.client.query<{ case: SharedCase }>(viewer, `query ($id: ID!) { ${CASE.replace('case {', 'case(id: $id) {')} }`, { id })).case;

export const resolves = (unitId: string = place.housing, part: object = {}) => ({ unitId, role: 'RESOLVE', placeKind: 'OCCURRENCE', ground: '事发在本地', ...part });
export const assists = (unitId: string = abroad.otherTown, part: object = {}) => ({ unitId, role: 'ASSIST', placeKind: 'RESIDENCE', ground: '常住在本地', ...part });
export const cooperates = (unitId: string = abroad.farTown, part: object = {}) => ({ unitId, role: 'COOPERATE', placeKind: 'HOUSEHOLD', ground: '户籍在本地', ...part });

export type SetAnswer = Answer & { readonly basis: string | null; readonly case: SharedCase };
export const SET = `mutation ($input: SetResponsibilitiesInput!) { setResponsibilities(input: $input) { __typename
  ... on SetResponsibilitiesPayload { ${CASE} } ... on ResponsibilityRefusal { code message basis } } }`;
export const aSet = (caseId: string, part: object = {}) => ({ idempotencyKey: key(), caseId, expectedVersion: 2, responsibilities: [resolves(), assists()], ...part });
export const setResponsibilities = async (world: CasesWorld, caseId: string, part: object = {}, viewer: Viewer = cityOffice) =>
  (await world.client.query<{ setResponsibilities: SetAnswer }>(viewer, SET, { input: aSet(caseId, part) })).setResponsibilities;

const REQUEST = `request { id state ground requestedBy { id } requestedOn superior { code } office { id } dueOn decidedOn decisionGround minutesNumber
  proposal { unit { id } role placeKind ground } }`;
export type Coordinated = SetAnswer & {
  readonly request: { id: string; state: string; dueOn: string | null; superior: { code: string }; office: { id: string }; proposal: object[]; decisionGround: string | null };
};
const document = (name: string, input: string): string =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { __typename ... on CoordinationPayload { ${REQUEST} ${CASE} } ... on ResponsibilityRefusal { code message basis } } }`;
export const COORDINATE = document('requestCoordination', 'RequestCoordinationInput');
export const DECIDE = document('decideCoordination', 'DecideCoordinationInput');
export const WITHDRAW = document('withdrawCoordination', 'WithdrawCoordinationInput');

export const aRequest = (caseId: string, part: object = {}) => ({ idempotencyKey: key(), caseId, proposal: [resolves(), assists()], ground: '两地对责任意见不一致', ...part });
export const requestCoordination = async (world: CasesWorld, caseId: string, part: object = {}, viewer: Viewer = people.housing) =>
  (await world.client.query<{ requestCoordination: Coordinated }>(viewer, COORDINATE, { input: aRequest(caseId, part) })).requestCoordination;
export const aDecision = (requestId: string, part: object = {}) => ({
  idempotencyKey: key(), requestId, expectedVersion: 2, responsibilities: [resolves(), assists()], ground: '会商一致', minutesNumber: '银信联纪〔2022〕1号', ...part,
});
export const decide = async (world: CasesWorld, requestId: string, part: object = {}, viewer: Viewer = cityOffice) =>
  (await world.client.query<{ decideCoordination: Coordinated }>(viewer, DECIDE, { input: aDecision(requestId, part) })).decideCoordination;
export const withdraw = async (world: CasesWorld, requestId: string, part: object = {}, viewer: Viewer = people.housing) =>
  (await world.client.query<{ withdrawCoordination: Coordinated }>(viewer, WITHDRAW, { input: { idempotencyKey: key(), requestId, ground: '各地已达成一致', ...part } })).withdrawCoordination;

export const DESIGNATE = `mutation ($input: DesignateSuccessorInput!) { designateSuccessor(input: $input) { __typename
  ... on DesignateSuccessorPayload { ${CASE} } ... on ResponsibilityRefusal { code message basis } } }`;
export const aDesignation = (caseId: string, part: object = {}) => ({
  idempotencyKey: key(), caseId, expectedVersion: 2, closedUnitId: place.housing, successorUnitId: place.civilAffairs, ground: '机构改革方案', ...part,
});
export const designate = async (world: CasesWorld, caseId: string, part: object = {}, viewer: Viewer = people.county) =>
  (await world.client.query<{ designateSuccessor: SetAnswer }>(viewer, DESIGNATE, { input: aDesignation(caseId, part) })).designateSuccessor;

export const GUIDE = `mutation ($input: GiveGuidanceInput!) { giveGuidance(input: $input) { __typename
  ... on GiveGuidancePayload { ${CASE} } ... on ResponsibilityRefusal { code message basis } } }`;
export const giveGuidance = async (world: CasesWorld, caseId: string, part: object = {}, viewer: Viewer = people.civilAffairs) =>
  (await world.client.query<{ giveGuidance: SetAnswer }>(viewer, GUIDE, { input: { idempotencyKey: key(), caseId, opinion: '按政策先行核实面积。', ...part } })).giveGuidance;

/** A guide, two responsible units, a decided request and a first handler, as rows: for tests that only read them. */
export async function shareResponsibility({ db }: CasesWorld, caseId: string): Promise<void> {
  const [requestId, tx] = [randomUUID(), db.manager];
  await write(tx, 'UPDATE assignments SET guide_unit_id = ? WHERE active_case_id = ?', [place.elsewhere, caseId]);
  await insertRows(tx, 'coordination_requests', [{
    id: requestId, case_id: caseId, open_case_id: null, state: 'DECIDED', requested_unit_id: place.housing, requested_by: 'test', requested_on: '2022-09-27', ground: '意见不一致',
    superior_division_code: '640100', office_unit_id: abroad.cityOffice,
  }]);
  await insertRows(tx, 'coordination_proposals', [{ request_id: requestId, ordinal: 1, unit_id: place.housing, role: 'RESOLVE', place_kind: 'OCCURRENCE', ground: '事发在本地' }]);
  await insertRows(tx, 'case_responsibilities', [[place.housing, 'RESOLVE'], [abroad.otherTown, 'ASSIST']].map(([unitId, role]) => ({
    id: randomUUID(), case_id: caseId, active_case_id: caseId, unit_id: unitId ?? '', role: role ?? '', ground: '会商决定', since: '2022-09-27', set_by: 'test', request_id: requestId,
  })));
  await insertRows(tx, 'case_first_handlers', [{ case_id: caseId, unit_id: place.housing, since: '2022-09-27' }]);
}
