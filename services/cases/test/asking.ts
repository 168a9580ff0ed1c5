import { graphql, GraphQLError } from 'graphql';
import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { createLog } from '@anjie/service-kit/runtime';
import { createErrorFormat } from '@anjie/service-kit/subgraph';
import { claimsFor } from '@anjie/testing';
import { createContext } from '../src/context';
import { buildCasesSchema } from '../src/subgraph';
import { key, people, place, type CasesWorld } from './world';

/** An answer of a union: its type name, a refusal's code, and what the document asks for. */
export interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
}
export interface CaseView {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly leadUnit: { id: string } | null;
  readonly leadSince: string | null;
  readonly limitOn: string | null;
  readonly supportUnits: { id: string }[];
}
const CASE = 'case { id version status leadUnit { id } leadSince limitOn supportUnits { id } }';

export interface Assigned extends Answer {
  readonly assignment: { id: string; kind: string; assignedOn: string; limitOn: string | null; note: string | null; endedOn: string | null; supportUnits: { id: string }[] };
  readonly case: CaseView;
}
export const ASSIGN = `mutation ($input: AssignCaseInput!) { assignCase(input: $input) { __typename
  ... on AssignCasePayload { assignment { id kind assignedOn limitOn note endedOn supportUnits { id } } ${CASE} } ... on ResponsibilityRefusal { code message basis } } }`;

export const anAssignment = (caseId: string, part: Record<string, unknown> = {}) => ({
  idempotencyKey: key(), caseId, expectedVersion: 1, kind: 'ASSIGN', leadUnitId: place.housing, ...part,
});
export const assign = async (world: CasesWorld, caseId: string, part: Record<string, unknown> = {}, viewer: Viewer = people.county) =>
  (await world.client.query<{ assignCase: Assigned }>(viewer, ASSIGN, { input: anAssignment(caseId, part) })).assignCase;

export interface Planned extends Answer {
  readonly plan: { id: string; revision: number; measures: string; madeOn: string; milestones: { id: string; title: string; dueOn: string; doneOn: string | null }[] };
  readonly case: CaseView;
}
const PLAN_FIELDS = `... on ResolutionPlanPayload { plan { id revision measures madeOn milestones { id title dueOn doneOn } } ${CASE} } ... on ResponsibilityRefusal { code message }`;
export const MAKE_PLAN = `mutation ($input: MakeResolutionPlanInput!) { makeResolutionPlan(input: $input) { __typename ${PLAN_FIELDS} } }`;
export const COMPLETE = `mutation ($input: CompleteMilestoneInput!) { completeMilestone(input: $input) { __typename ${PLAN_FIELDS} } }`;

export const aPlan = (caseId: string, part: Record<string, unknown> = {}) => ({
  idempotencyKey: key(), caseId, expectedVersion: 1, measures: '一、核实面积；二、补办手续。',
  milestones: [{ title: '办结', dueOn: '2022-12-30' }, { title: '核实面积', dueOn: '2022-10-31' }], ...part,
});
export const makePlan = async (world: CasesWorld, caseId: string, part: Record<string, unknown> = {}, viewer: Viewer = people.county) =>
  (await world.client.query<{ makeResolutionPlan: Planned }>(viewer, MAKE_PLAN, { input: aPlan(caseId, part) })).makeResolutionPlan;
export const complete = async (world: CasesWorld, milestoneId: string, viewer: Viewer = people.county) =>
  (await world.client.query<{ completeMilestone: Planned }>(viewer, COMPLETE, { input: { idempotencyKey: key(), milestoneId } })).completeMilestone;

export interface CampaignView {
  readonly id: string;
  readonly code: string;
  readonly basisDocuments: string[];
  readonly goals: string[];
  readonly cohortFrozenOn: string | null;
  readonly cohortHash: string | null;
  readonly cohortSize: number | null;
  readonly parent: { code: string } | null;
  readonly phases: { ordinal: number; name: string }[];
  readonly targets: { dueOn: string; percent: number; minimum: number | null }[];
}
const CAMPAIGN = 'id code basisDocuments goals cohortFrozenOn cohortHash cohortSize parent { code } phases { ordinal name } targets { dueOn percent minimum }';
export const CREATE_CAMPAIGN = `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { __typename
  ... on CampaignPayload { campaign { ${CAMPAIGN} } } ... on CampaignRefusal { code message } } }`;
