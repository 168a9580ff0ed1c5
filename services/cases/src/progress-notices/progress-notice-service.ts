import type { DataSource, EntityManager } from 'typeorm';
import { refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import { lockCase, partsInCase } from '../cases/case-repository';
import type { GiveProgressNoticeInput, ProgressNoticeRefusalCode } from '../generated/graphql';
import { mayTellProgress, progressTextNo } from '../rules/progress-notices';
import { addProgressNotice } from './progress-notice-repository';

type Done = { readonly caseId: string };
type No = Refusal<ProgressNoticeRefusalCode>;

/** 定期通报进展: the unit tells the petitioner how far the matter is; it is read with query code and secret. */
export const createProgressNoticeService = ({ db }: { db: DataSource }) => ({
  give: (input: GiveProgressNoticeInput, actor: Actor) =>
    runMutation<Done | No>(db, { actor, operation: 'giveProgressNotice', key: input.idempotencyKey, input, work: (tx) => give(tx, { input, actor }) }),
});

async function give(tx: EntityManager, { input, actor }: { input: GiveProgressNoticeInput; actor: Actor }): Promise<Done | No> {
  const row = await lockCase(tx, actor.viewer, input.caseId);
  if (!row) return refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');
  const parts = (await partsInCase(tx, actor.viewer, row.id)).map((part) => part.role);
  const { unitId } = actor.viewer;
  if (!unitId || !mayTellProgress({ roles: actor.viewer.roles, parts })) return refuse('NOT_PERMITTED', '只有办理、配合或登记单位可以告知进展。', 'Only a unit that handles, supports or registered it tells how far it is.');
  const no = progressTextNo(input.text);
  if (no) return no;
  const { today } = await businessTime(tx);
  const id = newId();
  await addProgressNotice(tx, { id, case_id: row.id, unit_id: unitId, text: input.text.trim(), given_on: today, given_by: actor.viewer.subject });
  await audit(tx, actor, { action: 'PROGRESS_NOTICE_GIVEN', subjectType: 'ProgressNotice', subjectId: id, caseId: row.id });
  return { caseId: row.id };
}
