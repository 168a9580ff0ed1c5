import type { DataSource } from 'typeorm';
import type { TokenGate } from '@anjie/access';
import type { ServiceName } from '@anjie/contracts';
import { readStanding, STANDING_PATH, standingQuestion } from '../sessions';
import { sendJson, type Route } from './http';
import { askedBy } from './server';

/** Served by officials: tells another service what the directory says today of one official. */
export const standingRoute = ({ gate, db, service }: { readonly gate: TokenGate; readonly db: DataSource; readonly service: ServiceName }): Route => ({
  method: 'POST',
  path: STANDING_PATH,
  async answer(request, response) {
    const { question } = await askedBy(gate, request, standingQuestion);
    sendJson(response, 200, await readStanding(db.manager, service, question.officialId));
  },
});
