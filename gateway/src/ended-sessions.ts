import { isSessionOver, type Viewer } from '@anjie/access';
import { ENDED_SESSIONS_PATH, endedSessionsAnswer } from '@anjie/contracts';
import type { Logger } from './log';
import { startPolling } from './polling';
import type { AskOfficials } from './portal/ask-officials';

/** A token of before is too old by itself then (identity-provider.ts takes none of more than twelve hours). */
const KEPT_MS = 13 * 3_600_000;

/**
 * Sessions that ended, as officials last said. Each subgraph knows them too, by a message: this is for the time in which no
 * message is delivered. Before anything is known, and while officials is away, the subgraphs alone decide.
 */
export function createEndedSessions({ ask, log }: { readonly ask: AskOfficials; readonly log: Logger }) {
  const ended = new Map<string, Date>();
  let since: string | null = null;
  const polling = startPolling({
    what: 'the list of ended sessions',
    log,
    async work() {
      const answer = endedSessionsAnswer.parse(await ask({ path: ENDED_SESSIONS_PATH, asked: { since } }));
      for (const { officialId, validAfter } of answer.ended) ended.set(officialId, new Date(validAfter));
      for (const [officialId, validAfter] of ended) if (validAfter.getTime() < Date.now() - KEPT_MS) ended.delete(officialId);
      since = answer.until;
    },
  });
  return {
    isOver: (viewer: Viewer): boolean => isSessionOver(viewer, ended.get(viewer.subject.toLowerCase()) ?? null),
    close: polling.close,
  };
}
export type EndedSessions = ReturnType<typeof createEndedSessions>;
