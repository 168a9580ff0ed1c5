import type { FaultSystem } from '../harness/system';
import type { Judge } from '../harness/verdict';

/** Every message of every service was acknowledged, none was put aside, and no obligation waits that is long due. */
export async function checkMessages(system: FaultSystem, judge: Judge): Promise<void> {
  const { services } = system.stack;
  const each = (sql: (service: string) => string): string => services.map(sql).join(' UNION ALL ');
  const open = await system.rows<{ service: string; topic: string; state: string; n: string }>(
    each((s) => `SELECT '${s}' AS service, topic, state, COUNT(*) AS n FROM ${s}.outbox_messages WHERE state <> 'ACKED' GROUP BY topic, state`));
  const dead = await system.rows<{ reason: string }>(each((s) => `SELECT CONCAT('${s}: ', queue, ': ', reason) AS reason FROM ${s}.dead_letters`));
  const twice = await system.rows<{ n: string }>(each((s) => `SELECT COUNT(*) AS n FROM (SELECT message_id FROM ${s}.inbox_messages GROUP BY source, message_id HAVING COUNT(*) > 1) d`));
  judge.equal('messages not acknowledged', open.reduce((sum, { n }) => sum + Number(n), 0), 0);
  judge.equal('dead letters', dead.length, 0);
  judge.equal('messages received twice', twice.reduce((sum, { n }) => sum + Number(n), 0), 0);
  for (const { service, topic, state, n } of open.slice(0, 5)) judge.complain(`${service} ${topic}: ${n} ${state}`);
  for (const { reason } of dead.slice(0, 5)) judge.complain(`dead letter of ${reason}`);
}
