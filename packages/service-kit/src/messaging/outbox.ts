import { listenersOf, type EventDefinition, type PayloadOf, type ServiceName } from '@anjie/contracts';
import { newMessageId, type Sql } from '../database';
import type { Seal } from './seal';
import { createVersionBase } from './version-base';

export interface Announcement<E extends EventDefinition> {
  readonly aggregateId: string;
  /** Of the aggregate; together with topic and aggregate it makes the fact unique. */
  readonly version: number;
  readonly payload: PayloadOf<E>;
  readonly requestId: string;
}

/** Largest payload, in characters: events carry references and a few facts, never a text. */
const MAX_PAYLOAD = 60_000;

const ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))";

/** Tells other services about a change, in the transaction of the change. */
export function createOutbox(service: ServiceName, seal: Seal) {
  const baseNow = createVersionBase();
  const rowsFor = <E extends EventDefinition>(event: E, told: Announcement<E>, base: number) => {
    const payload = JSON.stringify(event.payload.parse(told.payload));
    if (payload.length > MAX_PAYLOAD) throw new Error(`${event.name} is too large: ${payload.length} characters`);
    const version = base + told.version;
    return listenersOf(service, event.name).map((listener) => {
      const id = newMessageId();
      const mac = seal.ofMessage({ id, topic: event.name, aggregateId: told.aggregateId, version: String(version), payload });
      return [id, listener.service, listener.concern, event.name, told.aggregateId, version, event.schemaVersion, payload, mac, told.requestId];
    });
  };
  const announceAll = async <E extends EventDefinition>(tx: Sql, event: E, told: readonly Announcement<E>[]): Promise<void> => {
    if (told.length === 0) return;
    // what is told once is not compared with what came before
    const base = event.ordering === 'SNAPSHOT' ? await baseNow(tx) : 0;
    const rows = told.flatMap((one) => rowsFor(event, one, base));
    if (rows.length === 0) return;
    await tx.query(
      `INSERT INTO outbox_messages (id, dest, concern, topic, aggregate_id, aggregate_version, schema_version, payload, payload_mac, request_id,
         state, next_at, created_at) VALUES ${rows.map(() => ROW).join(', ')}`,
      rows.flat(),
    );
  };
  return {
    /** @throws ZodError when the payload is not what the contract says: a bug of the caller. */
    announce: <E extends EventDefinition>(tx: Sql, event: E, told: Announcement<E>): Promise<void> => announceAll(tx, event, [told]),
    announceAll,
  };
}
export type Outbox = ReturnType<typeof createOutbox>;
