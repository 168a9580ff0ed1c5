import type { DataSource, EntityManager } from 'typeorm';
import { refuse } from '@anjie/contracts';
import { audit, businessTime, runMutation, type Actor } from '@anjie/service-kit/database';
import { lockCase, partsInCase } from '../cases/case-repository';
import type { Clocks } from '../clocks/clock-service';
import type { GiveGuidanceInput } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import { isPlainText, mayGuide } from '../rules/responsibility';
import type { No } from '../successions/unit-choice';

export interface GuidanceDeps {
  readonly db: DataSource;
  readonly clocks: Clocks;
}
type Done = { caseId: string };
const BASIS = '双向交办 (practice)';

/** 双向交办: what the line department says to the unit that resolves. */
export function createGuidanceService(deps: GuidanceDeps) {
  return {
    give: (input: GiveGuidanceInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'giveGuidance', key: input.idempotencyKey, input, work: (tx) => give(tx, deps, { input, actor }) }),
  };
}

async function give(tx: EntityManager, deps: GuidanceDeps, { input, actor }: { input: GiveGuidanceInput; actor: Actor }): Promise<Done | No> {
  const row = await lockCase(tx, actor.viewer, input.caseId);
  if (!row) return refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');
  const parts = (await partsInCase(tx, actor.viewer, row.id)).map((part) => part.role);
  if (!mayGuide({ roles: actor.viewer.roles, parts })) return refuse('NOT_PERMITTED', '只有指导单位可以提出指导意见。', 'Only the guide may give guidance.', BASIS);
  if (!isPlainText(input.opinion, 1_000)) return refuse('TEXT_LENGTH', '指导意见须为1至1000字，不得含控制字符。', 'The guidance must have 1 to 1,000 characters, none of them control characters.');
  const { today } = await businessTime(tx);
  await deps.clocks.end(tx, { caseId: row.id, codes: ['GUIDANCE'], state: 'MET', on: today, requestId: actor.requestId });
  await audit(tx, actor, { action: 'GUIDANCE_GIVEN', subjectType: 'Case', subjectId: row.id, caseId: row.id });
  await recordEvent(tx, actor, { caseId: row.id, action: 'GUIDANCE_GIVEN', ground: input.opinion.trim(), basis: BASIS });
  return { caseId: row.id };
}
