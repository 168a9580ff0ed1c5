import type { Viewer } from '@anjie/access';
import { inTransaction, select } from '@anjie/service-kit/database';
import { noteRelapse, noteResolved } from '../src/campaigns/ledger-outcomes';
import { publishScopes } from '../src/cases/scope-service';
import { createOutbox, createSeal } from '@anjie/service-kit/messaging';
import type { Answer } from './asking';
import { key, people, type CasesWorld } from './world';

/** Asks one mutation with one input; the answer is the union's member. */
export async function mutate<Result extends Answer>(world: CasesWorld, viewer: Viewer, call: { name: string; fields: string; input: Record<string, unknown> }): Promise<Result> {
  const type = `${call.name[0]?.toUpperCase()}${call.name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${call.name}(input: $input) { __typename ${call.fields} } }`;
  const answer = await world.client.query<Record<string, Result>>(viewer, document, { input: { idempotencyKey: key(), ...call.input } });
  return answer[call.name] as Result;
}

export interface Entry {
  readonly id: string;
  readonly caseId: string;
  readonly resolvedOn: string | null;
  readonly struckOffOn: string | null;
}
/** In the order of their rows: the importer numbers them in another. */
export const entriesOf = (world: CasesWorld): Promise<Entry[]> =>
  select<Entry>(
    world.db.manager,
    `SELECT l.id, l.case_id AS caseId, l.resolved_on AS resolvedOn, l.struck_off_on AS struckOffOn FROM ledger_entries l JOIN cases c ON c.id = l.case_id
      ORDER BY l.division_code, LENGTH(c.title), c.title`,
  );

/** What the closing and the reopening of a case do to its ledgers, each in a transaction of its own. */
export const resolve = (world: CasesWorld, caseId: string, on: string): Promise<string[]> =>
  inTransaction(world.db, (tx) => noteResolved(tx, { viewer: people.county, requestId: 'test' }, { caseId, on, ground: '三到位已核实' }));
export const relapse = (world: CasesWorld, caseId: string, on: string): Promise<string[]> =>
  inTransaction(world.db, async (tx) => {
    const ids = await noteRelapse(tx, { viewer: people.county, requestId: 'test' }, { caseId, on, ground: '同一事项再次来信' });
    await publishScopes(tx, createOutbox('cases', createSeal(Buffer.alloc(32, 1).toString('base64'))), { caseIds: [caseId], requestId: 'test' });
    return ids;
  });

export interface StrikeOffAnswer extends Answer {
  readonly strikeOff: { id: string; state: string; ground: string; requestedOn: string; requestedBy: { id: string }; decidedOn: string | null; decidedBy: { id: string } | null; undoGround: string | null };
  readonly entry: { id: string; resolvedOn: string | null; struckOffOn: string | null };
}
const STRIKE_OFF = `... on StrikeOffPayload { strikeOff { id state ground requestedOn requestedBy { id } decidedOn decidedBy { id } undoGround } entry { id resolvedOn struckOffOn } }
  ... on StrikeOffRefusal { code message basis }`;
export const requestStrikeOff = (world: CasesWorld, entryId: string, viewer: Viewer = people.county, part: Record<string, unknown> = {}) =>
  mutate<StrikeOffAnswer>(world, viewer, { name: 'requestStrikeOff', fields: STRIKE_OFF, input: { entryId, ground: 'SETTLED', reason: '不动产权证已办结，现场核实', ...part } });
export const decideStrikeOff = (world: CasesWorld, strikeOffId: string, viewer: Viewer = people.province, part: Record<string, unknown> = {}) =>
  mutate<StrikeOffAnswer>(world, viewer, { name: 'decideStrikeOff', fields: STRIKE_OFF, input: { strikeOffId, approve: true, reason: '材料齐全，同意销号', ...part } });
export const undoStrikeOff = (world: CasesWorld, entryId: string, viewer: Viewer = people.county, part: Record<string, unknown> = {}) =>
  mutate<StrikeOffAnswer>(world, viewer, { name: 'undoStrikeOff', fields: STRIKE_OFF, input: { entryId, ground: 'RELAPSE', reason: '同一事项再次来信', ...part } });
