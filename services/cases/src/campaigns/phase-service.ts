import type { DataSource, EntityManager } from 'typeorm';
import { refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, runMutation, write, type Actor } from '@anjie/service-kit/database';
import type { CampaignRefusalCode, EnterPhaseInput, LeavePhaseInput } from '../generated/graphql';
import { isPermitted } from '../rules/permissions';
import { phaseEntry, runningPhase } from '../rules/phases';
import { isWords } from '../rules/words';
import { lockCampaign, phasesOf } from './campaign-repository';
import { governs } from './campaign-service';

type No = Refusal<CampaignRefusalCode>;
type Done = { campaignId: string };

const NO = {
  NOT_FOUND: refuse('NOT_FOUND', '专项工作不存在，或对您不可见。', 'The campaign does not exist or is not visible to you.'),
  NOT_PERMITTED: refuse('NOT_PERMITTED', '只有实施地区的信访工作联席办可以办理。', 'Only the joint office of the campaign’s place may do this.'),
  TEXT_LENGTH: refuse('TEXT_LENGTH', '决定须为5至500字。', 'The decision must have 5 to 500 characters.'),
  PHASE_UNKNOWN: refuse('PHASE_UNKNOWN', '没有这个阶段，或没有正在进行的阶段。', 'There is no such phase, or no phase is running.'),
  PHASE_OUT_OF_ORDER: refuse('PHASE_OUT_OF_ORDER', '阶段须依次进入，且只进入一次。', 'Phases are entered once, one after the other.'),
  DATE_OUT_OF_ORDER: refuse('DATE_OUT_OF_ORDER', '日期不得晚于今天，也不得早于上一阶段。', 'The day must not lie after today nor before the phase before it.'),
} satisfies Partial<Record<CampaignRefusalCode, No>>;

export function createPhaseService({ db }: { db: DataSource }) {
  return {
    enter: (input: EnterPhaseInput, actor: Actor) =>
      runMutation<Done | No>(db, { actor, operation: 'enterPhase', key: input.idempotencyKey, input, work: (tx) => enter(tx, input, actor) }),
    leave: (input: LeavePhaseInput, actor: Actor) =>
      runMutation<Done | No>(db, { actor, operation: 'leavePhase', key: input.idempotencyKey, input, work: (tx) => leave(tx, input, actor) }),
  };
}

interface Opened {
  readonly campaignId: string;
  readonly on: string;
}

/** The campaign's row, locked, orders two who decide at the same time. */
async function open(tx: EntityManager, input: EnterPhaseInput | LeavePhaseInput, actor: Actor): Promise<Opened | No> {
  const campaign = await lockCampaign(tx, actor.viewer, input.campaignId);
  if (!campaign) return NO.NOT_FOUND;
  if (!isPermitted('CAMPAIGN', { roles: actor.viewer.roles, parts: [] }) || !governs(actor, campaign.divisionCode)) return NO.NOT_PERMITTED;
  if (!isWords(input.decision, 5, 500)) return NO.TEXT_LENGTH;
  const { today } = await businessTime(tx);
  const on = input.on ?? today;
  return on > today ? NO.DATE_OUT_OF_ORDER : { campaignId: campaign.id, on };
}

const LEAVE = 'UPDATE campaign_phases SET left_on = ?, exit_decision = ?, left_by = ? WHERE campaign_id = ? AND ordinal = ?';

async function enter(tx: EntityManager, input: EnterPhaseInput, actor: Actor): Promise<Done | No> {
  const opened = await open(tx, input, actor);
  if ('refused' in opened) return opened;
  const { campaignId, on } = opened;
  const move = phaseEntry(await phasesOf(tx, [campaignId]), { ordinal: input.ordinal, on });
  if ('refused' in move) return NO[move.refused];
  const words = [input.decision.trim(), actor.viewer.subject];
  if (move.leave !== null) await write(tx, LEAVE, [on, ...words, campaignId, move.leave]);
  await write(tx, 'UPDATE campaign_phases SET entered_on = ?, entry_decision = ?, entered_by = ? WHERE campaign_id = ? AND ordinal = ?', [on, ...words, campaignId, move.enter]);
  await audit(tx, actor, { action: 'PHASE_ENTERED', subjectType: 'Campaign', subjectId: campaignId, detail: { ordinal: move.enter, left: move.leave, on } });
  return { campaignId };
}

async function leave(tx: EntityManager, input: LeavePhaseInput, actor: Actor): Promise<Done | No> {
  const opened = await open(tx, input, actor);
  if ('refused' in opened) return opened;
  const { campaignId, on } = opened;
  const running = runningPhase(await phasesOf(tx, [campaignId]));
  if (!running) return NO.PHASE_UNKNOWN;
  if (running.enteredOn !== null && on < running.enteredOn) return NO.DATE_OUT_OF_ORDER;
  await write(tx, LEAVE, [on, input.decision.trim(), actor.viewer.subject, campaignId, running.ordinal]);
  await audit(tx, actor, { action: 'PHASE_LEFT', subjectType: 'Campaign', subjectId: campaignId, detail: { ordinal: running.ordinal, on } });
  return { campaignId };
}
