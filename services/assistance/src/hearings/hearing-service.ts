import { AppError, isRefusal, refuse } from '@anjie/contracts';
import { audit, businessTime, newId } from '@anjie/service-kit/database';
import { lockVisibleCase } from '../cases/case-repository';
import { beginningUnit, mutationsOf, notFound, type Act } from '../cases/acts';
import type { AnswerHearingInput, CallOffHearingInput, HoldHearingInput, NoticeHearingInput, OpenHearingInput } from '../generated/graphql';
import { HEARING_LIFE, refusesAnswer, refusesHeldDays, refusesTrigger } from '../rules/hearing-lifecycle';
import { refusesCondition } from '../rules/never-conditional';
import { stateAfter } from '../rules/service-life';
import { optionalText, requiredText } from '../rules/texts';
import { moveHearing, type HearingAnswer, type HearingDeps, type HearingNo, type HearingPlan } from './hearing-move';
import { noticePlan } from './hearing-notice';
import { hearingRows, type HearingRow } from './hearing-repository';

/** From the request or proposal to the day of the hearing. Its conclusion is the conclusion service's. */
export function createHearingService(deps: HearingDeps) {
  const mutation = mutationsOf<HearingAnswer>(deps.db);
  return {
    open: mutation('openHearing', (act: Act<OpenHearingInput>) => open(deps, act)),
    answer: mutation('answerHearing', (act: Act<AnswerHearingInput>) => moveHearing(act, { action: 'RECORD_ANSWER', plan: (row, today) => answering(act.input, row, today) })),
    notice: mutation('noticeHearing', (act: Act<NoticeHearingInput>) => moveHearing(act, { action: 'CONDUCT', plan: (row, today) => noticePlan(deps, act, { row, today }) })),
    hold: mutation('holdHearing', (act: Act<HoldHearingInput>) => moveHearing(act, { action: 'CONDUCT', plan: (row, today) => holding(act.input, row, today) })),
    callOff: mutation('callOffHearing', (act: Act<CallOffHearingInput>) => moveHearing(act, { action: 'CONDUCT', plan: () => callingOff(act.input) })),
  };
}
export type HearingService = ReturnType<typeof createHearingService>;

async function open({ kinds }: HearingDeps, { tx, actor, input }: Act<OpenHearingInput>): Promise<HearingAnswer> {
  const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
  if (!scope) return notFound();
  const unitId = await beginningUnit({ tx, actor }, { caseId: scope.caseId, unitId: input.unitId, action: 'OFFER' });
  if (isRefusal(unitId)) return unitId;
  const kind = kinds.hearings.usable(input.kind);
  if (!kind) throw new AppError('BAD_USER_INPUT', { field: 'kind', rule: 'a code of hearingKinds that is not retired' });
  const subject = requiredText(input.subject, { field: 'subject', max: 1000 });
  if (isRefusal(subject)) return subject;
  const no = refusesCondition(subject) ?? refusesTrigger(kind, input.trigger ?? null);
  if (no) return no;
  const { today } = await businessTime(tx);
  const id = newId();
  const state = input.isRequested ? 'REQUESTED' : kind.needsApplicationOrConsent ? 'PROPOSED' : 'CONSENTED';
  await hearingRows.add(tx, {
    id, case_id: scope.caseId, kind: kind.code, unit_id: unitId, trigger_code: input.trigger ?? null, is_requested: input.isRequested, subject, state, opened_on: today,
    opened_by: actor.viewer.subject,
  });
  await audit(tx, actor, { action: `HEARING_${state}`, subjectType: 'Hearing', subjectId: id, caseId: scope.caseId, detail: { kind: kind.code, unitId, trigger: input.trigger ?? null } });
  return { hearingId: id };
}

/** To a proposal the petitioner answers, to a request the unit. */
function answering(input: AnswerHearingInput, row: HearingRow, today: string): HearingPlan | HearingNo {
  const isConsent = input.answer === 'CONSENTED';
  const act = isConsent ? 'CONSENT' : 'DECLINE';
  const illegal = stateAfter(HEARING_LIFE, act, row.state);
  if (isRefusal(illegal)) return illegal;
  if (input.answeredOn < row.openedOn || input.answeredOn > today) return refuse('DATE_INVALID', '答复日期须在提出之后、今天之前（均含当日）。', 'The answer lies between the proposal and today.');
  const reason = optionalText(input.reason, { field: 'reason', max: 1000 });
  const no = refusesAnswer({ state: row.state, isConsent, reason }) ?? refusesCondition(reason);
  if (no) return no;
  return { act, event: `HEARING_${input.answer}`, set: { answered_on: input.answeredOn, refusal_reason: reason } };
}

function holding(input: HoldHearingInput, row: HearingRow, today: string): HearingPlan | HearingNo {
  const illegal = stateAfter(HEARING_LIFE, 'HOLD', row.state);
  if (isRefusal(illegal)) return illegal;
  const endedOn = input.endedOn ?? input.heldOn;
  const no = refusesHeldDays({ scheduledOn: row.scheduledOn ?? row.openedOn, heldOn: input.heldOn, endedOn, today });
  return no ?? { act: 'HOLD', event: 'HEARING_HELD', set: { held_on: input.heldOn, ended_on: endedOn } };
}

function callingOff(input: CallOffHearingInput): HearingPlan | HearingNo {
  const reason = requiredText(input.reason, { field: 'reason', max: 1000 });
  return isRefusal(reason) ? reason : { act: 'CALL_OFF', event: 'HEARING_CALLED_OFF', set: { call_off_reason: reason } };
}
