import { HearingConcluded, isRefusal } from '@anjie/contracts';
import { mutationsOf, type Act } from '../cases/acts';
import type { ConcludeHearingInput } from '../generated/graphql';
import { HEARING_LIFE } from '../rules/hearing-lifecycle';
import { refusesCondition } from '../rules/never-conditional';
import { stateAfter } from '../rules/service-life';
import { requiredText } from '../rules/texts';
import type { HearingRow } from './hearing-repository';
import { moveHearing, type HearingAnswer, type HearingDeps, type HearingNo, type HearingPlan } from './hearing-move';

/** 听证结论: the panel's opinion with its minutes. A re-review's hearing is told to cases, where its time is left out of the 30 days (第三十六条第二款). */
export function createHearingConclusionService(deps: HearingDeps) {
  const mutation = mutationsOf<HearingAnswer>(deps.db);
  return {
    conclude: mutation('concludeHearing', (act: Act<ConcludeHearingInput>) => moveHearing(act, { action: 'CONDUCT', plan: (row, today) => concluding(deps, act, { row, today }) })),
  };
}
export type HearingConclusionService = ReturnType<typeof createHearingConclusionService>;

function concluding(deps: HearingDeps, act: Act<ConcludeHearingInput>, { row, today }: { row: HearingRow; today: string }): HearingPlan | HearingNo {
  const illegal = stateAfter(HEARING_LIFE, 'CONCLUDE', row.state);
  if (isRefusal(illegal)) return illegal;
  const { input } = act;
  const opinionText = requiredText(input.opinionText, { field: 'opinionText', max: 2000 });
  const minutesRef = requiredText(input.minutesRef, { field: 'minutesRef', max: 200 });
  if (isRefusal(opinionText)) return opinionText;
  if (isRefusal(minutesRef)) return minutesRef;
  return refusesCondition(opinionText) ?? {
    act: 'CONCLUDE', event: 'HEARING_CONCLUDED',
    set: { concluded_on: today, opinion: input.opinion, suggestion: input.suggestion ?? null, opinion_text: opinionText, minutes_ref: minutesRef },
    after: () => tellCases(deps, act, { row, today }),
  };
}

async function tellCases({ kinds, outbox }: HearingDeps, { tx, actor }: Act<unknown>, { row, today }: { row: HearingRow; today: string }): Promise<void> {
  const { heldOn, noticedOn } = row;
  if (!kinds.hearings.of(row.kind).excludesReviewClock || !heldOn || !noticedOn) return;
  await outbox.announce(tx, HearingConcluded, {
    aggregateId: row.id, version: row.version + 1, requestId: actor.requestId,
    payload: { hearingId: row.id, caseId: row.caseId, noticedOn, heldOn, endedOn: row.endedOn ?? heldOn, concludedOn: today },
  });
}