const FREEZE = `mutation ($input: FreezeCohortInput!) { freezeCohort(input: $input) { __typename
  ... on CampaignPayload { campaign { ${CAMPAIGN} } } ... on CampaignRefusal { code message } } }`;

/** 兴庆区治理重复信访、化解信访积案专项工作方案 (2020). */
export const aCampaign = (part: Record<string, unknown> = {}) => ({
  idempotencyKey: key(), code: `XQ-${key()}`, name: '兴庆区治理重复信访、化解信访积案专项工作', divisionCode: '640104', startsOn: '2020-07-01', endsOn: '2022-12-31',
  basisDocuments: ['中央信访工作联席会议〔2020〕'], goals: ['有合理诉求和实际困难的，依法及时解决', '过高诉求的，耐心解释政策'], cohortFrom: '2019-01-01', cohortTo: '2020-06-30',
  phases: [{ name: '动员部署', startsOn: '2020-07-01', endsOn: '2020-08-31' }, { name: '集中攻坚', startsOn: '2020-09-01', endsOn: '2022-12-31' }],
  targets: [{ dueOn: '2020-12-31', percent: 65 }, { dueOn: '2021-12-31', percent: 85 }], ...part,
});
export type CampaignAnswer = Answer & { readonly campaign: CampaignView };
export const createCampaign = async (world: CasesWorld, part: Record<string, unknown> = {}, viewer: Viewer = people.county) =>
  (await world.client.query<{ createCampaign: CampaignAnswer }>(viewer, CREATE_CAMPAIGN, { input: aCampaign(part) })).createCampaign;
export const freeze = async (world: CasesWorld, campaignId: string, viewer: Viewer = people.county) =>
  (await world.client.query<{ freezeCohort: CampaignAnswer }>(viewer, FREEZE, { input: { idempotencyKey: key(), campaignId } })).freezeCohort;

const schema = buildCasesSchema();
const format = createErrorFormat(createLog('cases', 'silent'));

/** The code and detail of the first error as a client would get it; undefined when there is none. */
export async function faultOf(world: CasesWorld, viewer: Viewer, source: string, variableValues: Readonly<Record<string, unknown>> = {}) {
  const contextValue = createContext({ sql: world.db.manager, claims: claimsFor(viewer), services: world.services });
  const { errors } = await graphql({ schema, source, variableValues, contextValue });
  const [error] = errors ?? [];
  if (!error) return undefined;
  const document = error.originalError instanceof GraphQLError || !error.originalError ? { ...error.toJSON(), extensions: { code: 'BAD_USER_INPUT' } } : error.toJSON();
  return format(document, error).extensions as { code: string; detail?: Record<string, unknown> };
}

/** Payloads that were told about a topic to one listener, oldest first. */
export async function told(world: CasesWorld, topic: string, dest = 'supervision'): Promise<Record<string, unknown>[]> {
  const rows = await select<{ payload: string }>(
    world.db.manager, 'SELECT payload FROM outbox_messages WHERE topic = ? AND dest = ? ORDER BY aggregate_version, id', [topic, dest],
  );
  return rows.map((row) => JSON.parse(row.payload) as Record<string, unknown>);
}

export const seesCase = async (world: CasesWorld, viewer: Viewer, id: string): Promise<boolean> =>
  (await world.client.query<{ case: object | null }>(viewer, 'query ($id: ID!) { case(id: $id) { id } }', { id })).case !== null;

export const count = async (world: CasesWorld, table: string, where = 'TRUE'): Promise<number> =>
  Number((await select<{ n: string }>(world.db.manager, `SELECT COUNT(*) AS n FROM ${table} WHERE ${where}`))[0]?.n);
