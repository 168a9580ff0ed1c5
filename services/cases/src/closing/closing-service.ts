import { CloseReviewRequested, refuse } from '@anjie/contracts';
import { newId, select, type Actor } from '@anjie/service-kit/database';
import { noteRelapse } from '../campaigns/ledger-outcomes';
import type { FollowUpCaseInput, ReopenCaseInput, SubmitClosingInput, TerminateCaseInput } from '../generated/graphql';
import { takeStep, textFault, type Stand, type StepDeps, type StepNo, type StepOutcome } from '../life/step';
import { RESERVATION_TEXTS, TERMINATION_GROUNDS, TRACK_TEXTS, type GateItem } from '../rules/closing';
import { gateOf } from './close-gate';
import { gateFactsOf, insertClosing, nextRevision } from './closing-repository';
import { endsOf, recordEnd, revokeEnds } from './end-repository';
import { terminationFault } from './termination';

/** 报结、终结、归档、回访: the four ends are kept apart, and supervision reviews every file with four eyes. */
export function createClosingService(deps: StepDeps) {
  return {
    submit: (input: SubmitClosingInput, actor: Actor) =>
      takeStep(deps, { operation: 'submitClosing', input, actor, action: 'SUBMIT_CLOSING', act: 'SUBMIT_CLOSING', work: (stand) => submit(deps, input, stand) }),
    terminate: (input: TerminateCaseInput, actor: Actor) =>
      takeStep(deps, { operation: 'terminateCase', input, actor, action: 'TERMINATE', act: 'TERMINATE', work: (stand) => terminate(deps, input, stand) }),
    archive: (input: TerminateArchiveInput, actor: Actor) =>
      takeStep(deps, { operation: 'archiveCase', input, actor, action: 'TERMINATE', act: 'ARCHIVE', work: (stand) => archive(input, stand) }),
    followUp: (input: FollowUpCaseInput, actor: Actor) =>
      takeStep(deps, { operation: 'followUpCase', input, actor, action: 'FOLLOW_UP', act: null, work: (stand) => followUp(input, stand) }),
    reopen: (input: ReopenCaseInput, actor: Actor) =>
      takeStep(deps, { operation: 'reopenCase', input, actor, action: 'REOPEN', act: 'REOPEN', work: (stand) => reopen(input, stand) }),
  };
}
type TerminateArchiveInput = ReopenCaseInput;

/** What was recognised is taken back with its figures: a case that is open again is not solved. 办结 and 终结 stay what they were. */
async function reopen(input: ReopenCaseInput, { tx, row, actor, today }: Stand): Promise<StepOutcome | StepNo> {
  const no = textFault(input.ground, 4, 1_000);
  if (no) return no;
  await revokeEnds(tx, { caseId: row.id, kinds: ['RESOLVED', 'RECOGNISED'], on: today, ground: 'REOPENED' });
  await noteRelapse(tx, actor, { caseId: row.id, on: today, ground: input.ground });
  return { event: 'REOPENED', ground: input.ground, set: { closed_on: null, relapse_until: null } };
}

async function submit(deps: StepDeps, input: SubmitClosingInput, stand: Stand): Promise<StepOutcome | StepNo> {
  const { tx, row, actor, today } = stand;
  const reservations = input.reservations ?? [];
  const no = textFault(input.evidence, 10, 2_000) ?? reservations.map((one) => textFault(one.reason, 4, 500) ?? textFault(one.plan, 4, 500)).find((one) => one !== undefined);
  if (no || !row.leadUnitId) return no ?? refuse('UNIT_MISSING', '没有责任单位。', 'There is no unit that handles the case.');
  const [facts] = await gateFactsOf(tx, [row.id]);
  const missing = facts ? gateOf(row, facts, input).filter((item) => !item.isMet) : [];
  if (missing.length > 0) return gateClosed(missing);
  const id = newId();
  const revision = await nextRevision(tx, row.id);
  const documentId = await deps.papers.issue(tx, {
    case: row, kind: 'CLOSING_REPORT', issuerUnitId: row.leadUnitId, ...(row.registeredUnitId ? { toUnitId: row.registeredUnitId } : {}), issuedOn: today, actor,
    fields: { trackText: TRACK_TEXTS[input.track], evidence: input.evidence, reservations: reservations.map((one) => ({ ...one, text: RESERVATION_TEXTS[one.code] })) },
  });
  await insertClosing(tx, {
    id, caseId: row.id, revision, unitId: row.leadUnitId, submittedOn: today, submittedBy: actor.viewer.subject, track: input.track, proposedEnd: input.proposedEnd,
    evidence: input.evidence.trim(), reservations: JSON.stringify(reservations), documentId,
  });
  await deps.outbox.announce(tx, CloseReviewRequested, {
    aggregateId: id, version: 1, requestId: actor.requestId,
    payload: {
      closeReviewId: id, caseId: row.id, divisionCode: row.divisionCode, submittedUnitId: row.leadUnitId, submittedBy: actor.viewer.subject, submittedOn: today,
      track: input.track, proposedEnd: input.proposedEnd, materials: await materialsOf(stand), reservations: reservations.map(({ code }) => ({ code })), revision,
    },
  });
  return { event: 'CLOSING_SUBMITTED', ground: input.evidence, documentId, detail: { closeReviewId: id, revision, track: input.track, proposedEnd: input.proposedEnd, reservations: reservations.map(({ code }) => code) } };
}

