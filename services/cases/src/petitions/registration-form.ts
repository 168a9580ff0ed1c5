import { select, type Actor, type Sql } from '@anjie/service-kit/database';
import { caseRow } from '../cases/case-repository';
import type { Papers } from '../documents/document-service';
import type { RegisterPetitionInput } from '../generated/graphql';

/** 信访形式 as the form prints them (第十七条). */
const CHANNEL_NAMES: Readonly<Record<RegisterPetitionInput['channel'], string>> = {
  LETTER: '来信', VISIT: '来访', ONLINE: '网上信访', PHONE: '电话', FAX: '传真', LEADER_MAILBOX: '领导信箱', OTHER: '其他',
};

export interface Registered {
  readonly caseId: string;
  readonly petitionId: string;
  readonly input: RegisterPetitionInput;
  readonly today: string;
  readonly actor: Actor;
}

/** 信访事项登记表 of a new matter (第二十二、二十三条); none where no unit registered it. */
export async function issueRegistrationForm(tx: Sql, papers: Papers, { caseId, petitionId, input, today, actor }: Registered): Promise<string | null> {
  const { unitId } = actor.viewer;
  const row = await caseRow(tx, caseId);
  const [petition] = await select<{ number: string }>(tx, 'SELECT number FROM petitions WHERE id = ?', [petitionId]);
  if (!unitId || !row || !petition) return null;
  return papers.issue(tx, {
    case: row, kind: 'REGISTRATION', issuerUnitId: unitId, issuedOn: today, actor,
    fields: { petitionNumber: petition.number, channel: CHANNEL_NAMES[input.channel], petitionedOn: input.petitionedOn, registeredOn: today, claims: input.claims ?? [] },
  });
}
