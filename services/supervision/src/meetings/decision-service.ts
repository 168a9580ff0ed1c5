import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal } from '@anjie/contracts';
import { audit, isId, newId, runMutation, updateVersion, type Actor, type Row } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { holdCases } from '../case-facts';
import type { FollowUpMeetingDecisionInput, ReportMeetingDecisionInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { declareOwn, settleOwn } from '../obligations/own-obligation';
import { actsForUnit, todayOf } from '../oversight-facts';
import { assignedTerms, isOfficeText, type Terms } from '../rules/assigned-date';
import { DECISION_DUTY, decisionAfter, isReport, mayRun, meetingRefusals as no, type FollowUp, type MeetingRefusal } from '../rules/meetings';
import { textOrNull } from '../rules/plain-text';
import { visibleDecisions, type DecisionRow } from './decision-repository';

export type DecisionAnswer = { readonly decisionId: string } | MeetingRefusal;
interface Doing {
  readonly actor: Actor;
  readonly kinds: Pick<Kinds, 'meetings'>;
}
type Work<Input> = (tx: EntityManager, input: Input, doing: Doing) => Promise<DecisionAnswer>;

/** 议定事项: reported by whoever is to do it, followed up by the unit that called the meeting. */
export function createDecisionService({ db, kinds }: { db: DataSource; kinds: Pick<Kinds, 'meetings'> }) {
  const mutation = <Input extends { idempotencyKey: string }>(operation: string, work: Work<Input>) => (input: Input, actor: Actor): Promise<DecisionAnswer> =>
    runMutation<DecisionAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, { actor, kinds }) });
  return { report: mutation('reportMeetingDecision', report), followUp: mutation('followUpMeetingDecision', followUp) };
}
export type DecisionService = ReturnType<typeof createDecisionService>;

const find = async (tx: EntityManager, id: string, { viewer }: Actor): Promise<DecisionRow | undefined> => (isId(id) ? (await visibleDecisions(tx, viewer, [id]))[0] : undefined);

function fresh(row: DecisionRow, expectedVersion: number): void {
  if (row.version !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
}

async function move(tx: EntityManager, row: DecisionRow, set: Row): Promise<void> {
  if (row.caseId) await holdCases(tx, [row.caseId]);
  if (!(await updateVersion(tx, 'meeting_decisions', { id: row.id, version: row.version, set }))) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
}

async function report(tx: EntityManager, input: ReportMeetingDecisionInput, { actor }: Doing): Promise<DecisionAnswer> {
  const row = await find(tx, input.decisionId, actor);
  if (!row) return no.notFound();
  const { viewer } = actor;
  const isTheirs = row.obligorOfficialId ? viewer.subject === row.obligorOfficialId : await actsForUnit(tx, viewer, row.obligorUnitId);
  if (!isTheirs) return no.notPermitted();
  if (!isReport(input.report) || !isOfficeText(input.evidenceRef, { most: 200 })) return no.badText();
  fresh(row, input.expectedVersion);
  const state = decisionAfter(row.state, 'REPORT');
  if (!state) return no.wrongState();
  const today = await todayOf(tx);
  await move(tx, row, { state, report: input.report.trim(), evidence_ref: input.evidenceRef.trim(), reported_on: today, reported_by: viewer.subject });
  await audit(tx, actor, { action: 'meetingDecision.reported', subjectType: 'MeetingDecision', subjectId: row.id, caseId: row.caseId });
  if (row.obligationId) await settleOwn(tx, row.obligationId, { state: 'MET', metOn: today, version: row.version + 1, actor });
  return { decisionId: row.id };
}

async function followUp(tx: EntityManager, input: FollowUpMeetingDecisionInput, { actor, kinds }: Doing): Promise<DecisionAnswer> {
  const row = await find(tx, input.decisionId, actor);
  if (!row) return no.notFound();
  if (!mayRun(actor.viewer, kinds.meetings.of(row.kind), row.callingUnitId)) return no.notPermitted();
  if (!isOfficeText(input.note, { least: input.verdict === 'CONFIRM' ? 0 : 1, most: 4_000 })) return no.badText();
  fresh(row, input.expectedVersion);
  const state = decisionAfter(row.state, input.verdict);
  if (!state) return no.wrongState();
  const today = await todayOf(tx);
  const anew = await termsAnew(tx, row, { ...input, today });
  if (isRefusal(anew)) return anew as MeetingRefusal;
  await move(tx, row, { state, followed_up_on: today, follow_up_note: textOrNull(input.note), ...(anew ? { due_on: anew.due.dueEffective, obligation_id: anew.obligationId } : {}) });
  await audit(tx, actor, { action: 'meetingDecision.followedUp', subjectType: 'MeetingDecision', subjectId: row.id, caseId: row.caseId, detail: { verdict: input.verdict, dueOn: anew?.due.dueEffective ?? null } });
  if (anew) await declareOwn(tx, { ...dutyOf(row), ...anew }, actor);
  if (state === 'WITHDRAWN') await cancelOpen(tx, row, actor);
  return { decisionId: row.id };
}

/** What was withdrawn before it was reported is owed no more. */
async function cancelOpen(tx: EntityManager, row: DecisionRow, actor: Actor): Promise<void> {
  if (row.state === 'OPEN' && row.obligationId) await settleOwn(tx, row.obligationId, { state: 'CANCELLED', metOn: null, version: row.version + 1, actor });
}

type Anew = Terms & { readonly jurisdictionCode: string; readonly obligationId: string };

/** A return is owed anew by a day of its own; what was met before stays met. */
async function termsAnew(
  tx: EntityManager, row: DecisionRow, { verdict, dueOn, today }: { readonly verdict: FollowUp; readonly dueOn?: string | null | undefined; readonly today: string },
): Promise<Anew | null | MeetingRefusal> {
  if (verdict !== 'RETURN') return dueOn == null ? null : no.badDate();
  const jurisdictionCode = (row.obligorUnitId ? (await knownUnit(tx, row.obligorUnitId))?.divisionCode : undefined) ?? row.divisionCode;
  const terms = assignedTerms({ code: DECISION_DUTY, startOn: today, jurisdictionCode }, dueOn, { rules: officeRules(), calendar: officeCalendar() });
  return terms ? { ...terms, jurisdictionCode, obligationId: newId() } : no.badDate();
}

const dutyOf = (row: DecisionRow) => ({
  caseId: row.caseId, campaignId: row.campaignId, dutyCode: DECISION_DUTY, obligorUnitId: row.obligorUnitId, obligorOfficialId: row.obligorOfficialId,
  subject: { type: 'MeetingDecision', id: row.id },
});
