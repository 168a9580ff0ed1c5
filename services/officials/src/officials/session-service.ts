import type { DataSource, EntityManager } from 'typeorm';
import { refuse } from '@anjie/contracts';
import { audit, businessTime, isId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { holdDirectory, type DirectoryRefusal } from '../directory/directory-change';
import { mayDo } from '../rules/permissions';
import { databaseNow, officialsByIds, saveOfficials } from './official-repository';
import { announceOfficials } from './official-service';

export interface EndSessionsInput {
  readonly idempotencyKey: string;
  readonly officialId: string;
  readonly reason: string;
}
export interface EndedSessions {
  readonly officialId: string;
  /** ISO instant. */
  readonly sessionsValidAfter: string;
}

/** 结束会话: every token that an official holds now is refused, on each subgraph as soon as the fact has arrived there. */
export function createSessionService({ db, outbox }: { readonly db: DataSource; readonly outbox: Outbox }) {
  return {
    endSessions: async (actor: Actor, input: EndSessionsInput): Promise<EndedSessions | DirectoryRefusal> => {
      if (!mayDo(actor.viewer, 'KEEP_DIRECTORY')) return refuse('NOT_PERMITTED', '仅系统管理员可结束会话。', 'Only an administrator ends sessions.');
      const length = [...input.reason.trim()].length;
      if (length < 5 || length > 200) return refuse('REASON_MISSING', '请填写5至200字的事由。', 'Give a reason of 5 to 200 characters.');
      return runMutation<EndedSessions | DirectoryRefusal>(db, { actor, operation: 'endSessions', key: input.idempotencyKey, input, work: (tx) => end(tx, outbox, { actor, input }) });
    },
  };
}
export type SessionService = ReturnType<typeof createSessionService>;

async function end(tx: EntityManager, outbox: Outbox, { actor, input }: { actor: Actor; input: EndSessionsInput }): Promise<EndedSessions | DirectoryRefusal> {
  await holdDirectory(tx);
  const [official] = isId(input.officialId) ? await officialsByIds(tx, [input.officialId]) : [];
  if (!official) return refuse('NOT_FOUND', '干部不存在。', 'There is no such official.');
  const sessionsValidAfter = await databaseNow(tx);
  const ended = { ...official, sessionsValidAfter, version: official.version + 1 };
  await saveOfficials(tx, [], [ended]);
  const { today } = await businessTime(tx);
  await announceOfficials({ tx, outbox, actor, today }, [ended]);
  await audit(tx, actor, { action: 'SESSIONS_ENDED', subjectType: 'Official', subjectId: official.id, detail: { reason: input.reason.trim() } });
  return { officialId: official.id, sessionsValidAfter: sessionsValidAfter.toISOString() };
}
