import type { DataSource } from 'typeorm';
import type { TokenGate } from '@anjie/access';
import { AppError, ENDED_SESSIONS_PATH, endedSessionsQuestion, type EndedSessions } from '@anjie/contracts';
import { select, type Sql } from '@anjie/service-kit/database';
import { sendJson, type Route } from '@anjie/service-kit/subgraph';
import { askedByGateway } from '../portal-clients/portal-routes';
import { databaseNow } from './official-repository';

/** What gateways ask, in their own name. */
export const endedSessionsRoute = (gate: TokenGate, db: DataSource): Route => ({
  method: 'POST',
  path: ENDED_SESSIONS_PATH,
  async answer(request, response) {
    const { body } = await askedByGateway(gate, request, 'SERVICE');
    const asked = endedSessionsQuestion.safeParse(body);
    if (!asked.success) throw new AppError('BAD_USER_INPUT');
    sendJson(response, 200, await endedSessions(db.manager, asked.data.since));
  },
});

/** A token of before is too old by itself then. */
const KEPT_MS = 13 * 3_600_000;
/** An end has its moment before its transaction commits. */
const OVERLAP_MS = 60_000;

/** Sessions that ended since then; without it, all that still matter. */
async function endedSessions(sql: Sql, since: string | null): Promise<EndedSessions> {
  const until = await databaseNow(sql);
  const from = since === null ? until.getTime() - KEPT_MS : Date.parse(since) - OVERLAP_MS;
  const rows = await select<{ officialId: string; validAfter: Date }>(sql, 'SELECT id AS officialId, sessions_valid_after AS validAfter FROM officials WHERE sessions_valid_after > ?', [new Date(from)]);
  return { until: until.toISOString(), ended: rows.map(({ officialId, validAfter }) => ({ officialId, validAfter: validAfter.toISOString() })) };
}