const gateClosed = (missing: readonly GateItem[]): StepNo => refuse(
  'GATE_CLOSED', `尚不能报结：${missing.map((item) => item.zh).join('；')}。`, `Not ready to be handed in: ${missing.map((item) => item.en).join('; ')}.`,
  missing.map((item) => item.basis).join('、'),
);

/** Papers that a file of its kind holds; supervision's reviewers see which are missing. */
const MATERIALS = ['ACCEPTANCE', 'OPINION', 'SETTLEMENT', 'REVIEW_OPINION', 'RE_REVIEW_OPINION', 'EXECUTION_REPORT', 'CLOSING_REPORT'] as const;

async function materialsOf({ tx, row }: Stand) {
  const papers = await select<{ kind: string; id: string }>(tx, 'SELECT kind, MAX(id) AS id FROM documents WHERE case_id = ? GROUP BY kind', [row.id]);
  const byKind = new Map(papers.map((paper) => [paper.kind, paper.id]));
  return MATERIALS.map((kind) => ({ kind, isPresent: byKind.has(kind), documentId: byKind.get(kind) ?? null }));
}

async function terminate({ papers }: StepDeps, input: TerminateCaseInput, stand: Stand): Promise<StepOutcome | StepNo> {
  const { tx, row, actor, today } = stand;
  const no = await terminationFault(tx, row.id, { ground: input.ground, today }) ?? textFault(input.note, 0, 1_000);
  const unitId = row.leadUnitId ?? row.registeredUnitId;
  if (no || !unitId) return no ?? refuse('UNIT_MISSING', '没有责任单位。', 'There is no unit that handles the case.');
  const words = TERMINATION_GROUNDS[input.ground];
  const documentId = await papers.issue(tx, {
    case: row, kind: 'TERMINATION', issuerUnitId: unitId, issuedOn: today, actor, sent: { method: input.noticeMethod, on: today },
    fields: { endedOn: today, groundText: words.zh, basis: words.basis },
  });
  await recordEnd(tx, { caseId: row.id, kind: 'TERMINATED', on: today, ground: input.ground, documentId, unitId });
  return { event: 'TERMINATED', ground: input.note?.trim() || words.zh, basis: words.basis, documentId, detail: { ground: input.ground } };
}

/** 归档 after termination: closed, and by nobody recognised as resolved. */
async function archive(input: TerminateArchiveInput, { today }: Stand): Promise<StepOutcome | StepNo> {
  return textFault(input.ground, 4, 1_000) ?? { event: 'ARCHIVED', ground: input.ground, basis: '《信访工作条例》第三十六条第三款', set: { closed_on: today } };
}

/** A visit begins, or ends where the case stood before: 化解 stays 化解, archived stays archived. */
async function followUp(input: FollowUpCaseInput, { tx, row }: Stand): Promise<StepOutcome | StepNo> {
  const no = textFault(input.note, 2, 1_000);
  if (no) return no;
  if (row.status !== 'FOLLOW_UP') return { act: 'FOLLOW_UP', event: 'FOLLOW_UP_BEGUN', ground: input.note, basis: '《信访工作条例》第三十七条' };
  const isResolved = (await endsOf(tx, [row.id])).some((end) => end.activeKind === 'RESOLVED');
  return { act: isResolved ? 'CONFIRM_RESOLVED' : 'KEEP_ARCHIVED', event: 'FOLLOW_UP_ENDED', ground: input.note };
}
