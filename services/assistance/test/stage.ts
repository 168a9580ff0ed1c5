import { randomBytes, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { InternalClaims, Viewer } from '@anjie/access';
import type { OfficialChanged, PayloadOf } from '@anjie/contracts';
import { inTransaction, select } from '@anjie/service-kit/database';
import { putKnownOfficials, putKnownUnits, type CaseScope } from '@anjie/service-kit/facts';
import { createBodyReader, createOutbox, createSeal, startAcks, startConsumers, startRelay, type Reaction } from '@anjie/service-kit/messaging';
import { createLog, type Closable } from '@anjie/service-kit/runtime';
import { onCaseScopeChanged } from '../src/jobs/on-case-scope-changed';
import { aCaseScope, haveCaseScope, openTestDatabase, setBusinessNow, subgraphClient, testEngines, viewers } from '@anjie/testing';
import { createContext } from '../src/context';
import { migrations, tables } from '../src/database';
import { reactions } from '../src/jobs';
import { openKinds } from '../src/kinds';
import { createServices } from '../src/services';
import { buildAssistanceSchema } from '../src/subgraph';

type Post = NonNullable<PayloadOf<typeof OfficialChanged>['posts']>[number];
export type Stage = Awaited<ReturnType<typeof openStage>>;

/** The subgraph on a fresh schema, with the words that the tests speak. */
export async function openStage() {
  const database = await openTestDatabase({ service: 'assistance', tables, migrations });
  const { db } = database;
  const seal = createSeal(randomBytes(32).toString('base64'));
  const heard: { readonly event: string; readonly payload: Record<string, unknown> }[] = [];
  const services = createServices({ db, outbox: hearing(createOutbox('assistance', seal), heard), kinds: openKinds() });
  const schema = buildAssistanceSchema();
  const clientOn = (sql: EntityManager) => subgraphClient(schema, (claims: InternalClaims) => createContext({ sql, claims, services }));
  const haveUnit = async (name: string, part: { ancestorIds?: string[]; successorUnitId?: string; validTo?: string; kind?: string; divisionCode?: string } = {}): Promise<string> => {
    const unitId = randomUUID();
    await putKnownUnits(db.manager, [{
      unitId, code: name, name, kind: part.kind ?? 'DEPARTMENT', divisionCode: part.divisionCode ?? '640104', ancestorIds: part.ancestorIds ?? [], headOfficialId: null,
      successorUnitId: part.successorUnitId ?? null, validTo: part.validTo ?? null,
    }]);
    return unitId;
  };
  /** In office in the unit; `more` are posts beside that one. */
  const haveOfficial = async (unitId: string, more: readonly Partial<Post>[] = []): Promise<string> => {
    const officialId = randomUUID();
    const posts = [{}, ...more].map((part): Post => ({ unitId, kind: 'PRIMARY', startedOn: '2020-01-01', endedOn: null, ...part }));
    await putKnownOfficials(db.manager, [{ officialId, staffNo: officialId.slice(0, 8), name: '张三', unitId, validTo: null, posts }]);
    return officialId;
  };
  return {
    ...database, seal, services, schema, haveUnit, haveOfficial, clientOn, client: clientOn(db.manager),
    haveCase: (part: Partial<CaseScope>) => haveCaseScope(db, part),
    /** Delivers as the worker would, without Redis. */
    deliver: (referralId: string) => inTransaction(db, (tx) => services.deliveries.deliver(tx, [{ referralId, requestId: 'test' }])),
    itIs: (day: string) => setBusinessNow(db, new Date(`${day}T02:00:00Z`)),
    /** What was announced, whoever listens to it. */
    announced: (event: string) => heard.filter((one) => one.event === event).map(({ payload }) => payload),
    forget: () => void heard.splice(0),
    /** What cases would tell: the case with another lead, closed, open again. */
    scopeBecomes: (scope: Partial<CaseScope>, version: number) =>
      inTransaction(db, (tx) => onCaseScopeChanged(services).effectOfMany(tx, [{
        payload: aCaseScope(scope), message: { id: randomUUID(), source: 'cases', aggregateId: scope.caseId ?? '', version, requestId: 'test' },
      }])),
    rows: <Row>(text: string, params: readonly unknown[] = []) => select<Row>(db.manager, text, params),
    /** What was told, newest last. */
    told: async (topic: string) =>
      (await select<{ payload: string }>(db.manager, 'SELECT payload FROM outbox_messages WHERE topic = ? ORDER BY aggregate_version, id', [topic])).map(
        ({ payload }) => JSON.parse(payload) as Record<string, unknown>,
      ),
  };
}

/** The courier half of this service's worker, on the test's Redis; `instead` takes the place of the reaction to the same event. */
export function startCouriers(stage: Stage, instead?: Reaction): Closable[] {
  const parts = { service: 'assistance' as const, db: stage.db, redisUrl: testEngines().redis, seal: stage.seal, log: createLog('assistance', 'silent') };
  const readBody = createBodyReader({ ...parts, urls: {}, mint: () => 'no other service runs here' });
  const own = reactions(stage.services).map((reaction) => (reaction.event.name === instead?.event.name ? instead : reaction));
  return [startConsumers({ ...parts, readBody, reactions: own }), startRelay(parts), startAcks(parts)];
}

/** Three departments, a joint office and a case that the first one leads. */
export async function departments(stage: Stage, part: Partial<CaseScope> = {}) {
  const [lead, aid, other, office] = [await stage.haveUnit('信访局'), await stage.haveUnit('民政局'), await stage.haveUnit('司法局'), await stage.haveUnit('联席办')];
  const scope = await stage.haveCase({ leadUnitId: lead, parties: [{ kind: 'UNIT', id: lead, role: 'LEAD' }], ...part });
  return {
    lead, aid, other, office, caseId: scope.caseId,
    sender: viewers.handler(lead), receiver: viewers.handler(aid), stranger: viewers.handler(other), jointOffice: viewers.jointOffice('640100', office),
  };
}
export type Departments = Awaited<ReturnType<typeof departments>>;

const ANSWER = `__typename ... on ReferralPayload { referral { id state version signDueOn completeBy returnReason returnRefusalReason outcome } }
  ... on ReferralRefusal { code message basis }`;
export interface ReferralAnswer {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly basis?: string | null;
  readonly referral?: { id: string; state: string; version: number; signDueOn: string | null; completeBy: string | null; returnReason: string | null; returnRefusalReason: string | null; outcome: string | null };
}

export const aSending = (d: Departments, part: object = {}) => ({ idempotencyKey: randomUUID(), caseId: d.caseId, toUnitId: d.aid, purpose: 'RELIEF', request: '请核实困难情况', ...part });

/** One referral mutation by its name. */
export const referralActs = (stage: Stage) => ({
  act: async (viewer: Viewer, mutation: string, input: object): Promise<ReferralAnswer> => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
    const data = await stage.client.query<{ answer: ReferralAnswer }>(viewer, `mutation ($input: ${type}) { answer: ${mutation}(input: $input) { ${ANSWER} } }`, { input });
    return data.answer;
  },
  ask: (viewer: Viewer, mutation: string, input: object) => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
    return stage.client.ask(viewer, `mutation ($input: ${type}) { answer: ${mutation}(input: $input) { ${ANSWER} } }`, { input });
  },
});

