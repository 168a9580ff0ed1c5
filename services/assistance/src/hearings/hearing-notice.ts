import { isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { businessTime, type Sql } from '@anjie/service-kit/database';
import { knownOfficial, knownUnits } from '@anjie/service-kit/facts';
import { raiseNotices } from '@anjie/service-kit/messaging';
import { conflictedUnits, keptOut } from '../cases/conflict-repository';
import type { Act } from '../cases/acts';
import type { HearingPanelInput, NoticeHearingInput } from '../generated/graphql';
import { expertsByIds, participantsByIds } from '../people-who-serve/serving-repository';
import { refusesNotice, refusesPanel } from '../rules/hearing-lifecycle';
import { refusesServing } from '../rules/serving';
import { requiredText } from '../rules/texts';
import { putPanel, type HearingRow } from './hearing-repository';
import type { HearingDeps, HearingNo, HearingPlan } from './hearing-move';

/** 听证通知: day, place, open or closed, panel and interested units; each on the panel has nothing to do with the case. */
export async function noticePlan({ kinds, outbox }: HearingDeps, { tx, actor, input }: Act<NoticeHearingInput>, { row, today }: { row: HearingRow; today: string }): Promise<HearingPlan | HearingNo> {
  const kind = kinds.hearings.of(row.kind);
  const place = requiredText(input.place, { field: 'place', max: 200 });
  if (isRefusal(place)) return place;
  const no = refusesNotice(kind, { noticedOn: today, scheduledOn: input.scheduledOn }) ?? refusesPanel(kind, input.panel.map((seat) => ({ isChair: seat.isChair, personIds: personsOf(seat) })))
    ?? (await unfitSeat(tx, row.caseId, { panel: input.panel, on: input.scheduledOn })) ?? (await unfitUnit(tx, row.caseId, input.interestedUnitIds ?? []));
  if (no) return no;
  const unitIds = [...new Set((input.interestedUnitIds ?? []).map((id) => id.toLowerCase()))];
  return {
    act: 'NOTICE', event: 'HEARING_NOTICED',
    set: { noticed_on: today, scheduled_on: input.scheduledOn, place, is_public: input.isPublic ?? kind.isPublicByDefault },
    after: async () => {
      await putPanel(tx, row.id, { unitIds, seats: input.panel.map((seat) => ({ is_chair: seat.isChair, official_id: seat.officialId ?? null, expert_id: seat.expertId ?? null, participant_id: seat.participantId ?? null })) });
      const { now } = await businessTime(tx);
      await raiseNotices(tx, outbox, unitIds.map((id) => ({
        kind: 'HEARING_NOTICED' as const, recipient: { kind: 'UNIT' as const, id }, caseId: row.caseId, subjectId: row.id, occasion: `v${row.version + 1}`, at: now, requestId: actor.requestId,
      })));
    },
  };
}

const personsOf = ({ officialId, expertId, participantId }: HearingPanelInput): string[] => [officialId, expertId, participantId].flatMap((id) => (id ? [id.toLowerCase()] : []));

interface Seats {
  readonly panel: readonly HearingPanelInput[];
  /** Day of the hearing. */
  readonly on: string;
}

/** 《信访工作条例》第二十八条: nobody sits on the panel who is kept out of the case, or is employed by a unit of it. */
async function unfitSeat(tx: Sql, caseId: string, { panel, on }: Seats): Promise<Refusal<'NOT_SERVING' | 'CONFLICT_OF_INTEREST'> | null> {
  const [conflicted, out] = [await conflictedUnits(tx, caseId), await keptOut(tx, caseId)];
  const experts = new Map((await expertsByIds(tx, panel.flatMap(({ expertId }) => expertId ?? []))).map((one) => [one.id, one]));
  const participants = new Map((await participantsByIds(tx, panel.flatMap(({ participantId }) => participantId ?? []))).map((one) => [one.id, one]));
  for (const { officialId, expertId, participantId } of panel) {
    if (officialId) {
      const official = await knownOfficial(tx, officialId);
      if (!official) return refuse('NOT_SERVING', '干部不存在或者已离任。', 'The official is unknown or out of office.');
      if (out.has(official.id)) return refuse('CONFLICT_OF_INTEREST', '该干部应当回避本信访事项。', 'The official is kept out of the case.', '《信访工作条例》第二十八条');
      continue;
    }
    const person = expertId ? experts.get(expertId.toLowerCase()) : participants.get((participantId ?? '').toLowerCase());
    const unfit = refusesServing(person, { on, conflicted });
    if (unfit) return unfit;
  }
  return null;
}

/** An invited unit sees the hearing: it is open, and not kept out of the case. */
async function unfitUnit(tx: Sql, caseId: string, unitIds: readonly string[]): Promise<Refusal<'UNIT_NOT_FOUND' | 'CONFLICT_OF_INTEREST'> | null> {
  if (unitIds.length === 0) return null;
  const out = await keptOut(tx, caseId);
  const open = new Set((await knownUnits(tx, unitIds)).map(({ id }) => id));
  for (const unitId of unitIds) {
    if (!open.has(unitId.toLowerCase())) return refuse('UNIT_NOT_FOUND', '单位不存在或已撤并。', 'The unit is unknown or closed.');
    if (out.has(unitId.toLowerCase())) return refuse('CONFLICT_OF_INTEREST', '该单位应当回避本信访事项。', 'The unit is kept out of this case.', '《信访工作条例》第三十条第三款');
  }
  return null;
}
