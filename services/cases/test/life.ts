import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { CloseReviewDecided, ClosingOpinionSigned } from '@anjie/contracts';
import { setBusinessNow } from '@anjie/testing';
import { hear } from './hearing';
import { key, people, place, register, type CasesWorld, type Registered } from './world';
import { assign } from './asking';

export interface StepAnswer {
  readonly __typename: 'StepPayload' | 'StepRefusal';
  readonly code?: string;
  readonly message?: string;
  readonly basis?: string;
  readonly case: LivingCase;
  readonly document: { id: string; kind: string; number: string; deliveries: { id: string; outcome: string | null }[] } | null;
}
export interface LivingCase {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly route: string | null;
  readonly closedOn: string | null;
  readonly relapseWatchUntil: string | null;
  readonly clocks: { id: string; code: string; nature: string; startOn: string; dueRaw: string; dueOn: string; state: string; endedOn: string | null; extensionDays: number; hearingDays: number; ruleVersion: string; calendarVersion: string; explanation: string[] }[];
  readonly ends: Record<'handled' | 'terminated' | 'recognised' | 'resolved', { on: string; ground: string; isInTime: boolean | null; track: string | null } | null>;
  readonly executions: { id: string; promise: string; dueOn: string; state: string }[];
  readonly claims: { id: string; stated: string }[];
  readonly reviews: { id: string; kind: string; outcome: string | null; hearings: { from: string; to: string }[] }[];
}
const END = '{ on ground isInTime track }';
export const LIFE = `id version status route closedOn relapseWatchUntil
  clocks { id code nature startOn dueRaw dueOn state endedOn extensionDays hearingDays ruleVersion calendarVersion explanation }
  ends { handled ${END} terminated ${END} recognised ${END} resolved ${END} } executions { id promise dueOn state } claims { id stated }
  reviews { id kind outcome hearings { from to } }`;

const INPUTS: Readonly<Record<string, string>> = {
  routeCase: 'RouteCaseInput', acceptCase: 'AcceptCaseInput', refuseAcceptance: 'RefuseAcceptanceInput', objectToCase: 'ObjectToCaseInput', decideObjection: 'DecideObjectionInput',
  designateUnit: 'DesignateUnitInput', investigateCase: 'InvestigateCaseInput', extendHandling: 'ExtendHandlingInput', replyToCase: 'ReplyToCaseInput', settleCase: 'SettleCaseInput',
  reportExecution: 'ReportExecutionInput', sendDocument: 'SendDocumentInput', proveDelivery: 'ProveDeliveryInput', requestReview: 'RequestReviewInput', recordHearing: 'RecordHearingInput',
  giveReviewOpinion: 'GiveReviewOpinionInput', submitClosing: 'SubmitClosingInput', terminateCase: 'TerminateCaseInput', archiveCase: 'ReopenCaseInput', followUpCase: 'FollowUpCaseInput',
  reopenCase: 'ReopenCaseInput',
};

export const caseNow = async (world: CasesWorld, id: string, viewer: Viewer = people.county): Promise<LivingCase> =>
  (await world.client.query<{ case: LivingCase }>(viewer, `query ($id: ID!) { case(id: $id) { ${LIFE} } }`, { id })).case;

export interface StepPart {
  readonly viewer?: Viewer;
  /** Default: the version that the case has now. */
  readonly expectedVersion?: number;
  readonly [field: string]: unknown;
}

/** Takes a step as the lead unit's handler, with the present version, unless told otherwise. */
export async function step(world: CasesWorld, name: string, caseId: string, { viewer = people.housing, ...part }: StepPart = {}): Promise<StepAnswer> {
  const document = `mutation ($input: ${INPUTS[name]}!) { ${name}(input: $input) { __typename
    ... on StepPayload { case { ${LIFE} } document { id kind number deliveries { id outcome } } } ... on StepRefusal { code message basis } } }`;
  const expectedVersion = part.expectedVersion ?? (await caseNow(world, caseId)).version;
  const input = { idempotencyKey: key(), caseId, ...part, expectedVersion };
  return (await world.client.query<Record<string, StepAnswer>>(viewer, document, { input }))[name] as StepAnswer;
}