/** A referral that was sent and delivered: id and version. */
export async function delivered(stage: Stage, d: Departments, part: object = {}): Promise<{ id: string; version: number }> {
  const sent = await referralActs(stage).act(d.sender, 'sendReferral', aSending(d, part));
  if (!sent.referral) throw new Error(`not sent: ${JSON.stringify(sent)}`);
  await stage.deliver(sent.referral.id);
  return { id: sent.referral.id, version: 2 };
}

export const step = (referral: { id: string; version: number }, part: object = {}) => ({
  idempotencyKey: randomUUID(), referralId: referral.id, expectedVersion: referral.version, ...part,
});

/** The outbox itself, and a note of what it was given. */
function hearing(outbox: ReturnType<typeof createOutbox>, heard: { event: string; payload: Record<string, unknown> }[]): ReturnType<typeof createOutbox> {
  return {
    announce: (tx, event, told) => (heard.push({ event: event.name, payload: told.payload as Record<string, unknown> }), outbox.announce(tx, event, told)),
    announceAll: (tx, event, told) => (heard.push(...told.map((one) => ({ event: event.name, payload: one.payload as Record<string, unknown> }))), outbox.announceAll(tx, event, told)),
  };
}

/** One mutation by its name, whatever it answers. */
export const actOn = (stage: Stage, answer: string) => async <Answer>(viewer: Viewer, mutation: string, input: object): Promise<Answer> => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
  return (await stage.client.query<{ answer: Answer }>(viewer, `mutation ($input: ${type}) { answer: ${mutation}(input: $input) { ${answer} } }`, { input: { idempotencyKey: randomUUID(), ...input } })).answer;
};
