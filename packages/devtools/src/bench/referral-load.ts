import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mysql2/promise';
import { connect } from '../stack/index';
import { DEPARTMENTS, FIRST_COUNTY, units } from './data/directory';
import { viewers } from './operations';
import { quantile } from './quantile';
import type { WholeSystem } from './whole-system';

const SEND = 'mutation ($input: SendReferralInput!) { sendReferral(input: $input) { __typename ... on ReferralRefusal { code } } }';
const PURPOSES = ['MEDIATION', 'POLICY_OPINION', 'JOINT_HANDLING', 'OTHER'];
/** Departments of the region and its cities, which lead no case. */
const RECEIVERS = units.slice(0, FIRST_COUNTY * DEPARTMENTS.length).map((unit) => unit.id);

export interface Latency {
  readonly referrals: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Sent and not answered in time: the machine is overloaded, and the numbers say little. */
  readonly unanswered: number;
}

/** Sends referrals through the gateway as the department's portal would, each another one. */
export async function openReferralLoad(system: WholeSystem) {
  const assistance = await connect(system.databaseUrl, 'assistance');
  const [cases] = (await assistance.query(
    'SELECT s.case_id AS id, s.lead_unit_id AS unit FROM case_scopes s JOIN unit_closure c ON c.descendant_id = s.lead_unit_id WHERE c.ancestor_id = ? ORDER BY s.case_id',
    [viewers.portal.unitId],
  )) as unknown as [{ id: string; unit: string }[]];
  const headers = await system.headersOf('portal');
  let next = 0;
  /** False when the machine is too busy to answer in time; anything else that is no referral ends the bench. */
  const send = async (): Promise<boolean> => {
    const turn = Math.floor(next / cases.length);
    const { id: caseId, unit: fromUnitId } = cases[next % cases.length] ?? { id: '', unit: '' };
    next += 1;
    const input = {
      idempotencyKey: randomUUID(), caseId, fromUnitId, toUnitId: RECEIVERS[Math.floor(turn / PURPOSES.length)], purpose: PURPOSES[turn % PURPOSES.length], request: '请核查并反馈意见',
    };
    const response = await fetch(`${system.stack.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: SEND, variables: { input } }) });
    const text = await response.text();
    if (text.includes('"ReferralPayload"')) return true;
    if (!/"code":"(TIMEOUT|SERVICE_UNAVAILABLE)"/.test(text)) throw new Error(`a referral was not sent (${next}): ${text.slice(0, 500)}`);
    return false;
  };
  return {
    /** So many, from `atOnce` clients. */
    async sendMany(count: number, atOnce = 16): Promise<void> {
      let left = count;
      const client = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          if (!(await send())) left += 1;
        }
      };
      await Promise.all(Array.from({ length: atOnce }, client));
    },
    /** So many in a second until `isOver`; answers how long they took from the sender's row to the receiver's. */
    async measure(perSecond: number, isOver: () => boolean): Promise<Latency> {
      const from = await databaseNow(assistance);
      const sending: Promise<boolean>[] = [];
      while (!isOver()) {
        sending.push(send());
        await sleep(1_000 / perSecond);
      }
      const unanswered = (await Promise.all(sending)).filter((isSent) => !isSent).length;
      const to = await databaseNow(assistance);
      await allArrived(assistance);
      return { ...(await latencyBetween(assistance, from, to)), unanswered };
    },
    allArrived: () => allArrived(assistance),
    /** When the receivers got the last `count`: the seconds between the first and the last of them. */
    async secondsOfLast(count: number): Promise<number> {
      const [[row]] = (await assistance.query(
        `SELECT TIMESTAMPDIFF(MICROSECOND, MIN(at), MAX(at)) / 1000000 AS seconds
           FROM (SELECT received_at AS at FROM inbox_messages WHERE topic = 'referral-sent' ORDER BY received_at DESC LIMIT ?) last`,
        [count],
      )) as unknown as [[{ seconds: string }]];
      return Number(row.seconds);
    },
    close: () => assistance.end(),
  };
}
export type ReferralLoad = Awaited<ReturnType<typeof openReferralLoad>>;

async function databaseNow(connection: Connection): Promise<Date> {
  const [[row]] = (await connection.query('SELECT UTC_TIMESTAMP(3) AS now')) as unknown as [[{ now: Date }]];
  return row.now;
}

async function allArrived(connection: Connection): Promise<void> {
  for (const end = Date.now() + 600_000; ; await sleep(100)) {
    const [[row]] = (await connection.query("SELECT COUNT(*) AS n FROM outbox_messages WHERE topic = 'referral-sent' AND state <> 'ACKED'")) as unknown as [[{ n: number }]];
    if (Number(row.n) === 0) return;
    if (Date.now() > end) throw new Error(`${row.n} referrals have not arrived within ten minutes`);
  }
}

async function latencyBetween(connection: Connection, from: Date, to: Date): Promise<Omit<Latency, 'unanswered'>> {
  const [rows] = (await connection.query(
    `SELECT TIMESTAMPDIFF(MICROSECOND, o.created_at, i.received_at) / 1000 AS ms
       FROM outbox_messages o JOIN inbox_messages i ON i.source = 'assistance' AND i.message_id = o.id
      WHERE o.topic = 'referral-sent' AND o.created_at BETWEEN ? AND ?`,
    [from, to],
  )) as unknown as [{ ms: string }[]];
  const times = rows.map((row) => Number(row.ms)).sort((a, b) => a - b);
  return { referrals: times.length, p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: times.at(-1) ?? NaN };
}
