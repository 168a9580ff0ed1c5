import type { DataSource, EntityManager } from 'typeorm';
import { inTransaction, isDuplicate, select, write } from '../database';
import { groupBy, type Outcome } from '../runtime';
import type { MessageBody } from './bodies';
import type { Reaction } from './reactions';

/** A message whose seal was checked, with what is to be done. */
export interface Delivery {
  readonly source: string;
  readonly body: MessageBody;
  readonly mac: Buffer;
  readonly reaction: Reaction;
}

/**
 * Applies deliveries once each. Together in one transaction; when anything is wrong with one of them, those that came before
 * are told apart, and the others are applied each on its own if need be, so that a poisoned message holds up nobody.
 */
export async function applyDeliveries(db: DataSource, deliveries: readonly Delivery[]): Promise<readonly Outcome[]> {
  const [only] = deliveries;
  if (only && deliveries.length === 1) return [await outcomeAlone(db, only)];
  if (await appliedTogether(db, deliveries)) return deliveries.map(() => ({}));
  const repeated = await receivedBefore(db, deliveries);
  const others = deliveries.filter((delivery) => !repeated.has(delivery));
  if (repeated.size > 0) {
    // a sender that feeds a restored receiver repeats thousands: one by one they would take many times as long
    await tellAgain(db, [...repeated]);
    if (await appliedTogether(db, others)) return deliveries.map(() => ({}));
  }
  const outcomes = new Map<Delivery, Outcome>();
  for (const delivery of others) outcomes.set(delivery, await outcomeAlone(db, delivery));
  return deliveries.map((delivery) => outcomes.get(delivery) ?? {});
}

async function appliedTogether(db: DataSource, deliveries: readonly Delivery[]): Promise<boolean> {
  if (deliveries.length < 2) return deliveries.length === 0;
  return inTransaction(db, (tx) => applyAll(tx, deliveries)).then(() => true, () => false);
}

/** The unique key that was hit may be the effect's own; only a row in the inbox says that a message came before. */
async function receivedBefore(db: DataSource, deliveries: readonly Delivery[]): Promise<ReadonlySet<Delivery>> {
  const keys = deliveries.map(({ source, body }) => [source, body.id]);
  const rows = await select<{ source: string; id: string }>(db.manager, 'SELECT source, message_id AS id FROM inbox_messages WHERE (source, message_id) IN (?)', [keys]);
  const known = new Set(rows.map(({ source, id }) => `${source} ${id}`));
  return new Set(deliveries.filter(({ source, body }) => known.has(`${source} ${body.id}`)));
}

const outcomeAlone = (db: DataSource, delivery: Delivery): Promise<Outcome> => applyAlone(db, delivery).then(() => ({}), (error: unknown) => ({ error }));

async function applyAlone(db: DataSource, delivery: Delivery): Promise<void> {
  try {
    await inTransaction(db, (tx) => applyAll(tx, [delivery]));
  } catch (error) {
    if (!isDuplicate(error) || (await receivedBefore(db, [delivery])).size === 0) throw error;
    await tellAgain(db, [delivery]);
  }
}

/** What was applied before is acknowledged again, and whatever was put aside of it is settled. */
const tellAgain = (db: DataSource, deliveries: readonly Delivery[]): Promise<void> =>
  inTransaction(db, async (tx) => {
    await acknowledge(tx, deliveries.map((delivery) => ({ delivery, result: 'REPEATED' })));
    await settleDeadLetters(tx, deliveries);
  });

const settleDeadLetters = (tx: EntityManager, deliveries: readonly Delivery[]): Promise<number> =>
  write(tx, 'UPDATE dead_letters SET settled_at = UTC_TIMESTAMP(3) WHERE message_id IN (?) AND settled_at IS NULL', [deliveries.map(({ body }) => body.id)]);

interface Settled {
  readonly delivery: Delivery;
  readonly result: 'APPLIED' | 'STALE' | 'REPEATED' | 'REJECTED';
}

/** Version gate, inbox rows (the fence), effects and acknowledgements. */
async function applyAll(tx: EntityManager, deliveries: readonly Delivery[]): Promise<void> {
  const stale = await staleOnes(tx, deliveries);
  const settled = deliveries.map((delivery): Settled => ({ delivery, result: stale.has(delivery) ? 'STALE' : 'APPLIED' }));
  await tx.query(
    `INSERT INTO inbox_messages (source, message_id, topic, payload_mac, aggregate_id, aggregate_version, result, received_at)
     VALUES ${settled.map(() => '(?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3))').join(', ')}`,
    settled.flatMap(({ delivery: { source, body, mac }, result }) => [source, body.id, body.topic, mac, body.aggregateId, body.version, result]),
  );
  const fresh = settled.filter(({ result }) => result === 'APPLIED').map(({ delivery }) => delivery);
  for (const [reaction, group] of groupBy(fresh, (delivery) => delivery.reaction)) {
    await reaction.effectOfMany(tx, group.map(({ source, body }) => ({
      payload: reaction.event.payload.parse(JSON.parse(body.payload)),
      message: { id: body.id, source, aggregateId: body.aggregateId, version: Number(body.version), requestId: body.requestId },
    })));
  }
  await acknowledge(tx, settled);
  await settleDeadLetters(tx, deliveries);
}

const keyOf = (source: string, topic: string, aggregateId: string): string => `${source}|${topic}|${aggregateId}`;

/** Snapshots that are not the newest of their aggregate; the newest versions are noted, their rows held until commit. */
async function staleOnes(tx: EntityManager, deliveries: readonly Delivery[]): Promise<ReadonlySet<Delivery>> {
  const snapshots = deliveries.filter(({ reaction }) => reaction.event.ordering === 'SNAPSHOT');
  if (snapshots.length === 0) return new Set();
  const groups = [...groupBy(snapshots, ({ source, body }) => keyOf(source, body.topic, body.aggregateId))].sort(([a], [b]) => (a < b ? -1 : 1));
  const newest = new Map(groups.map(([key, group]) => [key, group.reduce((best, one) => (versionOf(one) > versionOf(best) ? one : best))]));
  // in key order, so that two workers never wait for each other crosswise; tells the newest version of each, ours included
  const rows = await select<{ source: string; topic: string; aggregate_id: string; version: string }>(
    tx,
    `INSERT INTO aggregate_versions (source, topic, aggregate_id, version) VALUES ? ON DUPLICATE KEY UPDATE version = GREATEST(version, VALUES(version))
     RETURNING source, topic, aggregate_id, version`,
    [[...newest.values()].map(({ source, body }) => [source, body.topic, body.aggregateId, body.version])],
  );
  const known = new Map(rows.map((row) => [keyOf(row.source, row.topic, row.aggregate_id), BigInt(row.version)]));
  // equal is not stale: a message that came before meets its own row in the inbox, one that was lost there is repaired
  const isStale = (one: Delivery, key: string): boolean => one !== newest.get(key) || versionOf(one) < (known.get(key) ?? 0n);
  return new Set(groups.flatMap(([key, group]) => group.filter((one) => isStale(one, key))));
}

const versionOf = ({ body }: Delivery): bigint => BigInt(body.version);

/** Each is told home by the loop in acks.ts, in its own time. */
export async function acknowledge(tx: Pick<EntityManager, 'query'>, settled: readonly Settled[]): Promise<void> {
  await tx.query(
    `INSERT INTO ack_messages (source, message_id, result, created_at) VALUES ${settled.map(() => '(?, ?, ?, UTC_TIMESTAMP(3))').join(', ')}`,
    settled.flatMap(({ delivery, result }) => [delivery.source, delivery.body.id, result]),
  );
}
