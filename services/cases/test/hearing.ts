import { randomBytes, randomUUID } from 'node:crypto';
import type { EventDefinition, PayloadOf } from '@anjie/contracts';
import { inTransaction, select } from '@anjie/service-kit/database';
import { createOutbox, createSeal, openQueue, startConsumers, type MessageBody } from '@anjie/service-kit/messaging';
import { createLog } from '@anjie/service-kit/runtime';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { eventually, testEngines } from '@anjie/testing';
import { reactions } from '../src/jobs';
import type { CasesWorld } from './world';

const seal = createSeal(randomBytes(32).toString('base64'));
const reactionsOf = () => reactions({ outbox: createOutbox('cases', seal) } as unknown as OpenService);

export interface Fact<E extends EventDefinition> {
  readonly event: E;
  readonly aggregateId: string;
  readonly version: number;
  readonly payload: PayloadOf<E>;
}

/** The effect of hearing a fact, without the queue. */
export async function hear<E extends EventDefinition>(world: CasesWorld, fact: Fact<E>): Promise<void> {
  const reaction = reactionsOf().find((one) => one.event.name === fact.event.name);
  if (!reaction) throw new Error(`no reaction to ${fact.event.name}`);
  await inTransaction(world.db, (tx) => reaction.effectOfMany(tx, [{ payload: fact.event.payload.parse(fact.payload), message: { ...fact, id: randomUUID(), source: 'officials', requestId: 'heard' } }]));
}

/** The worker's real consumers on the run's Redis; bodies come from memory instead of the sender's HTTP port. */
export function startHearing(world: CasesWorld) {
  const bodies = new Map<string, MessageBody>();
  const { redis } = testEngines();
  const queue = openQueue(redis, 'cases', 'parties');
  const consumers = startConsumers({
    service: 'cases', db: world.db, redisUrl: redis, seal, readBody: async (_source, id) => bodies.get(id), reactions: reactionsOf(), log: createLog('cases', 'silent'),
  });
  return {
    /** Sends a fact, waits until it is acknowledged, and answers how it was taken. `id` again is the same message again. */
    async send<E extends EventDefinition>(source: 'officials' | 'assistance', fact: Fact<E>, id: string = randomUUID()): Promise<string> {
      const body: MessageBody = {
        id, topic: fact.event.name, aggregateId: fact.aggregateId, version: String(fact.version), schemaVersion: 1, payload: JSON.stringify(fact.payload), requestId: 'heard',
      };
      bodies.set(id, body);
      const before = (await acksOf(world, id)).length;
      await queue.waitUntilReady();
      await queue.add('message', { source, id, mac: seal.ofMessage(body).toString('hex') });
      const acks = await eventually(`${fact.event.name} ${fact.version} is acknowledged`, async () => {
        const now = await acksOf(world, id);
        return now.length > before && now;
      });
      return acks.at(-1) ?? '';
    },
    /** Queues a fact whose sender speaks a newer schema than this process, without waiting. */
    async sendNewer<E extends EventDefinition>(source: 'officials' | 'assistance', fact: Fact<E>): Promise<string> {
      const id = randomUUID();
      const body: MessageBody = {
        id, topic: fact.event.name, aggregateId: fact.aggregateId, version: String(fact.version), schemaVersion: fact.event.schemaVersion + 1, payload: JSON.stringify(fact.payload), requestId: 'heard',
      };
      bodies.set(id, body);
      await queue.add('message', { source, id, mac: seal.ofMessage(body).toString('hex') });
      return id;
    },
    async close() {
      await consumers.close();
      await queue.close();
    },
  };
}

const acksOf = async (world: CasesWorld, id: string): Promise<string[]> =>
  (await select<{ result: string }>(world.db.manager, 'SELECT result FROM ack_messages WHERE message_id = ? ORDER BY id', [id])).map((row) => row.result);
