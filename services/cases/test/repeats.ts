import type { Viewer } from '@anjie/access';
import { people, key, register, type CasesWorld } from './world';
import type { Answer } from './asking';

export interface CandidateView {
  readonly score: number;
  readonly band: string;
  readonly samePerson: boolean;
  readonly similarityPercent: number;
  readonly case: { id: string };
  readonly petition: { id: string } | null;
  readonly reasons: { code: string; text: string; percent: number | null }[];
}
const CANDIDATES = `query ($input: RepeatCandidatesInput!) { repeatCandidates(input: $input) {
  score band samePerson similarityPercent case { id } petition { id } reasons { code text percent } } }`;
export const REPEAT_CANDIDATES = CANDIDATES;

/** One matter as a clerk writes it down, and the same matter in other words. */
export const LETTER = '2015年我们购买了阳光小区的住房，开发商承诺交房后一年内办理不动产权证，至今七年没有办下来，孩子上学落户都受影响，多次找住建局和开发商都没有结果';
export const RETOLD = '我们2015年购买阳光小区住房，开发商承诺交房后一年内办理不动产权证，现在七年了还没有办下来，孩子上学落户受影响，找过住建局和开发商都没有结果，请求再次督促';
export const OTHER_LETTER = '村里修水渠占用了承包地，青苗补偿只发了一季，公示面积与实际丈量不符，要求重新测量并补发差额部分';

export const aDraft = (part: Record<string, unknown> = {}) => ({ divisionCode: '640104', title: '阳光小区房产证办不下来', summary: LETTER, ...part });
export const ofDraft = async (world: CasesWorld, viewer: Viewer, part: Record<string, unknown> = {}) =>
  (await world.client.query<{ repeatCandidates: CandidateView[] }>(viewer, CANDIDATES, { input: { draft: aDraft(part) } })).repeatCandidates;
export const ofPetition = async (world: CasesWorld, viewer: Viewer, petitionId: string) =>
  (await world.client.query<{ repeatCandidates: CandidateView[] }>(viewer, CANDIDATES, { input: { petitionId } })).repeatCandidates;

/** A registered petition with the given letter and people. */
export async function registered(world: CasesWorld, part: Record<string, unknown> = {}, viewer: Viewer = people.clerk) {
  const done = await register(world, viewer, { title: '阳光小区房产证办不下来', summary: LETTER, content: null, claims: [], petitioners: [], ...part });
  return { caseId: done.case.id, petitionId: done.petition.id };
}

export interface Decided extends Answer {
  readonly decision: { id: string; state: string; reason: string; undoReason: string | null; case: { id: string }; repeatOf: { id: string }; petition: { id: string } | null };
  readonly case: { id: string; version: number; mergedInto: { id: string } | null };
}
const DECIDED = `__typename ... on RepeatDecisionPayload { decision { id state reason undoReason case { id } repeatOf { id } petition { id } } case { id version mergedInto { id } } }
  ... on RepeatRefusal { code message basis }`;
const CONFIRM = `mutation ($input: ConfirmRepeatInput!) { confirmRepeat(input: $input) { ${DECIDED} } }`;
const REFUSE = `mutation ($input: RefuseRepeatInput!) { refuseRepeat(input: $input) { ${DECIDED} } }`;
const UNDO = `mutation ($input: UndoRepeatInput!) { undoRepeat(input: $input) { ${DECIDED} } }`;
export const CONFIRM_REPEAT = CONFIRM;
export const aConfirmation = (caseId: string, repeatOfCaseId: string, part: Record<string, unknown> = {}) => ({
  idempotencyKey: key(), caseId, expectedVersion: 1, repeatOfCaseId, reason: '同一住户反映同一事项', ...part,
});
export const confirmRepeat = async (world: CasesWorld, viewer: Viewer, input: Record<string, unknown>) =>
  (await world.client.query<{ confirmRepeat: Decided }>(viewer, CONFIRM, { input })).confirmRepeat;
export const refuseRepeat = async (world: CasesWorld, viewer: Viewer, caseId: string, otherCaseId: string) =>
  (await world.client.query<{ refuseRepeat: Decided }>(viewer, REFUSE, { input: { idempotencyKey: key(), caseId, otherCaseId, reason: '两户不同，事项不同' } })).refuseRepeat;
export const undoRepeat = async (world: CasesWorld, viewer: Viewer, decisionId: string) =>
  (await world.client.query<{ undoRepeat: Decided }>(viewer, UNDO, { input: { idempotencyKey: key(), decisionId, reason: '核实后发现不是同一事项' } })).undoRepeat;
