import type { DataSource, EntityManager } from 'typeorm';
import { isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { PublicityActivityRefusalCode, RecordPublicityActivityInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { lockCentre } from '../mediation-centres/mediation-centre-repository';
import { forbids } from '../rules/permissions';
import { plainText } from '../rules/plain-texts';
import { unitsActedFor } from '../units/unit-repository';
import { addPublicity, topicOfMonth } from './publicity-activity-repository';

type Refused = Refusal<PublicityActivityRefusalCode>;
export type PublicityAnswer = { readonly publicityActivityId: string } | Refused;

const MAX_COUNT = 1_000_000;

/** 普法宣传: what a place did so that people know their rights. Counts only: nobody who came is noted. */
export const createPublicityService = ({ db, kinds }: { db: DataSource; kinds: Kinds }) => ({
  record: (actor: Actor, input: RecordPublicityActivityInput) =>
    runMutation<PublicityAnswer>(db, { actor, operation: 'recordPublicityActivity', key: input.idempotencyKey, input, work: (tx) => record(tx, { actor, input, kinds }) }),
});
export type PublicityService = ReturnType<typeof createPublicityService>;

async function record(tx: EntityManager, { actor, input, kinds }: { actor: Actor; input: RecordPublicityActivityInput; kinds: Kinds }): Promise<PublicityAnswer> {
  const centre = await lockCentre(tx, input.centreId);
  if (!centre) return refuse('NOT_FOUND', '场所不存在。', 'There is no such place.');
  const acts = (await unitsActedFor(tx, actor.viewer, [centre.unitId])).size > 0;
  const forbidden = forbids({ roles: actor.viewer.roles, parts: acts ? ['UNIT'] : [] }, 'RECORD_PUBLICITY');
  if (forbidden) return forbidden;
  if (!kinds.publicity.usable(input.kind)) return refuse('KIND_UNKNOWN', '没有这一宣传方式，或已停用。', 'There is no such kind, or it is retired.');
  const topic = plainText(input.topic, { field: 'topic', max: 200 });
  if (isRefusal(topic)) return topic as Refused;
  const { today } = await businessTime(tx);
  if (input.heldOn > today || input.heldOn < centre.openedOn) return refuse('DATE_INVALID', '日期须在场所设立之后、不晚于今天。', 'The day lies between the opening of the place and today.');
  const counts = [input.attendance, input.materials, input.rightsSheets];
  if (counts.some((count) => count < 0 || count > MAX_COUNT)) return refuse('COUNT_INVALID', '数量不符。', 'A count is not possible.');
  const month = input.heldOn.slice(0, 7);
  const earlier = await topicOfMonth(tx, centre.id, month);
  if (earlier !== undefined && earlier !== topic) return refuse('TOPIC_DIFFERS', `本月主题为“${earlier}”。`, `The topic of this month is “${earlier}”.`, '一月一主题（地方做法）');
  const id = newId();
  await addPublicity(tx, {
    id, centre_id: centre.id, kind: input.kind, month, topic, held_on: input.heldOn, attendance: input.attendance, materials: input.materials, rights_sheets: input.rightsSheets,
    recorded_by: actor.viewer.subject,
  });
  await audit(tx, actor, { action: 'PUBLICITY_RECORDED', subjectType: 'PublicityActivity', subjectId: id, detail: { centreId: centre.id, kind: input.kind, month } });
  return { publicityActivityId: id };
}