/** A step that must succeed. */
export async function done(world: CasesWorld, name: string, caseId: string, part: StepPart = {}): Promise<StepAnswer> {
  const answer = await step(world, name, caseId, part);
  if (answer.__typename !== 'StepPayload') throw new Error(`${name}: ${answer.code} ${answer.message}`);
  return answer;
}

export const clockOf = (one: LivingCase, code: string) => one.clocks.findLast((clock) => clock.code === code);

export const onDay = (world: CasesWorld, day: string): Promise<void> => setBusinessNow(world.db, new Date(`${day}T09:00:00+08:00`));

/** Registered by the window, sent to housing, routed: one step before acceptance. */
export async function aRoutedCase(world: CasesWorld, part: Record<string, unknown> = {}): Promise<Registered['registerPetition']['case']> {
  const { case: one } = await register(world, people.clerk, { claims: ['办理不动产权证'], ...part });
  await assign(world, one.id, { expectedVersion: one.version, kind: 'FORWARD' });
  await done(world, 'routeCase', one.id, { route: 'ART31_6', ground: '需要调查核实并出具意见' });
  return one;
}

export async function aCaseInHandling(world: CasesWorld, part: Record<string, unknown> = {}) {
  const one = await aRoutedCase(world, part);
  await done(world, 'acceptCase', one.id, { noticeMethod: 'POST' });
  await done(world, 'investigateCase', one.id, { note: '现场核查权属资料' });
  return one;
}

export const anOpinion = (claims: readonly { id: string }[], part: Record<string, unknown> = {}) => ({
  facts: '经调查核实，该小区2015年交付使用，开发企业欠缴税费，至今未办理首次登记。',
  answers: claims.map(({ id }) => ({
    claimId: id, result: 'SUPPORTED', answer: '反映情况属实，予以支持。', basisDocument: '《不动产登记暂行条例》', basisArticle: '第十四条', promise: '办理首次登记并发放产权证', promiseDueOn: '2023-06-30', ...part,
  })),
});

/** Replied, sent and received: the review clock runs. */
export async function aRepliedCase(world: CasesWorld, { days = ['2022-10-10', '2022-10-12'], opinion = {} }: { days?: readonly [string, string]; opinion?: Record<string, unknown> } = {}) {
  const one = await aCaseInHandling(world);
  await onDay(world, days[0]);
  const { claims } = await caseNow(world, one.id);
  const { document } = await done(world, 'replyToCase', one.id, { opinion: anOpinion(claims, opinion) });
  await deliver(world, one.id, { documentId: document?.id ?? '', days });
  return one;
}

export async function deliver(world: CasesWorld, caseId: string, { documentId, days, viewer = people.housing }: { documentId: string; days: readonly [string, string]; viewer?: Viewer }) {
  await onDay(world, days[0]);
  const sent = await done(world, 'sendDocument', caseId, { documentId, method: 'POST', sentOn: days[0], viewer });
  await onDay(world, days[1]);
  return done(world, 'proveDelivery', caseId, { deliveryId: sent.document?.deliveries.at(-1)?.id ?? '', outcome: 'SIGNED', receivedOn: days[1], viewer });
}

/** The sponsor, or the unit's head, signed; as officials tells it. */
export const leaderSigns = (world: CasesWorld, caseId: string, isAgreed = true) => {
  const opinionId = randomUUID();
  return hear(world, { event: ClosingOpinionSigned, aggregateId: opinionId, version: 1, payload: { opinionId, caseId, officialId: place.leader, capacity: 'UNIT_HEAD', isAgreed, signedOn: '2023-01-03', withdrawnOn: null } });
};

/** What supervision's two reviewers decided, as it tells it. */
export const reviewersDecide = (world: CasesWorld, { caseId, closeReviewId, decision, on }: { caseId: string; closeReviewId: string; decision: 'PASSED' | 'RETURNED'; on: string }) =>
  hear(world, {
    event: CloseReviewDecided, aggregateId: closeReviewId, version: 1,
    payload: {
      closeReviewId, caseId, decision, reasonCodes: decision === 'RETURNED' ? ['MATERIAL_MISSING'] : [], firstReviewerId: randomUUID(), secondReviewerId: randomUUID(),
      reviewingUnitId: place.jointOffice, decidedOn: on,
    },
  });
